package soliloquy.ee;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random program: instruction words, the registers it starts with, and the lengths of the slices it is run in. Most of its
 * instructions compute; some load and store, mostly in its data and in the scratchpad, also over its ends, seldom elsewhere or over its
 * own code; some branch anywhere in it.
 */
final class FuzzProgram {
    static final int CODE = 0x0010_0000;
    static final int DATA = 0x0010_8000;
    /** More than the data cache holds. */
    static final int DATA_BYTES = 0x4000;

    private static final int FEWEST_WORDS = 12;
    private static final int MOST_WORDS = 96;
    private static final int NOP = 0;

    /** Registers that hold addresses and that no instruction but additions of multiples of 16 writes. */
    private static final int FIRST_POINTER = 16;

    private static final int LAST_POINTER = 23;
    /** Holds an address in the code. */
    private static final int CODE_POINTER = 24;

    /** Holds where a counted loop ends. */
    private static final int END = 25;

    /** Where RDRAM lies beside its cached user addresses. */
    private static final int[] SEGMENTS = {0x2000_0000, 0x3000_0000, 0x8000_0000, 0xA000_0000};

    /** Operations of CACHE on tags. */
    private static final int[] OPERATIONS = {0x07, 0x0B, 0x0E, 0x14, 0x16, 0x18, 0x1A, 0x1C};

    private static final int[] STEPS = {1, -1, 2, 3, 4, -4, 8, 16, -16};

    private static final List<Instruction> COMPUTING = new ArrayList<>();
    private static final List<Instruction> ACCESSES = new ArrayList<>();
    private static final List<Instruction> BRANCHES = new ArrayList<>();

    static {
        for (Instruction row : Instruction.values()) {
            boolean access = row.has(Instruction.Trait.LOAD) || row.has(Instruction.Trait.STORE);
            boolean control = row.unit == Instruction.Unit.COP0 || row.unit == Instruction.Unit.COP2;
            if (control && row != Instruction.MFC0) {
                continue;
            }
            access |= row == Instruction.CACHE || row == Instruction.PREF;
            if (row.has(Instruction.Trait.BRANCH)) {
                BRANCHES.add(row);
            } else if (access) {
                ACCESSES.add(row);
            } else {
                COMPUTING.add(row);
            }
        }
    }

    final int[] words;
    final long[] gpr = new long[2 * 32 + 4];
    final int[] fpr = new int[32];
    final int[] slices;
    private final SplittableRandom random;
    /** Of a hundred instructions, those that branch, and those that do that or access. */
    private final int branching;

    private final int accessing;

    FuzzProgram(long seed) {
        random = new SplittableRandom(seed);
        words = new int[random.nextInt(FEWEST_WORDS, MOST_WORDS)];
        for (int i = 0; i < gpr.length; i++) {
            gpr[i] = value();
        }
        gpr[0] = 0;
        gpr[1] = 0;
        for (int i = 0; i < fpr.length; i++) {
            fpr[i] = floatBits();
        }
        boolean dense = random.nextInt(4) == 0;
        branching = dense ? 8 : 16;
        accessing = dense ? 56 : 36;
        int[] bases = {
            random.nextInt(3) == 0 ? scratchpad() : DATA + 0x100,
            random.nextInt(3) == 0 ? scratchpad() : DATA + 0x1100,
            random.nextInt(6) == 0 ? FuzzDevice.START + 0x100 : DATA + 0x2100,
            DATA + 0x3100,
            scratchpad(),
            segment() + DATA,
            CODE,
            (int) value()
        };
        for (int i = FIRST_POINTER; i <= LAST_POINTER; i++) {
            gpr[2 * i] = bases[i - FIRST_POINTER];
        }
        gpr[2 * CODE_POINTER] = CODE + 4 * random.nextInt(words.length);
        int likelyUnit = random.nextInt(4);
        for (int i = 0; i < words.length; i++) {
            boolean inSlot = i > 0 && isBranch(words[i - 1]);
            words[i] = word(i, inSlot || i == words.length - 1, likelyUnit);
        }
        for (int loops = random.nextInt(3); loops > 0; loops--) {
            addCountedLoop(likelyUnit);
        }
        slices = random.ints(random.nextInt(1, 12), 1, random.nextInt(3) == 0 ? 40 : 4000)
                .toArray();
    }

    /** Puts in a loop whose branch compares a pointer, stepped by a constant, with an end. */
    private void addCountedLoop(int likelyUnit) {
        int length = random.nextInt(1, 9);
        int start = random.nextInt(words.length);
        int branch = start + 1 + length;
        if (branch + 1 >= words.length) {
            return;
        }
        int pointer = random.nextInt(FIRST_POINTER, FIRST_POINTER + 4);
        int step = STEPS[random.nextInt(STEPS.length)];
        int distance = step * random.nextInt(60) + (random.nextInt(8) == 0 ? 1 : 0);
        words[start] = registers(Instruction.ADDIU, pointer, END) | distance & 0xFFFF;
        for (int i = start + 1; i <= branch + 1; i++) {
            words[i] = word(i, true, likelyUnit);
        }
        words[branch] = registers(random.nextInt(4) == 0 ? Instruction.BNEL : Instruction.BNE, pointer, END)
                | -length - 1 & 0xFFFF;
        int place = random.nextInt(3) == 0 ? branch + 1 : random.nextInt(start + 1, branch);
        words[place] = registers(Instruction.ADDIU, pointer, pointer) | step & 0xFFFF;
    }

