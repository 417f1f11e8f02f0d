package soliloquy.ee;

/**
 * The number system of the EE's floating-point units, on bit patterns. 1 sign, 8 exponent and 23 fraction bits; exponent 255 is an
 * ordinary number (no infinities, no NaN), exponent 0 is zero whatever the fraction. Results are truncated; ADD has one guard bit,
 * MUL loses carries of its adder tree, DIV and SQRT are digit recurrences. The rules fit every row that ps2autotests recorded on a
 * console; the recurrences are described by the public PS2Float study.
 *
 * <p>Functions ending in {@code Flags} return the result in the low 32 bits and the flags it raises above.
 */
public final class EeFloat {
    /** Largest magnitude. */
    public static final int MAX = 0x7FFF_FFFF;

    /** Flag: the result exceeded the range and was clamped. */
    public static final int OVERFLOW = 1;
    /** Flag: the result was too small for a normal number. */
    public static final int UNDERFLOW = 2;
    /** Flag: a number other than zero was divided by zero. */
    public static final int DIVIDE_BY_ZERO = 4;
    /** Flag: zero was divided by zero, or the root of a negative number was taken. */
    public static final int INVALID = 8;

    private static final int SIGN = 0x8000_0000;
    private static final int FRACTION = 0x007F_FFFF;
    private static final int HIDDEN = 0x0080_0000;

    /** For each set of negated partial products 0 to 7, whether a carry is lost. */
    private static final long[] LOST_CARRIES = lostCarries();

    private EeFloat() {}

    public static int add(int a, int b) {
        return (int) addFlags(a, b);
    }

    public static int sub(int a, int b) {
        return (int) addFlags(a, b ^ SIGN);
    }

    /** {@code fs * ft}; not commutative in the last bit. */
    public static int mul(int fs, int ft) {
        return (int) mulFlags(fs, ft);
    }

    /** {@code fs / ft}. */
    public static int div(int fs, int ft) {
        return (int) divFlags(fs, ft);
    }

    /** The root of the magnitude. */
    public static int sqrt(int ft) {
        return (int) sqrtFlags(ft);
    }

    /** {@code fs / sqrt(ft)}, each step rounded. */
    public static int rsqrt(int fs, int ft) {
        return div(fs, sqrt(ft));
    }

    private static long flagged(int result, int flags) {
        return (long) flags << 32 | result & 0xFFFF_FFFFL;
    }

    /** The flags of a result with flags. */
    public static int flags(long flagged) {
        return (int) (flagged >>> 32);
    }

    /**
     * The sum of two numbers other than zero if it is again one and raises no flag, else a negative number: the frequent case, without
     * a call. Zero-extended bits.
     */
    static long ordinarySum(int a, int b) {
        int large = a;
        int small = b;
        if ((a & MAX) < (b & MAX)) {
            large = b;
            small = a;
        }
        int exponentSmall = small >>> 23 & 255;
        int distance = (large >>> 23 & 255) - exponentSmall;
        if (exponentSmall == 0 || distance >= 25) {
            return -1;
        }
        long guarded = -2L << distance >> 2; // one guard bit below the large number's last
        long smallSignificand = (small & FRACTION | HIDDEN) & guarded;
        long largeSignificand = (long) (large & FRACTION | HIDDEN) << distance;
        long sum = (a ^ b) < 0 ? largeSignificand - smallSignificand : largeSignificand + smallSignificand;
        int zeros = Long.numberOfLeadingZeros(sum);
        int exponent = exponentSmall + 40 - zeros;
        if (sum == 0 || exponent < 1 || exponent > 255) {
            return -1;
        }
        return (large & SIGN | exponent << 23 | (int) (sum << zeros >>> 40) & FRACTION) & 0xFFFF_FFFFL;
    }

    /** The product likewise, if no carry of the adder tree can be lost. */
    static long ordinaryProduct(int fs, int ft) {
        int exponentS = fs >>> 23 & 255;
        int exponentT = ft >>> 23 & 255;
        long full = (long) (fs & FRACTION | HIDDEN) * (ft & FRACTION | HIDDEN);
        int above = (int) (full >>> 47);
        int dropped = (int) full & (1 << (23 + above)) - 1;
        int exponent = exponentS + exponentT - 127 + above;
        if (exponentS == 0 || exponentT == 0 || dropped < 0x8000 || exponent < 1 || exponent > 255) {
            return -1;
        }
        return ((fs ^ ft) & SIGN | exponent << 23 | (int) (full >>> (23 + above)) & FRACTION) & 0xFFFF_FFFFL;
    }

