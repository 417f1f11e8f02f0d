package soliloquy.ee;

import soliloquy.machine.Notices;

/**
 * The lower instruction of a micro program's word. Those that macro mode has too are executed by it; the rest, loads and stores with
 * offsets, flag tests and branches, here. Source: ps2tek "VU Instruction Set"; ps2autotests vu/lower.
 */
final class Vu0Lower {
    /** {@link #execute} returns this where the program goes on with the next word. */
    static final int NO_BRANCH = -1;

    private static final int MACRO = 0x4A00_0000;
    private static final int OPERATION = 0x01FF_FFFF;
    private static final int STATUS = 16;
    private static final int MAC = 17;
    private static final int CLIP = 18;
    private static final int Q = 22;
    private static final int LOWER_OPERATION = 0x40;
    private static final int XITOP = 0x1A << 6 | 0x3D;

    private final Vu0Macro macro;
    private final Vu0Pipeline pipeline;
    private final int[] vi;
    private final Notices notices;
    /** The integer register that the word before wrote by arithmetic, and what it held; a conditional branch still sees that. */
    private int lateRegister;

    private int lateValue;

    Vu0Lower(Vu0Registers registers, Vu0Macro macro, Vu0Pipeline pipeline, Notices notices) {
        this.macro = macro;
        this.pipeline = pipeline;
        this.notices = notices;
        vi = registers.vi;
    }

    /** The instruction of macro mode that the lower half {@code word} is, or null if macro mode has none like it. */
    static Instruction decode(int word) {
        if (word >>> 25 != LOWER_OPERATION) {
            return null;
        }
        Instruction row = Decoder.decode(MACRO | word & OPERATION);
        return row != null
                        && (row.ordinal() >= Instruction.VMOVE.ordinal()
                                || row.ordinal() >= Instruction.VIADD.ordinal()
                                        && row.ordinal() <= Instruction.VIADDI.ordinal())
                ? row
                : null;
    }

    /** A program starts. */
    void start() {
        lateRegister = 0;
    }

    /** The first word-cycle from {@code cycle} on at which the operands of {@code word} are there. */
    long ready(Instruction row, int word, long cycle) {
        int fields = word >>> 21 & 15;
        int ft = word >>> 16 & 31;
        int fs = word >>> 11 & 31;
        int fsField = 8 >> (fields & 3);
        int ftField = 8 >> (fields >> 2);
        long ready = pipeline.integers(integersRead(row, word), cycle);
        if (row == null) {
            return word >>> 25 == 0x01 ? pipeline.vector(fs, fields, ready) : ready;
        }
        return switch (row) {
            case VDIV, VRSQRT -> pipeline.vector(ft, ftField, pipeline.vector(fs, fsField, pipeline.division(ready)));
            case VSQRT -> pipeline.vector(ft, ftField, pipeline.division(ready));
            case VWAITQ -> pipeline.division(ready);
            case VMTIR, VRINIT, VRXOR -> pipeline.vector(fs, fsField, ready);
            case VMOVE, VSQI, VSQD -> pipeline.vector(fs, fields, ready);
            case VMR32 -> pipeline.vector(fs, fields >> 1 | fields << 3 & 8, ready);
            default -> ready;
        };
    }

    /** One bit for each integer register that is read; a few that are not do no harm, for only loads make anyone wait. */
    private static int integersRead(Instruction row, int word) {
        int it = word >>> 16 & 15;
        int is = word >>> 11 & 15;
        if (row == null) {
            return switch (word >>> 25) {
                case 0x00, 0x04, 0x08, 0x09, 0x18, 0x1A, 0x1B, 0x24, 0x25, 0x2C, 0x2D, 0x2E, 0x2F -> 1 << is;
                case 0x01 -> 1 << it;
                case 0x05, 0x28, 0x29 -> 1 << is | 1 << it;
                default -> 0;
            };
        }
        return switch (row) {
            case VIADD, VISUB, VIAND, VIOR, VISWR -> 1 << is | 1 << it;
            case VIADDI, VMFIR, VLQI, VLQD, VILWR -> 1 << is;
            case VSQI, VSQD -> 1 << it;
            default -> 0;
        };
    }

    /** The vector register that {@code word} writes, 0 for none. */
    static int destination(Instruction row, int word) {
        if (row == null) {
            return word >>> 25 == 0x00 ? word >>> 16 & 31 : 0;
        }
        return switch (row) {
            case VMOVE, VMR32, VMFIR, VLQI, VLQD, VRGET, VRNEXT -> word >>> 16 & 31;
            default -> 0;
        };
    }

    /** Executes {@code word}, at index {@code at} of micro memory, at word-cycle {@code cycle}; returns the target of a branch. */
    int execute(Instruction row, int word, int at, long cycle) {
        int late = lateRegister;
        lateRegister = 0;
        pipeline.writesVector(destination(row, word), word >>> 21 & 15, cycle);
        if (row != null) {
            likeMacro(row, word, cycle);
            return NO_BRANCH;
        }
        int is = word >>> 11 & 15;
        int it = word >>> 16 & 15;
        int offset = word << 21 >> 21;
        int unsigned15 = word >>> 10 & 0x7800 | word & 0x7FF;
        int fields = word >>> 21 & 15;
        switch (word >>> 25) {
            case 0x00 -> macro.load(word >>> 16 & 31, fields, vi[is] + offset); // LQ
            case 0x01 -> macro.store(word >>> 11 & 31, fields, vi[it] + offset); // SQ
            case 0x04 -> { // ILW
                macro.loadInteger(it, fields, vi[is] + offset);
                pipeline.loadsInteger(it, cycle);
            }
            case 0x05 -> macro.storeInteger(vi[it], fields, vi[is] + offset); // ISW
            case 0x08 -> lateInteger(it, vi[is] + unsigned15); // IADDIU
            case 0x09 -> lateInteger(it, vi[is] - unsigned15); // ISUBIU
            case 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x1A, 0x1B, 0x1C -> flags(word, it, is, cycle);
            case 0x20, 0x21, 0x24, 0x25, 0x28, 0x29, 0x2C, 0x2D, 0x2E, 0x2F -> {
                return branch(word, at, late);
            }
            default -> {
                if (word >>> 25 == LOWER_OPERATION && (word & 0x7FF) == XITOP) {
                    xitop(it, at);
                } else {
                    unknown(word, at);
                }
            }
        }
        return NO_BRANCH;
    }

