package soliloquy.ee;

/** COP1: thirty-two registers, the accumulator and FCR31. Source: ps2autotests cpu/ee_fpu; flags by PCSX2's interpreter. */
final class Fpu {
    private static final int FCR0 = 0x0000_2E30;
    private static final int FCR31_ONES = 0x0100_0001;
    private static final int FCR31_WRITABLE = 0x0083_C078;
    static final int C = 1 << 23;
    static final int I = 1 << 17;
    static final int D = 1 << 16;
    static final int O = 1 << 15;
    static final int U = 1 << 14;
    private static final int SI = 1 << 6;
    private static final int SD = 1 << 5;
    private static final int SO = 1 << 4;
    private static final int SU = 1 << 3;

    private final R5900 cpu;
    private long compareClock = Long.MIN_VALUE;
    private boolean conditionBefore;

    Fpu(R5900 cpu) {
        this.cpu = cpu;
        cpu.fcr31 = FCR31_ONES;
    }

    /**
     * The condition that BC1T and BC1F test. A branch directly after the comparison, and one in the delay slot of such a branch,
     * still sees the one before. Source: ps2autotests cpu/ee_fpu/branchdelay; the rule is the narrowest that fits.
     *
     * @param before the clock before the branch, or before that in whose delay slot it is
     */
    boolean condition(long before) {
        return before == compareClock ? conditionBefore : (cpu.fcr31 & C) != 0;
    }

    /** Takes note of a comparison after which the clock is {@code clock}, when FCR31 was {@code before}. */
    void compared(long clock, int before) {
        compareClock = clock;
        conditionBefore = (before & C) != 0;
    }

    /** Takes note that the branch in whose delay slot the comparison is took half cycles more. */
    void comparedLater(int halfCycles) {
        compareClock += halfCycles;
    }

    /** Takes note that {@code halfCycles} pass behind the comparison, if there was one, after which the clock was {@code clock}. */
    void comparedLater(long clock, int halfCycles) {
        if (compareClock == clock) {
            compareClock += halfCycles;
        }
    }

    /** C.F, C.EQ, C.LT or C.LE, after which the clock is {@code clock}. */
    void compare(Instruction row, int s, int t, long clock) {
        compared(clock, cpu.fcr31);
        int order = EeFloat.compare(cpu.fpr[s], cpu.fpr[t]);
        boolean holds = switch (row) {
            case C_EQ_S -> order == 0;
            case C_LT_S -> order < 0;
            case C_LE_S -> order <= 0;
            default -> false;
        };
        cpu.fcr31 = holds ? cpu.fcr31 | C : cpu.fcr31 & ~C;
    }

    /** True if the last result that could overflow or underflow did neither. */
    boolean rangeFlagsClear() {
        return (cpu.fcr31 & (O | U)) == 0;
    }

    /** ADD.S, and SUB.S with the sign of {@code b} inverted. */
    int add(int a, int b) {
        return ranged(EeFloat.addFlags(a, b));
    }

    /** MUL.S. */
    int multiply(int a, int b) {
        return ranged(EeFloat.mulFlags(a, b));
    }

    /** Executes an instruction with decoded operands; moves use the general registers {@code d} and {@code s}. */
    void execute(Instruction row, int d, int s, int t) {
        int[] f = cpu.fpr;
        switch (row) {
            case MADD_S -> f[d] = ranged(EeFloat.maddFlags(cpu.acc, f[s], f[t], false));
            case MSUB_S -> f[d] = ranged(EeFloat.maddFlags(cpu.acc, f[s], f[t], true));
            case ADDA_S -> cpu.acc = ranged(EeFloat.addFlags(f[s], f[t]));
            case SUBA_S -> cpu.acc = ranged(EeFloat.addFlags(f[s], f[t] ^ 0x8000_0000));
            case MULA_S -> cpu.acc = ranged(EeFloat.mulFlags(f[s], f[t]));
            case MADDA_S -> cpu.acc = ranged(EeFloat.maddFlags(cpu.acc, f[s], f[t], false));
            case MSUBA_S -> cpu.acc = ranged(EeFloat.maddFlags(cpu.acc, f[s], f[t], true));
            case DIV_S -> f[d] = divided(EeFloat.divFlags(f[s], f[t]), 0);
            case SQRT_S -> f[d] = divided(EeFloat.sqrtFlags(f[t]), 0);
            case RSQRT_S -> {
                long root = EeFloat.sqrtFlags(f[t]);
                f[d] = divided(EeFloat.divFlags(f[s], (int) root), EeFloat.flags(root));
            }
            case MOV_S -> f[d] = f[s];
            case ABS_S -> {
                f[d] = f[s] & 0x7FFF_FFFF;
                cpu.fcr31 &= ~(O | U);
            }
            case NEG_S -> {
                f[d] = f[s] ^ 0x8000_0000;
                cpu.fcr31 &= ~(O | U);
            }
            case MAX_S -> {
                f[d] = EeFloat.max(f[s], f[t]);
                cpu.fcr31 &= ~(O | U);
            }
            case MIN_S -> {
                f[d] = EeFloat.min(f[s], f[t]);
                cpu.fcr31 &= ~(O | U);
            }
            case CVT_W_S -> f[d] = EeFloat.cvtW(f[s]);
            case CVT_S_W -> f[d] = EeFloat.cvtS(f[s]);
            case MFC1 -> cpu.gpr[d] = f[t];
            case MTC1 -> f[t] = (int) cpu.gpr[s];
            case CFC1 -> cpu.gpr[d] = t < 16 ? FCR0 : cpu.fcr31 | FCR31_ONES; // wired, whatever a kernel restores
            case CTC1 -> {
                if (t >= 16) {
                    cpu.fcr31 = FCR31_ONES | (int) cpu.gpr[s] & FCR31_WRITABLE;
                }
            }
            default -> throw new IllegalStateException(row + " is not an instruction of the FPU");
        }
    }

    /** Takes a result that can overflow and underflow: O and U are set anew. */
    private int ranged(long flagged) {
        int flags = EeFloat.flags(flagged);
        int fcr31 = cpu.fcr31 & ~(O | U);
        if (flags != 0) {
            if ((flags & EeFloat.OVERFLOW) != 0) {
                fcr31 |= O | SO;
            }
            if ((flags & EeFloat.UNDERFLOW) != 0) {
                fcr31 |= U | SU;
            }
        }
        cpu.fcr31 = fcr31;
        return (int) flagged;
    }

    /** Takes a result of a division or root: I and D are set anew. */
    private int divided(long flagged, int moreFlags) {
        int flags = EeFloat.flags(flagged) | moreFlags;
        int fcr31 = cpu.fcr31 & ~(I | D);
        if ((flags & EeFloat.INVALID) != 0) {
            fcr31 |= I | SI;
        }
        if ((flags & EeFloat.DIVIDE_BY_ZERO) != 0) {
            fcr31 |= D | SD;
        }
        cpu.fcr31 = fcr31;
        return (int) flagged;
    }
}