    /** Sum. An exponent below 1 keeps sign and normalised fraction with exponent 0 (measured on a console, PCSX2 PR 12001). */
    public static long addFlags(int a, int b) {
        int exponentA = a >>> 23 & 255;
        int exponentB = b >>> 23 & 255;
        if (exponentA == 0 || exponentB == 0) {
            if (exponentA != 0) {
                return a & 0xFFFF_FFFFL;
            }
            return exponentB != 0 ? b & 0xFFFF_FFFFL : a & b & SIGN & 0xFFFF_FFFFL;
        }
        int large = a;
        int small = b;
        int distance = exponentA - exponentB;
        if (distance < 0) {
            large = b;
            small = a;
            distance = -distance;
        }
        if (distance >= 25) {
            return large & 0xFFFF_FFFFL;
        }
        long smallSignificand = small & FRACTION | HIDDEN;
        if (distance > 1) {
            smallSignificand &= -1L << (distance - 1);
        }
        long largeSignificand = (long) (large & FRACTION | HIDDEN) << distance;
        long sum = (a ^ b) < 0 ? largeSignificand - smallSignificand : largeSignificand + smallSignificand;
        int sign = large & SIGN;
        if (sum <= 0) {
            if (sum == 0) {
                return 0;
            }
            sum = -sum;
            sign ^= SIGN;
        }
        int shift = 40 - Long.numberOfLeadingZeros(sum); // places by which the top bit lies above bit 23
        int exponent = (small >>> 23 & 255) + shift;
        int fraction = (int) (shift >= 0 ? sum >>> shift : sum << -shift) & FRACTION;
        if (exponent > 255) {
            return flagged(sign | MAX, OVERFLOW);
        }
        if (exponent < 1) {
            return flagged(sign | fraction, UNDERFLOW);
        }
        return (sign | exponent << 23 | fraction) & 0xFFFF_FFFFL;
    }

    /** Product of {@code fs} (multiplicand) and {@code ft} (recoded multiplier). */
    public static long mulFlags(int fs, int ft) {
        int exponentS = fs >>> 23 & 255;
        int exponentT = ft >>> 23 & 255;
        int sign = (fs ^ ft) & SIGN;
        if (exponentS == 0 || exponentT == 0) {
            return sign & 0xFFFF_FFFFL;
        }
        int a = fs & FRACTION | HIDDEN;
        int b = ft & FRACTION | HIDDEN;
        long full = (long) a * b;
        int above = (int) (full >>> 47);
        int dropped = (int) full & (1 << (23 + above)) - 1;
        if (dropped < 0x8000 && losesCarry(a, b)) {
            full -= 0x8000;
            above = (int) (full >>> 47);
        }
        int exponent = exponentS + exponentT - 127 + above;
        if (exponent > 255) {
            return flagged(sign | MAX, OVERFLOW);
        }
        if (exponent < 1) {
            return flagged(sign, UNDERFLOW);
        }
        return (sign | exponent << 23 | (int) (full >>> (23 + above)) & FRACTION) & 0xFFFF_FFFFL;
    }

    /**
     * True if the hardware's tree of carry-save adders loses a carry into bit 15 of the product of two significands, which it cuts
     * off below bit 11. Where the partial products have only zeros there, it depends on which of them are negated.
     */
    static boolean losesCarry(int a, int b) {
        if (Integer.numberOfTrailingZeros(a) + (Integer.numberOfTrailingZeros(b) & ~1) >= 16) {
            int negated = Integer.compress(b & ~(b << 1 & b << 2), 0xAAAA);
            return (LOST_CARRIES[negated >> 6] >> negated & 1) != 0;
        }
        return treeLosesCarry(a, b);
    }

