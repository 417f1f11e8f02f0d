package soliloquy.ee;

import static soliloquy.ee.Lanes.word;
import static soliloquy.ee.Lanes.words;

import java.util.EnumSet;
import java.util.Set;

/** Multimedia instructions that rearrange lanes, and the moves of HI, LO and the funnel shift. */
final class MmiShuffle {
    /** The instructions of this class. */
    static final Set<Instruction> ROWS = EnumSet.of(
            Instruction.PEXTLW,
            Instruction.PEXTUW,
            Instruction.PEXTLH,
            Instruction.PEXTUH,
            Instruction.PEXTLB,
            Instruction.PEXTUB,
            Instruction.PPACW,
            Instruction.PPACH,
            Instruction.PPACB,
            Instruction.PEXT5,
            Instruction.PPAC5,
            Instruction.PINTH,
            Instruction.PINTEH,
            Instruction.PCPYLD,
            Instruction.PCPYUD,
            Instruction.PCPYH,
            Instruction.PEXEH,
            Instruction.PEXCH,
            Instruction.PREVH,
            Instruction.PEXEW,
            Instruction.PEXCW,
            Instruction.PROT3W,
            Instruction.QFSRV,
            Instruction.PMFHI,
            Instruction.PMFLO,
            Instruction.PMTHI,
            Instruction.PMTLO,
            Instruction.PMTHL_LW,
            Instruction.PMFHL_LW,
            Instruction.PMFHL_UW,
            Instruction.PMFHL_SLW,
            Instruction.PMFHL_LH,
            Instruction.PMFHL_SH);

    private static final int LO = R5900.LO;
    private static final int HI = R5900.HI;

    private final R5900 cpu;

    MmiShuffle(R5900 cpu) {
        this.cpu = cpu;
    }

    /** Executes an instruction with decoded operands. */
    void execute(Instruction row, int d, int s, int t) {
        long[] g = cpu.gpr;
        long a = g[s];
        long c = g[s + 1];
        long b = g[t];
        long e = g[t + 1];
        switch (row) {
            case PEXTLW -> set(d, words((int) b, (int) a), words(word(b, 1), word(a, 1)));
            case PEXTUW -> set(d, words((int) e, (int) c), words(word(e, 1), word(c, 1)));
            case PEXTLH -> set(d, interleaveHalves((int) b, (int) a), interleaveHalves(word(b, 1), word(a, 1)));
            case PEXTUH -> set(d, interleaveHalves((int) e, (int) c), interleaveHalves(word(e, 1), word(c, 1)));
            case PEXTLB -> set(d, interleaveBytes((int) b, (int) a), interleaveBytes(word(b, 1), word(a, 1)));
            case PEXTUB -> set(d, interleaveBytes((int) e, (int) c), interleaveBytes(word(e, 1), word(c, 1)));
            case PPACW -> set(d, words((int) b, (int) e), words((int) a, (int) c));
            case PPACH -> set(d, packHalves(b, e), packHalves(a, c));
            case PPACB -> set(d, packBytes(b, e), packBytes(a, c));
            case PEXT5 ->
                set(d, words(extend5((int) a), extend5(word(a, 1))), words(extend5((int) c), extend5(word(c, 1))));
            case PPAC5 -> set(d, words(pack5((int) a), pack5(word(a, 1))), words(pack5((int) c), pack5(word(c, 1))));
            case PINTH -> set(d, interleaveHalves((int) b, (int) c), interleaveHalves(word(b, 1), word(c, 1)));
            case PINTEH ->
                set(
                        d,
                        b & 0xFFFF_0000_FFFFL | (a & 0xFFFF_0000_FFFFL) << 16,
                        e & 0xFFFF_0000_FFFFL | (c & 0xFFFF_0000_FFFFL) << 16);
            case PCPYLD -> set(d, b, a);
            case PCPYUD -> set(d, c, e);
            case PCPYH -> set(d, (a & 0xFFFF) * 0x0001_0001_0001_0001L, (c & 0xFFFF) * 0x0001_0001_0001_0001L);
            case PEXEH -> set(d, exchange(a, 0, 2), exchange(c, 0, 2));
            case PEXCH -> set(d, exchange(a, 1, 2), exchange(c, 1, 2));
            case PREVH -> set(d, exchange(exchange(a, 0, 3), 1, 2), exchange(exchange(c, 0, 3), 1, 2));
            case PEXEW -> set(d, words((int) c, word(a, 1)), words((int) a, word(c, 1)));
            case PEXCW -> set(d, words((int) a, (int) c), words(word(a, 1), word(c, 1)));
            case PROT3W -> set(d, words(word(a, 1), (int) c), words((int) a, word(c, 1)));
            case QFSRV -> funnelShift(d, a, c, b, e);
            case PMFHI -> set(d, g[HI], g[HI + 1]);
            case PMFLO -> set(d, g[LO], g[LO + 1]);
            case PMTHI -> set(HI, a, c);
            case PMTLO -> set(LO, a, c);
            case PMTHL_LW -> {
                g[LO] = g[LO] & ~0xFFFF_FFFFL | a & 0xFFFF_FFFFL;
                g[HI] = g[HI] & ~0xFFFF_FFFFL | a >>> 32;
                g[LO + 1] = g[LO + 1] & ~0xFFFF_FFFFL | c & 0xFFFF_FFFFL;
                g[HI + 1] = g[HI + 1] & ~0xFFFF_FFFFL | c >>> 32;
            }
            case PMFHL_LW -> set(d, words((int) g[LO], (int) g[HI]), words((int) g[LO + 1], (int) g[HI + 1]));
            case PMFHL_UW ->
                set(d, words(word(g[LO], 1), word(g[HI], 1)), words(word(g[LO + 1], 1), word(g[HI + 1], 1)));
            case PMFHL_SLW ->
                set(
                        d,
                        Lanes.saturateWord(words((int) g[LO], (int) g[HI])),
                        Lanes.saturateWord(words((int) g[LO + 1], (int) g[HI + 1])));
            case PMFHL_LH ->
                set(
                        d,
                        evenHalves(g[LO]) | evenHalves(g[HI]) << 32,
                        evenHalves(g[LO + 1]) | evenHalves(g[HI + 1]) << 32);
            case PMFHL_SH ->
                set(
                        d,
                        saturatedHalves(g[LO]) | saturatedHalves(g[HI]) << 32,
                        saturatedHalves(g[LO + 1]) | saturatedHalves(g[HI + 1]) << 32);
            default -> throw new IllegalStateException(row + " does not rearrange lanes");
        }
    }

