package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are from recorded rows of ps2autotests cpu/ee_fpu unless a line says otherwise. */
class EeFloatTest {
    @ParameterizedTest
    @CsvSource({
        "3F800000, 3FFFFFFF, 3FFFFFFE",
        "3FFFFFFF, 3F800000, 3FFFFFFF",
        "3F800000, 7FFFFFFF, 7FFFFFFE",
        "7F7FFFFF, 7F7FFFFF, 7FFFFFFF",
        "00000000, BF800000, 80000000",
    })
    void multiplies(String fs, String ft, String product) {
        assertThat(EeFloat.mul(bits(fs), bits(ft))).isEqualTo(bits(product));
    }

    @ParameterizedTest
    @CsvSource({
        "3F800000, 40400000, 3EAAAAAB",
        "3F800000, 3FC00000, 3F2AAAAB",
        "3F800000, 3FFFFFFF, 3F000001",
        "3F800000, 00000000, 7FFFFFFF",
        "BF800000, 00000000, FFFFFFFF",
        "00800000, 40400000, 00000000",
    })
    void divides(String fs, String ft, String quotient) {
        assertThat(EeFloat.div(bits(fs), bits(ft))).isEqualTo(bits(quotient));
    }

    @ParameterizedTest
    @CsvSource({
        "3FC00000, 3F9CC471",
        "3FFFFFFF, 3FB504F3",
        "DEADBEEF, 4F152108",
        "80000000, 00000000",
        "41C80000, 40A00000"
    })
    void takesRoots(String operand, String root) {
        assertThat(EeFloat.sqrt(bits(operand))).isEqualTo(bits(root));
    }

    @ParameterizedTest
    @CsvSource({"3F800000, 41C80000, 3E4CCCCD", "3F800000, 3FFFFFFF, 3F3504F3", "7FFFFFFF, 7FFFFFFF, 5FB504F2"})
    void takesReciprocalRoots(String fs, String ft, String result) {
        assertThat(EeFloat.rsqrt(bits(fs), bits(ft))).isEqualTo(bits(result));
    }

    /** The quotient's digits as the divider chooses them, one after the other. */
    private static int digits(int dividend, int divisor) {
        int sum = dividend << 2;
        int carry = 0;
        int digit = 1;
        int quotient = 0;
        for (int i = 0; i < 25; i++) {
            quotient = 2 * quotient + digit;
            int subtracted = digit * (divisor << 2);
            int addend = digit > 0 ? ~subtracted : -subtracted;
            int in = digit > 0 ? carry | 1 : carry;
            int newSum = digit == 0 ? sum ^ carry : sum ^ in ^ addend;
            int newCarry = digit == 0 ? (sum & carry) << 1 : (sum & in | sum & addend | in & addend) << 1;
            int estimate = digit == 0
                    ? (sum & 0xFF00_0000) + carry | sum & 0x00FF_FFFF
                    : (newSum & 0xFF00_0000) + newCarry | newSum & 0x00FF_FFFF;
            digit = estimate >= 1 << 23 ? 1 : estimate < -(1 << 24) ? -1 : 0;
            sum = newSum << 1;
            carry = newCarry << 1;
        }
        return quotient;
    }

