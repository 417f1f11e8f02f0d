package soliloquy.ee;

import java.lang.reflect.Field;

/**
 * Dense numbers of the instructions that the interpreter's loop executes itself, named as their rows of the instruction table, and
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
    static final int JR = 7;
    static final int JALR = 8;
    static final int MOVZ = 9;
    static final int MOVN = 10;
    static final int MFHI = 11;
    static final int MFLO = 12;
    static final int MULT = 13;
    static final int MULTU = 14;
    static final int DIV = 15;
    static final int ADDU = 16;
    static final int SUBU = 17;
    static final int AND = 18;
    static final int OR = 19;
    static final int XOR = 20;
    static final int NOR = 21;
    static final int SLT = 22;
    static final int SLTU = 23;
    static final int DADDU = 24;
    static final int DSUBU = 25;
    static final int DSLL = 26;
    static final int DSRL = 27;
    static final int DSRA = 28;
    static final int DSLL32 = 29;
    static final int DSRL32 = 30;
    static final int DSRA32 = 31;
    static final int BLTZ = 32;
    static final int BGEZ = 33;
    static final int BLTZL = 34;
    static final int BGEZL = 35;
    static final int BLTZAL = 36;
    static final int BGEZAL = 37;
    static final int BLTZALL = 38;
    static final int BGEZALL = 39;
    static final int J = 40;
    static final int JAL = 41;
    static final int BEQ = 42;
    static final int BNE = 43;
    static final int BLEZ = 44;
    static final int BGTZ = 45;
    static final int BEQL = 46;
    static final int BNEL = 47;
    static final int BLEZL = 48;
    static final int BGTZL = 49;
    static final int ADDIU = 50;
    static final int SLTI = 51;
    static final int SLTIU = 52;
    static final int ANDI = 53;
    static final int ORI = 54;
    static final int XORI = 55;
    static final int LUI = 56;
    static final int DADDIU = 57;
    static final int LB = 58;
    static final int LH = 59;
    static final int LW = 60;
    static final int LBU = 61;
    static final int LHU = 62;
    static final int LWU = 63;
    static final int LD = 64;
    static final int LQ = 65;
    static final int SB = 66;
    static final int SH = 67;
    static final int SW = 68;
    static final int SD = 69;
    static final int SQ = 70;
    static final int LWC1 = 71;
    static final int SWC1 = 72;
    static final int MADD = 73;
    static final int ADD_S = 74;
    static final int SUB_S = 75;
    static final int MUL_S = 76;

    /** A branch to itself. */
    static final int SELF_BRANCH = 77;
    /** A branch on a coprocessor's condition. */
    static final int CONDITION_BRANCH = 78;
    /** Other instructions of the FPU. */
    static final int FPU = 79;
    /** Multimedia instructions, by the class that executes them. */
    static final int MMI_ARITHMETIC = 80;

    static final int MMI_SHUFFLE = 81;
    static final int MMI_MULTIPLY = 82;
    /** Comparisons of the FPU. */
    static final int FPU_COMPARE = 83;
    /** Everything else. */
    static final int RARE = 84;

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
        if (row.has(Instruction.Trait.BRANCH)) {
            return CONDITION_BRANCH;
        }
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
}
