package soliloquy.ee;

/**
 * Operations on the lanes of 64 bits, two of which make a 128-bit register: bytes, halfwords or words. All lanes are computed at
 * once; {@code tops}, which has the top bit of every lane, tells the width.
 */
final class Lanes {
    /** Top bits of bytes. */
    static final long BYTES = 0x8080_8080_8080_8080L;
    /** Top bits of halfwords. */
    static final long HALVES = 0x8000_8000_8000_8000L;
    /** Top bits of words. */
    static final long WORDS = 0x8000_0000_8000_0000L;

    private Lanes() {}

    static int word(long register, int i) {
        return (int) (register >> 32 * i);
    }

    static int half(long register, int i) {
        return (short) (register >> 16 * i);
    }

    static long words(int low, int high) {
        return low & 0xFFFF_FFFFL | (long) high << 32;
    }

    /** One in the lowest bit of every lane whose top bit is set in {@code bits}. */
    private static long ones(long bits, long tops) {
        return (bits & tops) >>> Long.numberOfTrailingZeros(tops);
    }

    /** All bits of every lane whose top bit is set in {@code bits}. */
    private static long spread(long bits, long tops) {
        return ones(bits, tops) * ((2L << Long.numberOfTrailingZeros(tops)) - 1);
    }

    /** Adds lanes without a carry between them. */
    static long add(long a, long b, long tops) {
        return (a & ~tops) + (b & ~tops) ^ (a ^ b) & tops;
    }

    /** Subtracts lanes without a borrow between them. */
    static long subtract(long a, long b, long tops) {
        return (a | tops) - (b & ~tops) ^ (a ^ ~b) & tops;
    }

    /** Sums of signed lanes, at most the greatest and at least the least number of their width. */
    static long addSigned(long a, long b, long tops) {
        long sum = add(a, b, tops);
        return saturate(sum, a, ~(a ^ b) & (a ^ sum), tops);
    }

    /** Differences of signed lanes, limited likewise. */
    static long subtractSigned(long a, long b, long tops) {
        long difference = subtract(a, b, tops);
        return saturate(difference, a, (a ^ b) & (a ^ difference), tops);
    }

    /** Where {@code overflow} has a top bit, the limit on {@code a}'s side of zero. */
    private static long saturate(long result, long a, long overflow, long tops) {
        long limits = ~tops + ones(a, tops);
        long overflowed = spread(overflow, tops);
        return result & ~overflowed | limits & overflowed;
    }

    /** Sums of unsigned lanes, at most all ones. */
    static long addUnsigned(long a, long b, long tops) {
        long sum = add(a, b, tops);
        return sum | spread(a & b | (a | b) & ~sum, tops);
    }

    /** Differences of unsigned lanes, at least zero. */
    static long subtractUnsigned(long a, long b, long tops) {
        long difference = subtract(a, b, tops);
        return difference & ~spread(~a & b | (~a | b) & difference, tops);
    }

    /** All ones in the signed lanes where {@code a} is greater than {@code b}, else zero. */
    static long greater(long a, long b, long tops) {
        long difference = subtract(b, a, tops);
        return spread(difference ^ (a ^ b) & (b ^ difference), tops);
    }

    /** All ones in the lanes that are equal, else zero. */
    static long equal(long a, long b, long tops) {
        long different = a ^ b;
        return spread(~((different & ~tops) + ~tops | different), tops);
    }

    /** The greater of signed lanes. */
    static long max(long a, long b, long tops) {
        return choose(greater(a, b, tops), a, b);
    }

    /** The lesser of signed lanes. */
    static long min(long a, long b, long tops) {
        return choose(greater(a, b, tops), b, a);
    }

    private static long choose(long mask, long a, long b) {
        return a & mask | b & ~mask;
    }

    /** Magnitudes of signed lanes; that of the least number is the greatest. */
    static long magnitude(long a, long tops) {
        long negative = spread(a, tops);
        long magnitude = subtract(a ^ negative, negative, tops);
        return magnitude - ones(magnitude, tops);
    }

    /** Shifts halfwords to the left by 0 to 15. */
    static long shiftLeftHalves(long a, int count) {
        return a << count & (0xFFFFL << count & 0xFFFF) * 0x0001_0001_0001_0001L;
    }

    /** Shifts halfwords to the right by 0 to 15, filling with zeros. */
    static long shiftRightHalves(long a, int count) {
        return a >>> count & (0xFFFFL >>> count) * 0x0001_0001_0001_0001L;
    }

    /** Shifts halfwords to the right by 0 to 15, filling with the sign. */
    static long shiftArithmeticHalves(long a, int count) {
        long negative = a & HALVES;
        return shiftRightHalves(a, count) | negative - (negative >>> count) << 1;
    }

    static long shiftLeftWords(long a, int count) {
        return words((int) a << count, word(a, 1) << count);
    }

    static long shiftRightWords(long a, int count) {
        return words((int) a >>> count, word(a, 1) >>> count);
    }

    static long shiftArithmeticWords(long a, int count) {
        return words((int) a >> count, word(a, 1) >> count);
    }

    static int saturateWord(long value) {
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static int saturateHalf(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