    private static long[] lostCarries() {
        long[] table = new long[4];
        for (int negated = 0; negated < 256; negated++) {
            if (treeLosesCarry(HIDDEN, HIDDEN | Integer.expand(negated, 0xAAAA))) {
                table[negated >> 6] |= 1L << negated;
            }
        }
        return table;
    }

    private static boolean treeLosesCarry(int a, int b) {
        int row0 = boothRow(a, b, 0);
        int row1 = boothRow(a, b, 1);
        int row2 = boothRow(a, b, 2);
        int row3 = boothRow(a, b, 3);
        int row4 = boothRow(a, b, 4) & ~0x7FF;
        int row5 = boothRow(a, b, 5);
        int row6 = boothRow(a, b, 6);
        int row7 = boothRow(a, b, 7);
        int sumA = row1 ^ row2 ^ row3;
        int carryA = majority(row1, row2, row3) << 1;
        int low5 = row5 & ~0xFFF;
        int sumB = row4 ^ low5 ^ row6;
        int carryB = majority(row4, low5, row6) << 1 | negative(b, 6) << 12 | row5 & 0x800;
        row7 |= (row5 & 0x400) + (negative(b, 5) << 10);
        int sumC = row0 ^ sumA ^ carryA;
        int carryC = majority(row0, sumA, carryA) << 1;
        int sumD = row7 ^ sumB ^ carryB;
        int carryD = majority(row7, sumB, carryB) << 1;
        int sumE = carryC ^ sumD ^ carryD;
        int carryE = majority(carryC, sumD, carryD) << 1;
        int sumF = sumC ^ sumE ^ carryE;
        int carryF = (majority(sumC, sumE, carryE) << 1) + (negative(b, 7) << 14);
        int low = (sumF & ~0x7FFF) + (carryF & ~0x7FFF);
        return ((low ^ a * b) & 0x8000) != 0;
    }

    private static int boothDigit(int b, int i) {
        return (i == 0 ? b << 1 : b >>> (2 * i - 1)) & 7;
    }

    private static int negative(int b, int i) {
        int digit = boothDigit(b, i);
        return digit >= 4 && digit <= 6 ? 1 : 0;
    }

    private static int boothRow(int a, int b, int i) {
        int value = switch (boothDigit(b, i)) {
            case 1, 2 -> a;
            case 3 -> 2 * a;
            case 4 -> ~(2 * a);
            case 5, 6 -> ~a;
            default -> 0;
        };
        return value << 2 * i;
    }

    private static int majority(int x, int y, int z) {
        return x & y | x & z | y & z;
    }

    /** Product, then sum, each rounded; an overflowing product decides the result. */
    public static long maddFlags(int accumulator, int fs, int ft, boolean subtract) {
        long product = mulFlags(fs, ft);
        int value = (int) product ^ (subtract ? SIGN : 0);
        if ((flags(product) & OVERFLOW) != 0) {
            return flagged(value, OVERFLOW);
        }
        long sum = addFlags(accumulator, value);
        return sum | (long) (flags(product) & UNDERFLOW) << 32;
    }

    /** Quotient, by radix-2 digits -1, 0, 1 with the remainder in carry-save form. */
    public static long divFlags(int fs, int ft) {
        int sign = (fs ^ ft) & SIGN;
        int exponentS = fs >>> 23 & 255;
        int exponentT = ft >>> 23 & 255;
        if (exponentT == 0) {
            return flagged(sign | MAX, exponentS == 0 ? INVALID : DIVIDE_BY_ZERO);
        }
        if (exponentS == 0) {
            return sign & 0xFFFF_FFFFL;
        }
        int divisor = (ft & FRACTION | HIDDEN) << 2;
        int sum = (fs & FRACTION | HIDDEN) << 2;
        int carry = 0;
        int digit = 1;
        int quotient = 0;
        // without branches, which would go by the digits: nobody can guess them
        for (int i = 0; i < 25; i++) {
            quotient = (quotient << 1) + digit;
            int positive = -digit >> 31;
            int any = -(digit & 1);
            int addend = (divisor ^ positive) & any;
            int carryIn = carry - positive;
            int newSum = sum ^ carryIn ^ addend;
            int newCarry = majority(sum, carryIn, addend) << 1;
            int estimate = estimate(newSum & any | sum & ~any, newCarry & any | carry & ~any);
            digit = (-estimate >>> 31) - (estimate + 2 >>> 31);
            sum = newSum << 1;
            carry = newCarry << 1;
        }
        int exponent = exponentS - exponentT + 126;
        if (quotient >= 1 << 24) {
            exponent++;
            quotient >>= 1;
        }
        if (exponent > 255) {
            return (sign | MAX) & 0xFFFF_FFFFL;
        }
        if (exponent < 1) {
            return sign & 0xFFFF_FFFFL;
        }
        return (sign | exponent << 23 | quotient & FRACTION) & 0xFFFF_FFFFL;
    }

