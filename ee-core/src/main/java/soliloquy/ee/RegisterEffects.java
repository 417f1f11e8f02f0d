package soliloquy.ee;

import java.util.BitSet;

/**
 * Which registers an operation reads and writes. Registers are numbered as in {@link R5900#gpr}, the halves of the general
 * registers and of HI and LO; behind them those of the FPU.
 */
final class RegisterEffects {
    /** Number of FPU register 0. */
    static final int FPR = 72;
    /** Number of the FPU's accumulator. */
    static final int ACC = 104;
    /** Number of FCR31. */
    static final int FCR31 = 105;
    /** Number of VU0's vector register 0. */
    static final int VECTOR = 106;
    /** Number of VU0's accumulator. */
    static final int VECTOR_ACC = 138;
    /** Number of VU0's register Q. */
    static final int QUOTIENT = 139;
    /** How many numbers there are. */
    static final int COUNT = 140;

    private static final int LO = R5900.LO;
    private static final int HI = R5900.HI;

    final BitSet reads = new BitSet(COUNT);
    final BitSet writes = new BitSet(COUNT);

    private RegisterEffects() {}

    static RegisterEffects of(Operation operation) {
        RegisterEffects effects = new RegisterEffects();
        if (operation.row().unit == Instruction.Unit.FPU) {
            effects.addFpu(operation);
        } else if (operation.row().unit == Instruction.Unit.COP2) {
            effects.addVector(operation);
        } else {
            effects.addGeneral(operation);
            effects.addProducts(operation.row());
        }
        effects.reads.clear(0, 2);
        effects.reads.clear(R5900.SINK, FPR);
        effects.writes.clear(0, 2);
        effects.writes.clear(R5900.SINK, FPR);
        effects.reads.clear(VECTOR);
        effects.writes.clear(VECTOR);
        return effects;
    }

    /** Makes one register of {@code count} halves. */
    void join(int first, int count) {
        BitSet written = writes.get(first, first + count);
        if (!reads.get(first, first + count).isEmpty() || !written.isEmpty() && written.cardinality() < count) {
            reads.set(first, first + count);
        }
        if (!written.isEmpty()) {
            writes.set(first, first + count);
        }
    }

    private void addGeneral(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        Instruction row = operation.row();
        boolean wide = row.unit == Instruction.Unit.MMI || row == Instruction.LQ || row == Instruction.SQ;
        switch (row.format) {
            case RD -> write(d, wide);
            case RS, RS_IMMEDIATE, RS_BRANCH -> read(s, wide);
            case RD_RS, RD_RT, RD_RT_SA, RT_RS_IMMEDIATE, RT_RS_UNSIGNED -> {
                read(s, wide);
                write(d, wide);
            }
            case RD_RS_RT, RD_RT_RS -> {
                read(s, wide);
                read(t, wide);
                write(d, wide);
            }
            case RS_RT, RS_RT_BRANCH -> {
                read(s, wide);
                read(t, wide);
            }
            case RT_UPPER -> write(d, false);
            case RT_OFFSET_BASE -> {
                read(s, false);
                if (row.has(Instruction.Trait.STORE)) {
                    read(d, wide);
                } else {
                    write(d, wide);
                }
            }
            case RT, RT_COP0, RT_PERFORMANCE -> {
                if (row.name().startsWith("MF")) {
                    write(d, false);
                } else {
                    read(s, false);
                }
            }
            case OPERATION_OFFSET_BASE -> read(s, false);
            default -> {}
        }
        switch (row) {
            case MOVZ, MOVN, LWL, LWR, LDL, LDR -> read(d, false);
            case JAL, BLTZAL, BLTZALL, BGEZAL, BGEZALL -> writes.set(R5900.RA);
            default -> {}
        }
    }

    private void addProducts(Instruction row) {
        switch (row) {
            case MULT, MULTU, DIV, DIVU -> writeProduct(0);
            case MULT1, MULTU1, DIV1, DIVU1 -> writeProduct(1);
            case MADD, MADDU -> {
                readProduct(0);
                writeProduct(0);
            }
            case MADD1, MADDU1 -> {
                readProduct(1);
                writeProduct(1);
            }
            case PMULTW, PMULTUW, PMULTH, PHMADH, PHMSBH, PDIVW, PDIVUW, PDIVBW -> writeProducts();
            case PMADDW, PMADDUW, PMSUBW, PMADDH, PMSUBH, PMTHL_LW -> {
                readProduct(0);
                readProduct(1);
                writeProducts();
            }
            case PMFHL_LW, PMFHL_UW, PMFHL_SLW, PMFHL_LH, PMFHL_SH -> {
                readProduct(0);
                readProduct(1);
            }
            case MFLO -> reads.set(LO);
            case MFHI -> reads.set(HI);
            case MTLO -> writes.set(LO);
            case MTHI -> writes.set(HI);
            case MFLO1 -> reads.set(LO + 1);
            case MFHI1 -> reads.set(HI + 1);
            case MTLO1 -> writes.set(LO + 1);
            case MTHI1 -> writes.set(HI + 1);
            case PMFLO -> reads.set(LO, LO + 2);
            case PMFHI -> reads.set(HI, HI + 2);
            case PMTLO -> writes.set(LO, LO + 2);
            case PMTHI -> writes.set(HI, HI + 2);
            default -> {}
        }
    }