    private void set(int d, long low, long high) {
        cpu.gpr[d] = low;
        cpu.gpr[d + 1] = high;
    }

    private void funnelShift(int d, long rsLow, long rsHigh, long rtLow, long rtHigh) {
        int bits = cpu.sa * 8;
        if (bits == 0) {
            set(d, rtLow, rtHigh);
        } else if (bits < 64) {
            set(d, rtLow >>> bits | rtHigh << -bits, rtHigh >>> bits | rsLow << -bits);
        } else if (bits == 64) {
            set(d, rtHigh, rsLow);
        } else {
            set(d, rtHigh >>> bits | rsLow << -bits, rsLow >>> bits | rsHigh << -bits);
        }
    }

    private static long interleaveHalves(int even, int odd) {
        return even & 0xFFFFL | (odd & 0xFFFFL) << 16 | (even >>> 16 & 0xFFFFL) << 32 | (long) (odd >>> 16) << 48;
    }

    private static long interleaveBytes(int even, int odd) {
        return spreadBytes(even) | spreadBytes(odd) << 8;
    }

    private static long spreadBytes(int value) {
        long spread = value & 0xFFFF_FFFFL;
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFFL;
        return (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
    }

    private static long evenHalves(long value) {
        return value & 0xFFFF | value >>> 16 & 0xFFFF_0000L;
    }

    private static long packHalves(long low, long high) {
        return evenHalves(low) | evenHalves(high) << 32;
    }

    private static long packBytes(long low, long high) {
        return evenBytes(low) | evenBytes(high) << 32;
    }

    private static long evenBytes(long value) {
        long even = value & 0x00FF_00FF_00FF_00FFL;
        even = (even | even >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (even | even >>> 16) & 0xFFFF_FFFFL;
    }

    private static long saturatedHalves(long value) {
        return Lanes.saturateHalf((int) value) & 0xFFFFL | (Lanes.saturateHalf(word(value, 1)) & 0xFFFFL) << 16;
    }

    private static int extend5(int value) {
        return (value & 0x1F) << 3 | (value & 0x3E0) << 6 | (value & 0x7C00) << 9 | (value & 0x8000) << 16;
    }

    private static int pack5(int value) {
        return value >>> 3 & 0x1F | value >>> 6 & 0x3E0 | value >>> 9 & 0x7C00 | value >>> 16 & 0x8000;
    }

    private static long exchange(long value, int i, int j) {
        long difference = (value >>> 16 * i ^ value >>> 16 * j) & 0xFFFF;
        return value ^ difference << 16 * i ^ difference << 16 * j;
    }
}
