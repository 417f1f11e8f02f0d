package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link EeFloat}'s sums and products against the rules written down directly, without short cuts. */
class EeFloatModelTest {
    private static final int[] EDGES = {
        0,
        0x80000000,
        1,
        0x007FFFFF,
        0x807FFFFF,
        0x00800000,
        0x00800001,
        0x80800000,
        0x3F800000,
        0xBF800000,
        0x3F7FFFFF,
        0x3FFFFFFF,
        0x7F7FFFFF,
        0x7F800000,
        0x7FFFFFFF,
        0xFFFFFFFF,
        0xFF800000,
        0x4B000000,
        0x4B7FFFFF,
        0x33800000,
        0x34000000,
        0x32FFFFFF
    };

    private static int exponent(int bits) {
        return bits >>> 23 & 255;
    }

    private static int significand(int bits) {
        return bits & 0x7FFFFF | 0x800000;
    }

    /** The sum of exact integers in units of the least exponent, after the smaller operand lost what lies below the guard bit. */
    private static int sum(int a, int b) {
        if (exponent(a) == 0 && exponent(b) == 0) {
            return a & b & 0x80000000;
        }
        int distance = exponent(a) - exponent(b);
        BigInteger x = operand(a, -distance);
        BigInteger y = operand(b, distance);
        BigInteger total = x.add(y);
        if (total.signum() == 0) {
            return 0;
        }
        int sign = total.signum() < 0 ? 0x80000000 : 0;
        BigInteger magnitude = total.abs();
        int shift = magnitude.bitLength() - 24;
        int fraction = (shift >= 0 ? magnitude.shiftRight(shift) : magnitude.shiftLeft(-shift)).intValue() & 0x7FFFFF;
        if (shift > 255) {
            return sign | 0x7FFFFFFF;
        }
        return shift < 1 ? sign | fraction : sign | shift << 23 | fraction;
    }

    /** The operand times 2^150, in integers; {@code below} is by how much its exponent lies below the other's. */
    private static BigInteger operand(int bits, int below) {
        if (exponent(bits) == 0 || below >= 25) {
            return BigInteger.ZERO;
        }
        int cut = below > 1 ? significand(bits) >> below - 1 << below - 1 : significand(bits);
        BigInteger value = BigInteger.valueOf(cut).shiftLeft(exponent(bits));
        return bits < 0 ? value.negate() : value;
    }

    private static final class CarrySave {
        final int sum;
        int carry;

        CarrySave(int x, int y, int z) {
            sum = x ^ y ^ z;
            carry = (x & y | y & z | x & z) << 1;
        }
    }

    /** The tree of adders, for every product. */
    private static int product(int fs, int ft) {
        int sign = (fs ^ ft) & 0x80000000;
        if (exponent(fs) == 0 || exponent(ft) == 0) {
            return sign;
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
        BigInteger full = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
        if ((low >>> 15 & 1) != (full.testBit(15) ? 1 : 0)) {
            full = full.subtract(BigInteger.valueOf(0x8000));
        }
        int top = full.bitLength() - 24;
        int exponent = exponent(fs) + exponent(ft) - 127 + top - 23;
        if (exponent > 255) {
            return sign | 0x7FFFFFFF;
        }
        return exponent < 1
                ? sign
                : sign | exponent << 23 | full.shiftRight(top).intValue() & 0x7FFFFF;
    }

    private static void check(int a, int b) {
        int sum = EeFloat.add(a, b);
        if (sum != sum(a, b)) {
            assertThat(Integer.toHexString(sum)).as("%08x + %08x", a, b).isEqualTo(Integer.toHexString(sum(a, b)));
        }
        int product = EeFloat.mul(a, b);
        if (product != product(a, b)) {
            assertThat(Integer.toHexString(product))
                    .as("%08x * %08x", a, b)
                    .isEqualTo(Integer.toHexString(product(a, b)));
        }
    }

    @Test
    void edges() {
        for (int a : EDGES) {
            for (int b : EDGES) {
                check(a, b);
                check(a, b + 1);
                check(a - 1, b);
            }
        }
    }

    @Test
    void random() {
        Random random = new Random(1);
        for (int i = 0; i < 300_000; i++) {
            int a = random.nextInt();
            check(a, random.nextInt());
            // Near in exponent, and with few digits: where guard bits and lost carries show.
            check(a, a + (random.nextInt(61) - 30 << 23) ^ random.nextInt() >>> 9 ^ random.nextInt() & 0x80000000);
            check(a, 0x3F800000 | 1 << random.nextInt(23) | 1 << random.nextInt(23));
        }
    }

    /** DIV and SQRT end within one unit in the last place of the exact result. */
    @Test
    void quotientsAndRootsAreNearTheExactOnes() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            int a = 0x3F800000 + random.nextInt(0x1000000);
            int b = 0x3F800000 + random.nextInt(0x1000000);
            float exact = Float.intBitsToFloat(a) / Float.intBitsToFloat(b);
            assertThat(EeFloat.div(a, b) - Float.floatToRawIntBits(exact)).isBetween(-1, 1);
            float root = (float) Math.sqrt(Float.intBitsToFloat(a));
            assertThat(EeFloat.sqrt(a) - Float.floatToRawIntBits(root)).isBetween(-1, 1);
        }
    }
}
