package soliloquy.ee;

import java.math.BigInteger;
import java.util.Random;

/** Random registers and operand fields, with the values and coincidences where instructions go wrong more often than chance has them. */
final class RandomOperands {
    private static final long[] EDGES = {
        0,
        1,
        2,
        -1,
        -2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x1_0000,
        0x7FFF_FFFF,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        0xFFFF_FFFF_7FFF_FFFFL,
        0xFFFF_FFFF_8000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;

    RandomOperands(Random random) {
        this.random = random;
    }

    /** Registers and memory. */
    ModelState state() {
        ModelState state = new ModelState();
        for (int i = 1; i < 32; i++) {
            state.gpr[i] = quadword();
        }
        state.hi = quadword();
        state.lo = quadword();
        state.sa = random.nextInt(16);
        random.nextBytes(state.memory);
        return state;
    }

    /** Lanes of one width, each an edge or random. */
    private BigInteger quadword() {
        int bits = 8 << random.nextInt(4);
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < 128 / bits; i++) {
            long lane = switch (random.nextInt(3)) {
                case 0 -> EDGES[random.nextInt(EDGES.length)];
                case 1 -> random.nextInt(bits == 64 ? 0x1_0000 : 64) - (bits == 64 ? 0x8000 : 32);
                default -> random.nextLong();
            };
            value = ModelState.withLane(value, bits, i, BigInteger.valueOf(lane));
        }
        return value;
    }

    /** The word of {@code row} with random registers, shift amount or immediate; unused fields are zero, as assemblers leave them. */
    int word(Instruction row) {
        int rs = register();
        int rt = random.nextInt(8) == 0 ? rs : register();
        int rd = switch (random.nextInt(4)) {
            case 0 -> rs;
            case 1 -> rt;
            default -> register();
        };
        int fields = switch (row.format) {
            case NONE, CODE, SYNC -> 0;
            case RD -> rd << 11;
            case RS -> rs << 21;
            case RD_RS -> rs << 21 | rd << 11;
            case RD_RT -> rt << 16 | rd << 11;
            case RD_RS_RT, RD_RT_RS -> rs << 21 | rt << 16 | rd << 11;
            case RS_RT -> rs << 21 | rt << 16;
            case RD_RT_SA -> rt << 16 | rd << 11 | random.nextInt(32) << 6;
            case RS_IMMEDIATE, RS_BRANCH -> rs << 21 | immediate();
            case RT_UPPER -> rt << 16 | immediate();
            case TARGET -> 0;
            case RT_RS_IMMEDIATE, RT_RS_UNSIGNED, RS_RT_BRANCH, RT_OFFSET_BASE, OPERATION_OFFSET_BASE ->
                rs << 21 | rt << 16 | immediate();
            default -> throw new IllegalArgumentException(row + " has no integer operands");
        };
        return row.encoding.match() | fields;
    }

    private int register() {
        return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(31);
    }

    private int immediate() {
        return (random.nextInt(3) == 0 ? (int) EDGES[random.nextInt(EDGES.length)] : random.nextInt()) & 0xFFFF;
    }

    /** Makes the compared values equal now and then, in the bits that count. */
    void relate(ModelState state, Operands o) {
        switch (random.nextInt(8)) {
            case 0 -> state.set64(o.rt(), state.u64(o.rs()));
            case 1 -> state.set64(o.rs(), BigInteger.valueOf(o.immediate()));
            default -> {}
        }
    }
}