    @Test
    void quotientsHaveTheDividersDigits() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000_000; i++) {
            int dividend = 0x0080_0000 | random.nextInt(0x0080_0000) & -1 << random.nextInt(24);
            int divisor = 0x0080_0000 | random.nextInt(0x0080_0000) & -1 << random.nextInt(24);
            int quotient = digits(dividend, divisor);
            boolean below = quotient < 1 << 24;
            int expected = (below ? 126 : 127) << 23 | (below ? quotient : quotient >> 1) & 0x007F_FFFF;
            assertThat(EeFloat.div(dividend & 0x007F_FFFF | 0x3F80_0000, divisor & 0x007F_FFFF | 0x3F80_0000))
                    .isEqualTo(expected);
        }
    }

    /** The last four rows: exponent underflow keeps the fraction (console samples quoted in PCSX2 PR 12001). */
    @ParameterizedTest
    @CsvSource({
        "7F800001, 7F800001, 7FFFFFFF",
        "7F800001, 3F800000, 7F800001",
        "80000000, 80000000, 80000000",
        "00000000, 80000000, 00000000",
        "42546666, B3E2A618, 42546666",
        "8080002C, 008000EC, 00400000",
        "80800036, 00829F6A, 0027CD00",
        "80C1AA65, 01200000, 007CAB36",
        "0080008B, 808000EA, 803E0000",
    })
    void adds(String a, String b, String sum) {
        assertThat(EeFloat.add(bits(a), bits(b))).isEqualTo(bits(sum));
    }

    @Test
    void convertsToIntegersBySaturation() {
        assertThat(EeFloat.cvtW(0x7F800000)).isEqualTo(Integer.MAX_VALUE);
        assertThat(EeFloat.cvtW(0xFFFFFFFF)).isEqualTo(Integer.MIN_VALUE);
        assertThat(EeFloat.cvtW(0xBFFFFFFF)).isEqualTo(-1);
        assertThat(EeFloat.cvtS(0x7FFFFFFF)).isEqualTo(0x4EFFFFFF);
        assertThat(EeFloat.cvtS(0x80000000)).isEqualTo(0xCF000000);
    }

    /** The inner loop's short forms: whatever they answer, the complete ones answer, and raise no flag. */
    @Test
    void ordinaryResultsAreTheCompleteOnes() {
        Random random = new Random(42);
        int answered = 0;
        for (int i = 0; i < 4_000_000; i++) {
            int a = random.nextInt();
            int near = ((random.nextInt(64) - 32) << 23) + (a & 0x7F80_0000);
            int b = (i & 1) == 0 ? random.nextInt() : near & 0x7F80_0000 | random.nextInt() & 0x807F_FFFF;
            if ((i & 2) != 0) {
                b &= -1 << random.nextInt(24);
            }
            long sum = EeFloat.ordinarySum(a, b);
            long product = EeFloat.ordinaryProduct(a, b);
            if (sum >= 0) {
                answered++;
                assertThat(sum).isEqualTo(EeFloat.addFlags(a, b));
            }
            if (product >= 0) {
                answered++;
                assertThat(product).isEqualTo(EeFloat.mulFlags(a, b));
            }
            if (sum >= 0 && (i & 0xFF) == 0) {
                assertThat(EeFloat.ordinarySum(b, a)).isEqualTo(sum);
            }
        }
        assertThat(answered).isGreaterThan(2_000_000);
    }

    /** Opposite numbers, and the last exponents before overflow and underflow. */
    @ParameterizedTest
    @CsvSource({
        "3F800000, BF800000",
        "7FFFFFFF, 7FFFFFFF",
        "00800001, 80800000",
        "00000000, 3F800000",
        "807FFFFF, 3F800000"
    })
    void extraordinarySumsAreLeftToTheCompleteForm(String a, String b) {
        assertThat(EeFloat.ordinarySum(bits(a), bits(b))).isNegative();
    }

    /** Where no digit is lost, the EE and IEEE 754 agree: products and sums of small integers. */
    @Property
    void agreesWithExactArithmeticOnSmallIntegers(@ForAll short a, @ForAll byte b) {
        int fa = Float.floatToRawIntBits(a);
        int fb = Float.floatToRawIntBits(b);
        assertThat(EeFloat.add(fa, fb)).isEqualTo(Float.floatToRawIntBits((float) a + b));
        assertThat(EeFloat.mul(fa, fb) & 0x7FFFFFFF)
                .isBetween(
                        Float.floatToRawIntBits(Math.abs((float) a * b)) - 1,
                        Float.floatToRawIntBits(Math.abs((float) a * b)));
    }

    /** Truncation: a sum or difference of normal numbers is the exact result cut to 24 bits, or one unit beside it by the guard rule. */
    @Property
    void sumsAreWithinOneUnitOfTheTruncatedExactSum(@ForAll float a, @ForAll float b) {
        double exact = (double) a + b;
        if (!Double.isFinite(exact) || Math.abs(exact) > 1e37 || Math.abs(exact) < 1e-30) {
            return;
        }
        float result = Float.intBitsToFloat(EeFloat.add(Float.floatToRawIntBits(a), Float.floatToRawIntBits(b)));
        assertThat(Math.abs(result - exact)).isLessThanOrEqualTo(2.0 * Math.ulp((float) exact));
    }

    private static int bits(String hexadecimal) {
        return Integer.parseUnsignedInt(hexadecimal, 16);
    }
}
