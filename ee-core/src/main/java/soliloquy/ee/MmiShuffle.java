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
            case PEXTLW -> set(d, LaneShuffle.interleaveLowWords(b, a), LaneShuffle.interleaveHighWords(b, a));
            case PEXTUW -> set(d, LaneShuffle.interleaveLowWords(e, c), LaneShuffle.interleaveHighWords(e, c));
            case PEXTLH -> set(d, LaneShuffle.interleaveLowHalves(b, a), LaneShuffle.interleaveHighHalves(b, a));
            case PEXTUH -> set(d, LaneShuffle.interleaveLowHalves(e, c), LaneShuffle.interleaveHighHalves(e, c));
            case PEXTLB -> set(d, LaneShuffle.interleaveLowBytes(b, a), LaneShuffle.interleaveHighBytes(b, a));
            case PEXTUB -> set(d, LaneShuffle.interleaveLowBytes(e, c), LaneShuffle.interleaveHighBytes(e, c));
            case PPACW -> set(d, LaneShuffle.packWords(b, e), LaneShuffle.packWords(a, c));
            case PPACH -> set(d, LaneShuffle.packHalves(b, e), LaneShuffle.packHalves(a, c));
            case PPACB -> set(d, LaneShuffle.packBytes(b, e), LaneShuffle.packBytes(a, c));
            case PEXT5 ->
                set(d, words(extend5((int) a), extend5(word(a, 1))), words(extend5((int) c), extend5(word(c, 1))));
            case PPAC5 -> set(d, words(pack5((int) a), pack5(word(a, 1))), words(pack5((int) c), pack5(word(c, 1))));
            case PINTH -> set(d, LaneShuffle.interleaveLowHalves(b, c), LaneShuffle.interleaveHighHalves(b, c));
            case PINTEH ->
                set(
                        d,
                        b & 0xFFFF_0000_FFFFL | (a & 0xFFFF_0000_FFFFL) << 16,
                        e & 0xFFFF_0000_FFFFL | (c & 0xFFFF_0000_FFFFL) << 16);
            case PCPYLD -> set(d, b, a);
            case PCPYUD -> set(d, c, e);
            case PCPYH -> set(d, LaneShuffle.copyHalf(a), LaneShuffle.copyHalf(c));
            case PEXEH -> set(d, LaneShuffle.exchangeEvenHalves(a), LaneShuffle.exchangeEvenHalves(c));
            case PEXCH -> set(d, LaneShuffle.exchangeCenterHalves(a), LaneShuffle.exchangeCenterHalves(c));
            case PREVH -> set(d, LaneShuffle.reverseHalves(a), LaneShuffle.reverseHalves(c));
            case PEXEW -> set(d, LaneShuffle.exchangeEvenWordsLow(a, c), LaneShuffle.exchangeEvenWordsHigh(a, c));
            case PEXCW -> set(d, LaneShuffle.exchangeCenterWordsLow(a, c), LaneShuffle.exchangeCenterWordsHigh(a, c));
            case PROT3W -> set(d, LaneShuffle.rotateWordsLow(a, c), LaneShuffle.rotateWordsHigh(a, c));
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
                        LaneShuffle.evenHalves(g[LO]) | LaneShuffle.evenHalves(g[HI]) << 32,
                        LaneShuffle.evenHalves(g[LO + 1]) | LaneShuffle.evenHalves(g[HI + 1]) << 32);
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

    private static long saturatedHalves(long value) {
        return Lanes.saturateHalf((int) value) & 0xFFFFL | (Lanes.saturateHalf(word(value, 1)) & 0xFFFFL) << 16;
    }

    private static int extend5(int value) {
        return (value & 0x1F) << 3 | (value & 0x3E0) << 6 | (value & 0x7C00) << 9 | (value & 0x8000) << 16;
    }

    private static int pack5(int value) {
        return value >>> 3 & 0x1F | value >>> 6 & 0x3E0 | value >>> 9 & 0x7C00 | value >>> 16 & 0x8000;
    }
}