    private void likeMacro(Instruction row, int word, long cycle) {
        int it = word >>> 16 & 15;
        int macroWord = MACRO | word & OPERATION;
        switch (row) {
            case VDIV, VSQRT, VRSQRT -> {
                int quotient = vi[Q];
                int status = vi[STATUS];
                macro.execute(row, macroWord);
                int latency = row == Instruction.VRSQRT ? Vu0Pipeline.RECIPROCAL_ROOT : Vu0Pipeline.DIVISION;
                pipeline.divides(vi[Q], vi[STATUS], latency, cycle);
                vi[Q] = quotient;
                vi[STATUS] = status;
            }
            case VIADD, VISUB, VIAND, VIOR -> late(row, macroWord, word >>> 6 & 15);
            case VIADDI, VSQI, VSQD -> late(row, macroWord, it);
            case VLQI, VLQD -> late(row, macroWord, word >>> 11 & 15);
            case VILWR -> {
                macro.execute(row, macroWord);
                pipeline.loadsInteger(it, cycle);
            }
            default -> macro.execute(row, macroWord);
        }
    }

    private void late(Instruction row, int macroWord, int register) {
        lateValue = vi[register];
        lateRegister = register;
        macro.execute(row, macroWord);
    }

    private void lateInteger(int register, int value) {
        lateValue = vi[register];
        lateRegister = register;
        macro.integer(register, value);
    }

    private void flags(int word, int it, int is, long cycle) {
        int immediate24 = word & 0xFF_FFFF;
        int immediate12 = word >>> 10 & 0x800 | word & 0x7FF;
        switch (word >>> 25) {
            case 0x10 -> macro.integer(1, vi[CLIP] == immediate24 ? 1 : 0); // FCEQ
            case 0x11 -> pipeline.clipFlags(immediate24, cycle); // FCSET
            case 0x12 -> macro.integer(1, (vi[CLIP] & immediate24) != 0 ? 1 : 0); // FCAND
            case 0x13 -> macro.integer(1, (vi[CLIP] | immediate24) == 0xFF_FFFF ? 1 : 0); // FCOR
            case 0x14 -> macro.integer(it, (vi[STATUS] & 0xFFF) == immediate12 ? 1 : 0); // FSEQ
            case 0x15 -> pipeline.stickyFlags(immediate12 & 0xFC0, cycle); // FSSET
            case 0x16 -> macro.integer(it, vi[STATUS] & immediate12); // FSAND
            case 0x17 -> macro.integer(it, vi[STATUS] & 0xFFF | immediate12); // FSOR
            case 0x18 -> macro.integer(it, vi[MAC] == vi[is] ? 1 : 0); // FMEQ
            case 0x1A -> macro.integer(it, vi[MAC] & vi[is]); // FMAND
            case 0x1B -> macro.integer(it, vi[MAC] | vi[is]); // FMOR
            default -> macro.integer(it, vi[CLIP] & 0xFFF); // FCGET
        }
    }

    private int branch(int word, int at, int late) {
        int is = word >>> 11 & 15;
        int it = word >>> 16 & 15;
        int near = at + 1 + (word << 21 >> 21);
        int left = tested(is, late);
        return switch (word >>> 25) {
            case 0x20 -> near; // B
            case 0x21 -> linked(it, at, near); // BAL
            case 0x24 -> vi[is]; // JR
            case 0x25 -> linked(it, at, vi[is]); // JALR
            case 0x28 -> tested(it, late) == left ? near : NO_BRANCH; // IBEQ
            case 0x29 -> tested(it, late) != left ? near : NO_BRANCH; // IBNE
            case 0x2C -> left < 0 ? near : NO_BRANCH; // IBLTZ
            case 0x2D -> left > 0 ? near : NO_BRANCH; // IBGTZ
            case 0x2E -> left <= 0 ? near : NO_BRANCH; // IBLEZ
            default -> left >= 0 ? near : NO_BRANCH; // IBGEZ
        };
    }

    private int tested(int register, int late) {
        return (short) (register == late && late != 0 ? lateValue : vi[register]);
    }

    private int linked(int register, int at, int target) {
        macro.integer(register, at + 2);
        return target;
    }

    /** XITOP reads what only VIF0 sets. */
    private void xitop(int it, int at) {
        macro.integer(it, 0);
        notices.report(Notices.Kind.UNIMPLEMENTED, "VU0", 8 * at, "XITOP reads 0: VIF0 is not emulated");
    }

    /** EFU, XGKICK and XTOP are those of VU1. */
    private void unknown(int word, int at) {
        notices.report(
                Notices.Kind.UNHANDLED,
                "VU0",
                8 * at,
                "the micro program's lower word 0x%08x is no instruction of VU0; it does nothing".formatted(word));
    }
}