    /** What the next digit is chosen by: above 0 it is 1, below -2 it is -1. */
    private static int estimate(int sum, int carry) {
        return ((sum & 0xFF00_0000) + carry | sum & 0x00FF_FFFF) >> 23;
    }

    private static int nextDigit(int sum, int carry) {
        int estimate = estimate(sum, carry);
        return estimate > 0 ? 1 : estimate < -2 ? -1 : 0;
    }

    /** Root of the magnitude, by the same digits. Any operand with its sign set raises INVALID. */
    public static long sqrtFlags(int ft) {
        int flags = ft < 0 ? INVALID : 0;
        int exponent = ft >>> 23 & 255;
        if (exponent == 0) {
            return flagged(0, flags);
        }
        int sum = (ft & FRACTION | HIDDEN) << ((exponent & 1) == 0 ? 2 : 1);
        int carry = 0;
        int quotient = 0;
        int digit = 1;
        for (int i = 0; i < 25; i++) {
            int adjust = quotient + (digit << (24 - i));
            quotient += digit << (25 - i);
            int addend = digit > 0 ? ~adjust : digit < 0 ? adjust : 0;
            int carryIn = digit > 0 ? carry + 1 : carry;
            int newSum = sum ^ carryIn ^ addend;
            int newCarry = majority(sum, carryIn, addend) << 1;
            digit = digit == 0 ? nextDigit(sum, carry) : nextDigit(newSum, newCarry);
            sum = newSum << 1;
            carry = newCarry << 1;
        }
        return flagged((exponent + 127 >> 1) << 23 | quotient >> 2 & FRACTION, flags);
    }

    /** Number to integer, truncated; saturates by sign. */
    public static int cvtW(int fs) {
        int exponent = fs >>> 23 & 255;
        if (exponent >= 158) {
            return fs < 0 ? 0x8000_0000 : MAX;
        }
        if (exponent < 127) {
            return 0;
        }
        int significand = fs & FRACTION | HIDDEN;
        int magnitude = exponent >= 150 ? significand << (exponent - 150) : significand >>> (150 - exponent);
        return fs < 0 ? -magnitude : magnitude;
    }

    /** Integer to number, truncated. */
    public static int cvtS(int word) {
        if (word == 0) {
            return 0;
        }
        int magnitude = Math.abs(word); // of the most negative integer, its bits read as unsigned
        int zeros = Integer.numberOfLeadingZeros(magnitude);
        int fraction = (zeros <= 8 ? magnitude >>> (8 - zeros) : magnitude << (zeros - 8)) & FRACTION;
        return word & SIGN | (158 - zeros) << 23 | fraction;
    }

    /** Order of two numbers: exponent 0 is zero of either sign, else sign and magnitude. */
    public static int compare(int a, int b) {
        return Integer.compare(ordered(flush(a)), ordered(flush(b)));
    }

    private static int flush(int a) {
        return (a & 0x7F80_0000) == 0 ? 0 : a;
    }

    private static int ordered(int a) {
        return a < 0 ? -(a & MAX) : a;
    }

    /** The greater in order of sign and magnitude, with -0 below +0; denormals are not flushed. */
    public static int max(int a, int b) {
        return signMagnitudeLess(a, b) ? b : a;
    }

    /** The lesser in the same order. */
    public static int min(int a, int b) {
        return signMagnitudeLess(a, b) ? a : b;
    }

    private static boolean signMagnitudeLess(int a, int b) {
        if ((a ^ b) < 0) {
            return a < 0;
        }
        return a < 0 ? (a & MAX) > (b & MAX) : a < b;
    }
}
