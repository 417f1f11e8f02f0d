package soliloquy.ee;

import java.lang.reflect.Field;

/**
 * Dense numbers of the instructions that the interpreter executes itself, those of the inner loop first, named as their rows of the instruction table, and
 * of the groups that it hands on. A switch over constants costs HotSpot two loads less for each instruction than one over an enum.
 */
final class Dispatch {
    /** The word is not decoded yet; the value of fresh memory. */
    static final int UNDECODED = 0;

    static final int SLL = 1;
    static final int SRL = 2;
    static final int SRA = 3;
    static final int SLLV = 4;
    static final int SRLV = 5;
    static final int SRAV = 6;
    static final int JALR = 7;
    static final int MOVZ = 8;
    static final int MOVN = 9;
    static final int MFHI = 10;
    static final int MFLO = 11;
    static final int MULT = 12;
    static final int ADDU = 13;
    static final int SUBU = 14;
    static final int AND = 15;
    static final int OR = 16;
    static final int XOR = 17;
    static final int NOR = 18;
    static final int SLT = 19;
    static final int SLTU = 20;
    static final int DADDU = 21;
    static final int DSUBU = 22;
    static final int DSLL = 23;
    static final int DSRL = 24;
    static final int DSRA = 25;
    static final int BLTZ = 26;
    static final int BGEZ = 27;
    static final int BLTZL = 28;
    static final int BGEZL = 29;
    static final int JAL = 30;
    static final int BEQ = 31;
    static final int BNE = 32;
    static final int BLEZ = 33;
    static final int BGTZ = 34;
    static final int BEQL = 35;
    static final int BNEL = 36;
    static final int BLEZL = 37;
    static final int BGTZL = 38;
    static final int ADDIU = 39;
    static final int SLTI = 40;
    static final int SLTIU = 41;
    static final int ANDI = 42;
    static final int ORI = 43;
    static final int XORI = 44;
    static final int LUI = 45;
    static final int DADDIU = 46;
    static final int MOV_S = 47;
    static final int MFC1 = 48;
    static final int MTC1 = 49;

    /** From here on, instructions that {@link Interpreter} executes where the inner loop cannot. */
    static final int FIRST_WITH_ACCESS = 50;

    static final int LB = 50;
    static final int LH = 51;
    static final int LW = 52;
    static final int LBU = 53;
    static final int LHU = 54;
    static final int LWU = 55;
    static final int LD = 56;
    static final int LQ = 57;
    static final int SB = 58;
    static final int SH = 59;
    static final int SW = 60;
    static final int SD = 61;
    static final int SQ = 62;
    static final int LWC1 = 63;
    static final int SWC1 = 64;
    static final int ADD_S = 65;
    static final int MUL_S = 66;

    /** From here on, instructions that {@link Interpreter} executes. */
    static final int FIRST_OUTSIDE = 67;

    static final int DIV = 67;
    static final int MULTU = 68;
    static final int MADD = 69;

    /** A branch to itself. */
    static final int SELF_BRANCH = 70;
    /** A branch on a coprocessor's condition. */
    static final int CONDITION_BRANCH = 71;
    /** A branch that links, other than a jump. */
    static final int LINKING_BRANCH = 72;

    /** Other instructions of the FPU. */
    static final int FPU = 73;
    /** Comparisons of the FPU. */
    static final int FPU_COMPARE = 74;
    /** Multimedia instructions, by the class that executes them. */
    static final int MMI_ARITHMETIC = 75;

    static final int MMI_SHUFFLE = 76;
    static final int MMI_MULTIPLY = 77;
    /** An instruction of a coprocessor that Status does not let the program use. */
    static final int UNUSABLE = 78;
    /** Everything else. */
    static final int RARE = 79;
    /** The first instruction of a compiled region. */
    static final int REGION = 80;
    /** A load or store of those above, where accesses cost time. */
    static final int TIMED_ACCESS = 81;

    /** An instruction before which a debugger wants to stop. */
    static final int BREAKPOINT = 82;

    private static final int[] NUMBERS = new int[Instruction.values().length];

    static {
        for (Instruction row : Instruction.values()) {
            NUMBERS[row.ordinal()] = group(row);
        }
        for (Field field : Dispatch.class.getDeclaredFields()) {
            for (Instruction row : Instruction.values()) {
                if (row.name().equals(field.getName())) {
                    NUMBERS[row.ordinal()] = number(field);
                }
            }
        }
    }

    private Dispatch() {}

    private static int number(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int group(Instruction row) {
        return switch (row) {
            case J -> JAL;
            case JR -> JALR;
            case SUB_S -> ADD_S;
            case DSLL32 -> DSLL;
            case DSRL32 -> DSRL;
            case DSRA32 -> DSRA;
            case BLTZAL, BLTZALL, BGEZAL, BGEZALL -> LINKING_BRANCH;
            default -> row.has(Instruction.Trait.BRANCH) ? CONDITION_BRANCH : unit(row);
        };
    }

    private static int unit(Instruction row) {
        return switch (row.unit) {
            case FPU -> row.name().startsWith("C_") ? FPU_COMPARE : FPU;
            case MMI ->
                MmiShuffle.ROWS.contains(row)
                        ? MMI_SHUFFLE
                        : MmiMultiply.ROWS.contains(row) ? MMI_MULTIPLY : MMI_ARITHMETIC;
            default -> RARE;
        };
    }

    /** The number of {@code row}. */
    static int of(Instruction row) {
        return NUMBERS[row.ordinal()];
    }

    /** The same where accesses cost time: loads and stores are not for the inner loop. */
    static int ofTimed(Instruction row) {
        int number = of(row);
        return number >= FIRST_WITH_ACCESS && number <= SWC1 ? TIMED_ACCESS : number;
    }
}