    /** Near the beginning of the scratchpad, its end, or between. */
    private int scratchpad() {
        return EeBus.SCRATCHPAD_START
                + switch (random.nextInt(3)) {
                    case 0 -> 0x80;
                    case 1 -> EeBus.SCRATCHPAD_SIZE - 0x80;
                    default -> 0x1100;
                };
    }

    private int segment() {
        return SEGMENTS[random.nextInt(SEGMENTS.length)];
    }

    private static boolean isBranch(int word) {
        Instruction row = Decoder.decode(word);
        return row != null && row.has(Instruction.Trait.BRANCH);
    }

    private long value() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt() & 0xFFFF_FFFFL;
            case 2 -> random.nextInt(-3, 4);
            case 3 -> Integer.MIN_VALUE + (long) random.nextInt(2);
            case 4 -> random.nextLong() & 0x7FFF_8000_7F80_00FFL;
            default -> random.nextInt() >> random.nextInt(32);
        };
    }

    private int floatBits() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(-3, 4);
            case 2 -> 0;
            case 3 -> Float.floatToRawIntBits(random.nextInt(-8, 9));
            default -> Float.floatToRawIntBits((float) (random.nextDouble() - 0.5) * 1024);
        };
    }

    private int word(int index, boolean noBranch, int likelyUnit) {
        int choice = random.nextInt(100);
        if (choice < branching && !noBranch) {
            return branch(index);
        }
        if (choice < accessing) {
            return access();
        }
        if (choice < accessing + 4) {
            int pointer = random.nextInt(FIRST_POINTER, LAST_POINTER + 1);
            int step = random.nextInt(4) == 0 ? 64 * random.nextInt(-2, 3) : 16 * random.nextInt(-2, 3);
            return registers(Instruction.ADDIU, pointer, pointer) & 0xFFFF_0000 | step & 0xFFFF;
        }
        Instruction row;
        int tries = 0;
        do {
            row = COMPUTING.get(random.nextInt(COMPUTING.size()));
        } while (tries++ < 4 && !preferred(row, likelyUnit));
        return row.has(Instruction.Trait.TRAP) && random.nextInt(8) != 0 ? NOP : fields(row);
    }

    private static boolean preferred(Instruction row, int likelyUnit) {
        return switch (likelyUnit) {
            case 0 -> row.unit == Instruction.Unit.MMI;
            case 1 -> row.unit == Instruction.Unit.FPU;
            case 2 -> row.unit == Instruction.Unit.INTEGER;
            default -> true;
        };
    }

    /** A register that may be written. */
    private int register() {
        int register = random.nextInt(4) == 0 ? random.nextInt(26, 31) : random.nextInt(0, FIRST_POINTER);
        return register;
    }

    private int registers(Instruction row, int rs, int rt) {
        return row.encoding.match() | (rs << 21 | rt << 16) & ~row.encoding.mask();
    }

    private int fields(Instruction row) {
        int fields = register() << 21 | register() << 16 | register() << 11 | random.nextInt(32) << 6;
        if (row == Instruction.MFC0) {
            fields = fields & ~(31 << 11) | Cop0.COUNT << 11;
        }
        boolean immediate = switch (row.format) {
            case RT_RS_IMMEDIATE, RT_RS_UNSIGNED, RT_UPPER, RS_IMMEDIATE -> true;
            default -> false;
        };
        if (immediate) {
            fields = fields & 0xFFFF_0000 | (int) value() & 0xFFFF;
        }
        return row.encoding.match() | fields & ~row.encoding.mask();
    }

    private int access() {
        Instruction row = ACCESSES.get(random.nextInt(ACCESSES.size()));
        if (row.unit == Instruction.Unit.COP2) {
            return NOP;
        }
        int pick = random.nextInt(100);
        if (row == Instruction.CACHE) {
            int operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
            int base = operation < 0x10 ? LAST_POINTER - 1 : FIRST_POINTER + (pick & 3);
            return row.encoding.match() | base << 21 | operation << 16 | random.nextInt(0, 512) & ~62;
        }
        int pointer = pick < 92 ? FIRST_POINTER + (pick & 3) : FIRST_POINTER + 4 + (pick & 3);
        int offset = random.nextInt(-256, 256);
        if (random.nextInt(50) != 0) {
            offset &= ~15;
            offset += row == Instruction.LQ || row == Instruction.SQ ? 0 : 8 * random.nextInt(2);
        }
        return row.encoding.match() | pointer << 21 | register() << 16 | offset & 0xFFFF;
    }

    private int branch(int index) {
        Instruction row = BRANCHES.get(random.nextInt(BRANCHES.size()));
        int target = random.nextInt(4) == 0
                ? random.nextInt(words.length)
                : Math.clamp(index + random.nextInt(-12, 12), 0, words.length - 1);
        return switch (row.format) {
            case TARGET -> row.encoding.match() | (CODE + 4 * target) >>> 2;
            case RS -> row.encoding.match() | (random.nextBoolean() ? 31 : CODE_POINTER) << 21;
            case RD_RS -> row.encoding.match() | CODE_POINTER << 21 | 31 << 11;
            default -> {
                int fields = register() << 21 | register() << 16 | target - index - 1 & 0xFFFF;
                yield row.encoding.match() | fields & ~row.encoding.mask();
            }
        };
    }
}
