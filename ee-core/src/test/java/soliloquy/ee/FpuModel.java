package soliloquy.ee;

/**
 * The operations of the FPU on bit patterns, written from the rules that fit every row ps2autotests recorded (cpu/ee_fpu), without
 * the short cuts of {@link EeFloat}: sums as exact doubles, products through the whole tree of adders, quotients and roots as the
 * list of their digits. Flags by the rules of the EE Core manual as PCSX2 has them.
 */
final class FpuModel {
    static final int C = 1 << 23;
    static final int I = 1 << 17;
    static final int D = 1 << 16;
    static final int O = 1 << 15;
    static final int U = 1 << 14;

    private static final int SIGN = 0x8000_0000;
    private static final int MAX = 0x7FFF_FFFF;
    private static final int DIGITS = 25;

    /** A number and the causes it raises. */
    record Result(int bits, int causes) {}

    private FpuModel() {}

    static int exponent(int bits) {
        return bits >>> 23 & 255;
    }

    static int significand(int bits) {
        return exponent(bits) == 0 ? 0 : bits & 0x7F_FFFF | 0x80_0000;
    }

    /** The number, in the range of doubles; zero if the exponent is. */
    private static double value(int bits) {
        double magnitude = Math.scalb((double) significand(bits), exponent(bits) - 150);
        return bits < 0 ? -magnitude : magnitude;
    }

    /** FCR31 after an instruction that sets {@code changed} anew and raises {@code causes}; the sticky bits lie eleven below. */
    static int fcr31(int before, int changed, int causes) {
        return before & ~changed | causes | causes >>> 11;
    }

    /** The bits of the smaller operand below the guard bit are lost before the sum; the sum is truncated. */
    static Result sum(int a, int b) {
        int distance = exponent(a) - exponent(b);
        double sum = value(cut(a, -distance)) + value(cut(b, distance));
        if (sum == 0) {
            boolean bothNegativeZero = a < 0 && b < 0 && exponent(a) == 0 && exponent(b) == 0;
            return new Result(bothNegativeZero ? SIGN : 0, 0);
        }
        int sign = sum < 0 ? SIGN : 0;
        int fraction = (int) (Double.doubleToRawLongBits(sum) >>> 29) & 0x7F_FFFF;
        int exponent = Math.getExponent(sum) + 127;
        if (exponent > 255) {
            return new Result(sign | MAX, O);
        }
        // Console samples in PCSX2 PR 12001: the fraction survives an underflow.
        return exponent < 1 ? new Result(sign | fraction, U) : new Result(sign | exponent << 23 | fraction, 0);
    }

    /** An operand whose exponent lies {@code below} the other's. */
    private static int cut(int bits, int below) {
        if (below >= 25) {
            return 0;
        }
        if (below <= 1 || exponent(bits) == 0) {
            return bits;
        }
        return bits & -1 << below - 1;
    }

    private static final class CarrySave {
        final int sum;
        int carry;

        CarrySave(int x, int y, int z) {
            sum = x ^ y ^ z;
            carry = (x & y | y & z | x & z) << 1;
        }
    }

    static Result product(int fs, int ft) {
        int sign = (fs ^ ft) & SIGN;
        if (exponent(fs) == 0 || exponent(ft) == 0) {
            return new Result(sign, 0);
        }
        int a = significand(fs);
        int b = significand(ft);
        int[] row = new int[8];
        int[] missing = new int[8];
        for (int i = 0; i < 8; i++) {
            int digit = (int) ((long) b << 1 >> 2 * i) & 7;
            int multiple = new int[] {0, 1, 1, 2, -2, -1, -1, 0}[digit];
            int magnitude = Math.abs(multiple) * a << 2 * i;
            row[i] = multiple < 0 ? ~magnitude & -1 << 2 * i : magnitude;
            missing[i] = multiple < 0 ? 1 << 2 * i : 0;
        }
        CarrySave first = new CarrySave(row[1], row[2], row[3]);
        CarrySave second = new CarrySave(row[4] & -1 << 11, row[5] & -1 << 12, row[6]);
        second.carry |= missing[6] | row[5] & 0x800;
        row[7] |= (row[5] & 0x400) + missing[5];
        CarrySave third = new CarrySave(row[0], first.sum, first.carry);
        CarrySave fourth = new CarrySave(row[7], second.sum, second.carry);
        CarrySave fifth = new CarrySave(third.carry, fourth.sum, fourth.carry);
        CarrySave sixth = new CarrySave(third.sum, fifth.sum, fifth.carry);
        sixth.carry += missing[7];
        int low = (sixth.sum & -1 << 15) + (sixth.carry & -1 << 15);
        long full = (long) a * b;
        if ((low >>> 15 & 1) != (full >>> 15 & 1)) {
            full -= 0x8000;
        }
        int places = 64 - Long.numberOfLeadingZeros(full) - 24;
        int exponent = exponent(fs) + exponent(ft) - 127 + places - 23;
        if (exponent > 255) {
            return new Result(sign | MAX, O);
        }
        return exponent < 1
                ? new Result(sign, U)
                : new Result(sign | exponent << 23 | (int) (full >>> places) & 0x7F_FFFF, 0);
    }

