package soliloquy.ee;

/**
 * The arithmetic of {@link EeFloat} on numbers kept as the bits of a {@code double}: sign, exponent plus 896, and the fraction in the
 * top 23 of 52 bits; exponent 0 stays 0 with the fraction as it is, so that every pattern survives. The sum and the product of two
 * such numbers are exact in a {@code double} (or differ from the exact ones by less than the EE keeps), which leaves only the EE's
 * rounding to do.
 */
final class WideFloat {
    /**
     * What a function returns instead of a number if the operation raises a flag, or is so rare that it is left to the interpreter; no
     * number has low bits set.
     */
    static final long FLAGGED = 1;

    /** Bits shifted left by one: the least with an exponent that is neither 0 nor 255, and how many patterns there are. */
    static final int FIRST_ORDINARY = 0x0100_0000;

    static final int ORDINARY = 0xFE00_0000;

    /** Bits of a double's fraction that the EE has not. */
    static final long LOW = (1L << 29) - 1;

    static final long EXPONENT = 0x7FFL << 52;
    static final long REBIAS = 896L << 52;
    /** What a wide form has of a number's bits shifted to its places, with its sign in those above. */
    static final long WITHOUT_REBIAS = 0x8FFF_FFFF_E000_0000L;
    /** The exponent of a number. */
    static final int FLOAT_EXPONENT = 0x7F80_0000;
    /** A product with any of these bits has lost no carry: no less than 0x8000 is dropped. */
    static final int NOT_LOSSY = 0x1FE0_0000;

    /** The exponent in the upper word. */
    static final int HIGH_EXPONENT = 0x7FF << 20;
    /** The least exponent, times two in the exponent's place in the upper word, where the sign is shifted out. */
    static final int TWICE_LEAST = 897 << 21;
    /** The number of exponents, likewise. */
    static final int TWICE_RANGE = 255 << 21;
    /** What turns bits 60..29 of a wide form into those of the number, but for its sign: the exponent's 896 less. */
    static final int UNBIAS = -(int) (REBIAS >>> 29);

    private WideFloat() {}

    /** The wide form of a number: what the host makes of it, unless its exponent is 0 or 255. */
    static long widen(int bits) {
        if (Integer.compareUnsigned((bits << 1) - FIRST_ORDINARY, ORDINARY) < 0) {
            return Double.doubleToRawLongBits(Float.intBitsToFloat(bits));
        }
        return widenRare(bits);
    }

    private static long widenRare(int bits) {
        return ((long) bits << 29 & WITHOUT_REBIAS) + ((bits & FLOAT_EXPONENT) == 0 ? 0 : REBIAS);
    }

    /** The number behind a wide form. */
    static int narrow(long wide) {
        int high = (int) (wide >>> 32);
        int magnitude = (int) (wide >>> 29) + ((high & HIGH_EXPONENT) == 0 ? 0 : UNBIAS);
        return magnitude & Integer.MAX_VALUE | high & Integer.MIN_VALUE;
    }

    /** A sum that is zero: only of two zeros below 0 it is one too. */
    static long zeroSum(long a, long b) {
        return a & b & Long.MIN_VALUE;
    }

    /** The product {@code result}, of which at most the lowest 21 bits were dropped, less the unit that a lost carry may take. */
    static long withLostCarry(long result, long fs, long ft) {
        int a = (int) (fs >>> 29) & 0x007F_FFFF | 0x0080_0000;
        int b = (int) (ft >>> 29) & 0x007F_FFFF | 0x0080_0000;
        long full = (long) a * b;
        int above = (int) (full >>> 47);
        if (((int) full & (1 << (23 + above)) - 1) >= 0x8000 || !EeFloat.losesCarry(a, b)) {
            return result;
        }
        long less = result - LOW - 1;
        return inRange(less) ? less : FLAGGED;
    }

    private static boolean inRange(long wide) {
        return Integer.compareUnsigned(((int) (wide >>> 32) << 1) - TWICE_LEAST, TWICE_RANGE) < 0;
    }

    private static long unflagged(long flagged) {
        return EeFloat.flags(flagged) != 0 ? FLAGGED : widen((int) flagged);
    }

    /** DIV.S. */
    static long quotient(long fs, long ft) {
        return unflagged(EeFloat.divFlags(narrow(fs), narrow(ft)));
    }

    /** SQRT.S. */
    static long root(long ft) {
        return unflagged(EeFloat.sqrtFlags(narrow(ft)));
    }

    /** CVT.W.S. */
    static int toInteger(long fs) {
        return EeFloat.cvtW(narrow(fs));
    }

    /** Order of two numbers: exponent 0 is zero of either sign. */
    static int compare(long a, long b) {
        return Long.compare(ordered(flush(a)), ordered(flush(b)));
    }

    private static long flush(long wide) {
        return (wide & EXPONENT) == 0 ? 0 : wide;
    }

    /** Numbers by sign and magnitude, as integers in the same order. */
    private static long ordered(long wide) {
        return wide ^ wide >> 63 >>> 1;
    }

    /** MAX.S: -0 is below +0, exponent 0 has its fraction. */
    static long max(long a, long b) {
        return ordered(a) < ordered(b) ? b : a;
    }

    /** MIN.S. */
    static long min(long a, long b) {
        return ordered(a) < ordered(b) ? a : b;
    }
}
