package soliloquy.ee;

import static soliloquy.ee.Lanes.half;
import static soliloquy.ee.Lanes.word;
import static soliloquy.ee.Lanes.words;

import java.util.EnumSet;
import java.util.Set;

/** Multimedia multiplications and divisions, with the HI and LO they leave. */
final class MmiMultiply {
    /** The instructions of this class. */
    static final Set<Instruction> ROWS = EnumSet.of(
            Instruction.PMULTW,
            Instruction.PMULTUW,
            Instruction.PMADDW,
            Instruction.PMADDUW,
            Instruction.PMSUBW,
            Instruction.PMULTH,
            Instruction.PMADDH,
            Instruction.PMSUBH,
            Instruction.PHMADH,
            Instruction.PHMSBH,
            Instruction.PDIVW,
            Instruction.PDIVUW,
            Instruction.PDIVBW);

    private static final int LO = R5900.LO;
    private static final int HI = R5900.HI;

    private final R5900 cpu;

    MmiMultiply(R5900 cpu) {
        this.cpu = cpu;
    }

    void execute(Instruction row, int d, int s, int t) {
        long[] g = cpu.gpr;
        switch (row) {
            case PMULTW -> eachWord(d, (int) g[s] * (long) (int) g[t], (int) g[s + 1] * (long) (int) g[t + 1], true);
            case PMULTUW ->
                eachWord(
                        d,
                        (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL),
                        (g[s + 1] & 0xFFFF_FFFFL) * (g[t + 1] & 0xFFFF_FFFFL),
                        true);
            case PMADDW ->
                eachWord(
                        d,
                        accumulated(0) + (int) g[s] * (long) (int) g[t],
                        accumulated(1) + (int) g[s + 1] * (long) (int) g[t + 1],
                        false);
            case PMADDUW ->
                eachWord(
                        d,
                        accumulated(0) + (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL),
                        accumulated(1) + (g[s + 1] & 0xFFFF_FFFFL) * (g[t + 1] & 0xFFFF_FFFFL),
                        false);
            case PMSUBW ->
                eachWord(
                        d,
                        accumulated(0) - (int) g[s] * (long) (int) g[t],
                        accumulated(1) - (int) g[s + 1] * (long) (int) g[t + 1],
                        false);
            case PMULTH -> eachHalf(d, s, t, 0, 1);
            case PMADDH -> eachHalf(d, s, t, 1, 1);
            case PMSUBH -> eachHalf(d, s, t, 1, -1);
            case PHMADH -> horizontal(d, s, t, false);
            case PHMSBH -> horizontal(d, s, t, true);
            case PDIVW -> {
                divide(0, (int) g[s], (int) g[t]);
                divide(1, (int) g[s + 1], (int) g[t + 1]);
            }
            case PDIVUW -> {
                divideUnsigned(0, (int) g[s], (int) g[t]);
                divideUnsigned(1, (int) g[s + 1], (int) g[t + 1]);
            }
            case PDIVBW -> divideByHalf(s, half(g[t], 0));
            default -> throw new IllegalStateException(row + " is not a multimedia instruction");
        }
    }

    /** The 64-bit accumulator of doubleword {@code i}: word 0 of HI above word 0 of LO. */
    private long accumulated(int i) {
        return words((int) cpu.gpr[LO + i], (int) cpu.gpr[HI + i]);
    }

    private void eachWord(int d, long low, long high, boolean wholeProduct) {
        long[] g = cpu.gpr;
        g[LO] = (int) low;
        g[HI] = low >> 32;
        g[LO + 1] = (int) high;
        g[HI + 1] = high >> 32;
        g[d] = wholeProduct ? low : words((int) low, (int) (low >> 32));
        g[d + 1] = wholeProduct ? high : words((int) high, (int) (high >> 32));
    }

    /** Eight products; of each doubleword, products 0 and 1 go to the words of LO, 2 and 3 to those of HI. */
    private void eachHalf(int d, int s, int t, int keep, int sign) {
        long[] g = cpu.gpr;
        for (int i = 0; i < 2; i++) {
            g[LO + i] = accumulated(g[LO + i] * keep, LaneProducts.low(g[s + i], g[t + i]), sign);
            g[HI + i] = accumulated(g[HI + i] * keep, LaneProducts.high(g[s + i], g[t + i]), sign);
        }
        evenWords(d);
    }

    private static long accumulated(long sum, long products, int sign) {
        return sign > 0 ? Lanes.add(sum, products, Lanes.WORDS) : Lanes.subtract(sum, products, Lanes.WORDS);
    }

    /** Sums (or differences) of neighbouring products in the even words; the odd words show the odd product. */
    private void horizontal(int d, int s, int t, boolean subtract) {
        long[] g = cpu.gpr;
        for (int i = 0; i < 2; i++) {
            long a = g[s + i];
            long b = g[t + i];
            int p0 = half(a, 0) * half(b, 0);
            int p1 = half(a, 1) * half(b, 1);
            int p2 = half(a, 2) * half(b, 2);
            int p3 = half(a, 3) * half(b, 3);
            g[LO + i] = subtract ? words(p1 - p0, ~p1) : words(p1 + p0, p1);
            g[HI + i] = subtract ? words(p3 - p2, ~p3) : words(p3 + p2, p3);
        }
        evenWords(d);
    }

    private void evenWords(int d) {
        long[] g = cpu.gpr;
        g[d] = words((int) g[LO], (int) g[HI]);
        g[d + 1] = words((int) g[LO + 1], (int) g[HI + 1]);
    }

    private void divide(int i, int dividend, int divisor) {
        cpu.gpr[LO + i] = R5900.quotient(dividend, divisor);
        cpu.gpr[HI + i] = R5900.remainder(dividend, divisor);
    }

    private void divideUnsigned(int i, int dividend, int divisor) {
        cpu.gpr[LO + i] = divisor == 0 ? -1 : Integer.divideUnsigned(dividend, divisor);
        cpu.gpr[HI + i] = divisor == 0 ? dividend : Integer.remainderUnsigned(dividend, divisor);
    }

    private void divideByHalf(int s, int divisor) {
        long[] g = cpu.gpr;
        long low = g[s];
        long high = g[s + 1];
        g[LO] = words(R5900.quotient((int) low, divisor), R5900.quotient(word(low, 1), divisor));
        g[HI] = words(R5900.remainder((int) low, divisor), R5900.remainder(word(low, 1), divisor));
        g[LO + 1] = words(R5900.quotient((int) high, divisor), R5900.quotient(word(high, 1), divisor));
        g[HI + 1] = words(R5900.remainder((int) high, divisor), R5900.remainder(word(high, 1), divisor));
    }
}
