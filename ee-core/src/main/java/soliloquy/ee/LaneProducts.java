package soliloquy.ee;

import static soliloquy.ee.Lanes.half;
import static soliloquy.ee.Lanes.words;

/** Products of the lanes of 64-bit halves. */
final class LaneProducts {
    private LaneProducts() {}

    /** Products of halfwords 0 and 1, as two words. */
    static long low(long a, long b) {
        return words(half(a, 0) * half(b, 0), half(a, 1) * half(b, 1));
    }

    /** Products of halfwords 2 and 3, as two words. */
    static long high(long a, long b) {
        return words(half(a, 2) * half(b, 2), half(a, 3) * half(b, 3));
    }

    /** Adds the products of {@link #low} to the words of {@code sums}. */
    static long addLow(long sums, long a, long b) {
        return words((int) sums + half(a, 0) * half(b, 0), (int) (sums >> 32) + half(a, 1) * half(b, 1));
    }

    /** Adds the products of {@link #high} to the words of {@code sums}. */
    static long addHigh(long sums, long a, long b) {
        return words((int) sums + half(a, 2) * half(b, 2), (int) (sums >> 32) + half(a, 3) * half(b, 3));
    }

    /** Subtracts the products of {@link #low} from the words of {@code sums}. */
    static long subtractLow(long sums, long a, long b) {
        return words((int) sums - half(a, 0) * half(b, 0), (int) (sums >> 32) - half(a, 1) * half(b, 1));
    }

    /** Subtracts the products of {@link #high} from the words of {@code sums}. */
    static long subtractHigh(long sums, long a, long b) {
        return words((int) sums - half(a, 2) * half(b, 2), (int) (sums >> 32) - half(a, 3) * half(b, 3));
    }

    /** The product of the low words. */
    static long word(long a, long b) {
        return (long) (int) a * (int) b;
    }

    /** Word 0 of LO below word 0 of HI. */
    static long evenWords(long lo, long hi) {
        return words((int) lo, (int) hi);
    }
}