    private void addFpu(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        Instruction row = operation.row();
        switch (row) {
            case LWC1 -> {
                reads.set(s);
                writes.set(FPR + d);
            }
            case SWC1 -> {
                reads.set(s);
                reads.set(FPR + d);
            }
            case MFC1 -> {
                reads.set(FPR + t);
                writes.set(d);
            }
            case MTC1 -> {
                reads.set(s);
                writes.set(FPR + t);
            }
            case CFC1 -> {
                reads.set(FCR31);
                writes.set(d);
            }
            case CTC1 -> {
                reads.set(s);
                writes.set(FCR31);
            }
            case C_F_S, C_EQ_S, C_LT_S, C_LE_S -> {
                readFloats(s, t);
                reads.set(FCR31);
                writes.set(FCR31);
            }
            case BC1F, BC1T, BC1FL, BC1TL -> reads.set(FCR31);
            case ADDA_S, SUBA_S, MULA_S -> {
                readFloats(s, t);
                writes.set(ACC);
            }
            case MADDA_S, MSUBA_S -> {
                readFloats(s, t);
                reads.set(ACC);
                writes.set(ACC);
            }
            case MADD_S, MSUB_S -> {
                readFloats(s, t);
                reads.set(ACC);
                writes.set(FPR + d);
            }
            case SQRT_S -> {
                reads.set(FPR + t);
                writes.set(FPR + d);
            }
            case MOV_S, NEG_S, ABS_S, CVT_S_W, CVT_W_S -> {
                reads.set(FPR + s);
                writes.set(FPR + d);
            }
            default -> {
                readFloats(s, t);
                writes.set(FPR + d);
            }
        }
    }

    private void addVector(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        Instruction row = operation.row();
        switch (row) {
            case QMFC2 -> {
                reads.set(VECTOR + t);
                write(d, true);
            }
            case CFC2 -> writes.set(d);
            case QMTC2 -> {
                read(s, true);
                writes.set(VECTOR + t);
            }
            case CTC2 -> reads.set(s);
            case LQC2 -> {
                reads.set(s);
                writes.set(VECTOR + d);
            }
            case SQC2 -> {
                reads.set(s);
                reads.set(VECTOR + d);
            }
            case VDIV, VRSQRT -> {
                readVectors(s, t);
                writes.set(QUOTIENT);
            }
            case VSQRT -> {
                reads.set(VECTOR + t);
                writes.set(QUOTIENT);
            }
            case VWAITQ -> reads.set(QUOTIENT);
            default -> addVectorFields(row, d, s, t);
        }
    }

    private void addVectorFields(Instruction row, int d, int s, int t) {
        switch (row.format) {
            case VFD_VFS_VFT -> {
                readVectors(s, t);
                writes.set(VECTOR + d);
            }
            case VFD_VFS -> {
                reads.set(VECTOR + s);
                writes.set(VECTOR + d);
            }
            case VFS_VFT -> {
                readVectors(s, t);
                writes.set(VECTOR_ACC, row != Instruction.VCLIP);
            }
            case VFS -> {
                reads.set(VECTOR + s);
                writes.set(VECTOR_ACC, row.name().contains("A"));
            }
            case VFT_VFS -> {
                reads.set(VECTOR + s);
                writes.set(VECTOR + t);
            }
            case VFS_VIT, VIT_VFS -> reads.set(VECTOR + s);
            case VFT_VIS, VFT -> writes.set(VECTOR + t);
            default -> {}
        }
        if (row.name().startsWith("VMADD") || row.name().startsWith("VMSUB") || row == Instruction.VOPMSUB) {
            reads.set(VECTOR_ACC);
        }
    }

    private void readVectors(int s, int t) {
        reads.set(VECTOR + s);
        reads.set(VECTOR + t);
    }

    private void readFloats(int s, int t) {
        reads.set(FPR + s);
        reads.set(FPR + t);
    }

    private void read(int register, boolean wide) {
        reads.set(register, register + (wide ? 2 : 1));
    }

    private void write(int register, boolean wide) {
        writes.set(register, register + (wide ? 2 : 1));
    }

    private void readProduct(int pipe) {
        reads.set(LO + pipe);
        reads.set(HI + pipe);
    }

    private void writeProduct(int pipe) {
        writes.set(LO + pipe);
        writes.set(HI + pipe);
    }

    private void writeProducts() {
        writeProduct(0);
        writeProduct(1);
    }
}