    /** Product, then sum; an overflowing product decides the result. */
    static Result multiplyAdd(int acc, int fs, int ft, boolean subtract) {
        Result product = product(fs, ft);
        int bits = subtract ? product.bits ^ SIGN : product.bits;
        if (product.causes == O) {
            return new Result(bits, O);
        }
        Result sum = sum(acc, bits);
        return new Result(sum.bits, sum.causes | product.causes);
    }

    static Result quotient(int fs, int ft) {
        int sign = (fs ^ ft) & SIGN;
        if (exponent(ft) == 0) {
            return new Result(sign | MAX, exponent(fs) == 0 ? I : D);
        }
        if (exponent(fs) == 0) {
            return new Result(sign, 0);
        }
        int divisor = significand(ft) << 2;
        int[] digits = new int[DIGITS];
        digits[0] = 1;
        int sum = significand(fs) << 2;
        int carry = 0;
        for (int i = 0; i < DIGITS; i++) {
            CarrySave rest = subtract(sum, carry, digits[i], divisor);
            if (i + 1 < DIGITS) {
                digits[i + 1] = digits[i] == 0 ? select(sum, carry) : select(rest.sum, rest.carry);
            }
            sum = rest.sum << 1;
            carry = rest.carry << 1;
        }
        long quotient = weigh(digits);
        int exponent = exponent(fs) - exponent(ft) + 126;
        if (quotient >= 1 << 24) {
            exponent++;
            quotient >>= 1;
        }
        if (exponent > 255) {
            return new Result(sign | MAX, 0);
        }
        return new Result(exponent < 1 ? sign : sign | exponent << 23 | (int) quotient & 0x7F_FFFF, 0);
    }

    static Result root(int ft) {
        int causes = ft < 0 ? I : 0;
        if (exponent(ft) == 0) {
            return new Result(0, causes);
        }
        int sum = significand(ft) << (exponent(ft) % 2 == 0 ? 2 : 1);
        int carry = 0;
        int[] digits = new int[DIGITS];
        digits[0] = 1;
        for (int i = 0; i < DIGITS; i++) {
            int found = 0;
            for (int k = 0; k < i; k++) {
                found += digits[k] << 25 - k;
            }
            CarrySave rest = subtract(sum, carry, digits[i], found + (digits[i] << 24 - i));
            if (i + 1 < DIGITS) {
                digits[i + 1] = digits[i] == 0 ? select(sum, carry) : select(rest.sum, rest.carry);
            }
            sum = rest.sum << 1;
            carry = rest.carry << 1;
        }
        int exponent = (exponent(ft) + 127) / 2;
        return new Result(exponent << 23 | (int) (weigh(digits) >> 1) & 0x7F_FFFF, causes);
    }

    static Result reciprocalRoot(int fs, int ft) {
        Result root = root(ft);
        Result result = quotient(fs, root.bits);
        return new Result(result.bits, result.causes | root.causes);
    }

    private static CarrySave subtract(int sum, int carry, int digit, int term) {
        return switch (digit) {
            case 1 -> new CarrySave(sum, carry + 1, ~term);
            case -1 -> new CarrySave(sum, carry, term);
            default -> new CarrySave(sum, carry, 0);
        };
    }

    private static int select(int sum, int carry) {
        int low = sum & 0xFF_FFFF;
        int estimate = (sum - low) + carry | low;
        return estimate < -0x100_0000 ? -1 : estimate < 0x80_0000 ? 0 : 1;
    }

    private static long weigh(int[] digits) {
        long value = 0;
        for (int i = 0; i < DIGITS; i++) {
            value += (long) digits[i] << DIGITS - 1 - i;
        }
        return value;
    }

    static int toWord(int fs) {
        double truncated = value(fs);
        return (int) truncated; // Java truncates and saturates as the FPU does
    }

    static int fromWord(int word) {
        if (word == 0) {
            return 0;
        }
        long bits = Double.doubleToRawLongBits(word);
        return (word < 0 ? SIGN : 0) | Math.getExponent((double) word) + 127 << 23 | (int) (bits >>> 29) & 0x7F_FFFF;
    }

    /** The order of C.cond, in which every number with exponent 0 is the same zero. */
    static int compare(int a, int b) {
        return Double.compare(value(a) + 0.0, value(b) + 0.0);
    }

    /** A key in the order of MAX and MIN: sign and magnitude, -0 below +0, denormals as they are. */
    static int key(int bits) {
        return bits < 0 ? ~(bits & MAX) : bits;
    }
}
