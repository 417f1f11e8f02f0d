package soliloquy.ee;

import static soliloquy.ee.Lanes.eachByte;
import static soliloquy.ee.Lanes.eachHalf;
import static soliloquy.ee.Lanes.eachWord;
import static soliloquy.ee.Lanes.half;
import static soliloquy.ee.Lanes.word;
import static soliloquy.ee.Lanes.words;

/**
 * The multimedia instructions: lane by lane on 128-bit registers. Arithmetic, comparison and shifts are here, rearrangement in
 * {@link MmiShuffle}, multiplication and division in {@link MmiMultiply}. Source: ps2autotests cpu/ee_simd, every row.
 */
final class Mmi {
    private static final long BYTE_TOPS = 0x8080_8080_8080_8080L;
    private static final long HALF_TOPS = 0x8000_8000_8000_8000L;

    private final R5900 cpu;
    final MmiShuffle shuffle;
    final MmiMultiply multiply;

    Mmi(R5900 cpu) {
        this.cpu = cpu;
        shuffle = new MmiShuffle(cpu);
        multiply = new MmiMultiply(cpu);
    }

    /** Executes an instruction with decoded operands. */
    void execute(Instruction row, int d, int s, int t) {
        long[] g = cpu.gpr;
        long a = g[s];
        long b = g[t];
        long c = g[s + 1];
        long e = g[t + 1];
        switch (row) {
            case PADDB -> set(d, Lanes.add(a, b, BYTE_TOPS), Lanes.add(c, e, BYTE_TOPS));
            case PADDH -> set(d, Lanes.add(a, b, HALF_TOPS), Lanes.add(c, e, HALF_TOPS));
            case PADDW -> set(d, Lanes.addWords(a, b), Lanes.addWords(c, e));
            case PSUBB -> set(d, Lanes.subtract(a, b, BYTE_TOPS), Lanes.subtract(c, e, BYTE_TOPS));
            case PSUBH -> set(d, Lanes.subtract(a, b, HALF_TOPS), Lanes.subtract(c, e, HALF_TOPS));
            case PSUBW -> set(d, Lanes.subtractWords(a, b), Lanes.subtractWords(c, e));
            case PADSBH -> set(d, Lanes.subtract(a, b, HALF_TOPS), Lanes.add(c, e, HALF_TOPS));
            case PADDSB -> bytes(d, a, b, c, e, (x, y) -> Lanes.saturateByte(x + y));
            case PADDSH -> halves(d, a, b, c, e, (x, y) -> Lanes.saturateHalf(x + y));
            case PADDSW -> wordLanes(d, a, b, c, e, (x, y) -> Lanes.saturateWord((long) x + y));
            case PSUBSB -> bytes(d, a, b, c, e, (x, y) -> Lanes.saturateByte(x - y));
            case PSUBSH -> halves(d, a, b, c, e, (x, y) -> Lanes.saturateHalf(x - y));
            case PSUBSW -> wordLanes(d, a, b, c, e, (x, y) -> Lanes.saturateWord((long) x - y));
            case PADDUB -> bytes(d, a, b, c, e, (x, y) -> Math.min((x & 0xFF) + (y & 0xFF), 0xFF));
            case PADDUH -> halves(d, a, b, c, e, (x, y) -> Math.min((x & 0xFFFF) + (y & 0xFFFF), 0xFFFF));
            case PADDUW ->
                wordLanes(
                        d, a, b, c, e, (x, y) -> (int) Math.min((x & 0xFFFF_FFFFL) + (y & 0xFFFF_FFFFL), 0xFFFF_FFFFL));
            case PSUBUB -> bytes(d, a, b, c, e, (x, y) -> Math.max((x & 0xFF) - (y & 0xFF), 0));
            case PSUBUH -> halves(d, a, b, c, e, (x, y) -> Math.max((x & 0xFFFF) - (y & 0xFFFF), 0));
            case PSUBUW ->
                wordLanes(d, a, b, c, e, (x, y) -> (int) Math.max((x & 0xFFFF_FFFFL) - (y & 0xFFFF_FFFFL), 0));
            case PCGTB -> bytes(d, a, b, c, e, (x, y) -> x > y ? -1 : 0);
            case PCGTH -> halves(d, a, b, c, e, (x, y) -> x > y ? -1 : 0);
            case PCGTW -> wordLanes(d, a, b, c, e, (x, y) -> x > y ? -1 : 0);
            case PCEQB -> bytes(d, a, b, c, e, (x, y) -> x == y ? -1 : 0);
            case PCEQH -> halves(d, a, b, c, e, (x, y) -> x == y ? -1 : 0);
            case PCEQW -> wordLanes(d, a, b, c, e, (x, y) -> x == y ? -1 : 0);
            case PMAXH -> halves(d, a, b, c, e, Math::max);
            case PMAXW -> wordLanes(d, a, b, c, e, Math::max);
            case PMINH -> halves(d, a, b, c, e, Math::min);
            case PMINW -> wordLanes(d, a, b, c, e, Math::min);
            case PABSH -> halves(d, a, a, c, c, (x, y) -> Lanes.saturateHalf(Math.abs(x)));
            case PABSW -> wordLanes(d, a, a, c, c, (x, y) -> Lanes.saturateWord(Math.abs((long) x)));
            case PAND -> set(d, a & b, c & e);
            case POR -> set(d, a | b, c | e);
            case PXOR -> set(d, a ^ b, c ^ e);
            case PNOR -> set(d, ~(a | b), ~(c | e));
            case PSLLH -> halves(d, a, a, c, c, (x, y) -> x << (t & 15));
            case PSRLH -> halves(d, a, a, c, c, (x, y) -> (x & 0xFFFF) >> (t & 15));
            case PSRAH -> set(d, shiftHalves(a, t & 15), shiftHalves(c, t & 15));
            case PSLLW -> set(d, words((int) a << t, word(a, 1) << t), words((int) c << t, word(c, 1) << t));
            case PSRLW -> set(d, words((int) a >>> t, word(a, 1) >>> t), words((int) c >>> t, word(c, 1) >>> t));
            case PSRAW -> set(d, words((int) a >> t, word(a, 1) >> t), words((int) c >> t, word(c, 1) >> t));
            case PSLLVW -> set(d, (int) a << (int) b, (int) c << (int) e);
            case PSRLVW -> set(d, (int) a >>> (int) b, (int) c >>> (int) e);
            case PSRAVW -> set(d, (int) a >> (int) b, (int) c >> (int) e);
            case PLZCW -> g[d] = words(leadingSigns((int) a), leadingSigns(word(a, 1)));
            default -> throw new IllegalStateException(row + " is not multimedia arithmetic");
        }
    }

    private static int leadingSigns(int value) {
        return Integer.numberOfLeadingZeros(value < 0 ? ~value : value) - 1;
    }

    private static long shiftHalves(long a, int count) {
        return half(a, 0) >> count & 0xFFFFL
                | (half(a, 1) >> count & 0xFFFFL) << 16
                | (half(a, 2) >> count & 0xFFFFL) << 32
                | (long) (half(a, 3) >> count) << 48;
    }

    private void set(int d, long low, long high) {
        cpu.gpr[d] = low;
        cpu.gpr[d + 1] = high;
    }

    private void bytes(int d, long a, long b, long c, long e, Lanes.Operation operation) {
        set(d, eachByte(a, b, operation), eachByte(c, e, operation));
    }

    private void halves(int d, long a, long b, long c, long e, Lanes.Operation operation) {
        set(d, eachHalf(a, b, operation), eachHalf(c, e, operation));
    }

    private void wordLanes(int d, long a, long b, long c, long e, Lanes.Operation operation) {
        set(d, eachWord(a, b, operation), eachWord(c, e, operation));
    }
}
