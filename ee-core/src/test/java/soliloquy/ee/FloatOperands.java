package soliloquy.ee;

import java.util.Random;

/** Bit patterns of numbers, random or edges, where guard bits, lost carries, overflow and underflow show. */
final class FloatOperands {
    private static final int[] EDGES = {
        0,
        0x80000000,
        1,
        0x80000001,
        0x007FFFFF,
        0x807FFFFF,
        0x00800000,
        0x00800001,
        0x80800000,
        0x00FFFFFF,
        0x01000000,
        0x3F800000,
        0xBF800000,
        0x3F7FFFFF,
        0x3F800001,
        0x3FFFFFFF,
        0xBFFFFFFF,
        0x40000000,
        0x7F000000,
        0x7F7FFFFF,
        0x7F800000,
        0x7F800001,
        0x7FFFFFFF,
        0xFFFFFFFF,
        0xFF800000,
        0xFF7FFFFF,
        0x4B000000,
        0x4B7FFFFF,
        0x33800000,
        0x34000000,
        0x32FFFFFF,
        0x4EFFFFFF,
        0x4F000000,
        0xCF000000,
        0xCF000001,
        0x20000000,
        0x5F800000
    };

    private final Random random;
    private int pair;

    FloatOperands(Random random) {
        this.random = random;
    }

    /** All pairs of edges, one after another. */
    static FloatOperands ofEdges() {
        return new FloatOperands(null);
    }

    int pairs() {
        return EDGES.length * EDGES.length;
    }

    /** For FCR31: any 32 bits, or none, as most of the time in programs. */
    int flags() {
        return random == null || random.nextBoolean() ? 0 : random.nextInt();
    }

    int next() {
        if (random == null) {
            return EDGES[pair % EDGES.length];
        }
        return switch (random.nextInt(8)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextInt() & 0x80FF_FFFF; // the least exponents
            case 2 -> random.nextInt() | 0x7F00_0000; // the greatest
            case 3 -> 0x3F80_0000 | 1 << random.nextInt(23) | 1 << random.nextInt(23);
            default -> random.nextInt();
        };
    }

    /** A partner for {@code other}: often within the reach of its digits. */
    int near(int other) {
        if (random == null) {
            return EDGES[pair++ / EDGES.length % EDGES.length];
        }
        return switch (random.nextInt(4)) {
            case 0 -> next();
            case 1 -> other ^ random.nextInt(4) ^ random.nextInt() & 0x8000_0000;
            default -> other + (random.nextInt(61) - 30 << 23) ^ random.nextInt() & 0x807F_FFFF;
        };
    }
}
