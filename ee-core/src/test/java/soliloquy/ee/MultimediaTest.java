package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.shift;
import static soliloquy.ee.TestMachine.three;

import java.math.BigInteger;
import java.util.function.BinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** Multimedia instructions against a model that works on lanes of unbounded integers. */
class MultimediaTest {
    private static final BigInteger ONE = BigInteger.ONE;

    private TestMachine machine;

    @BeforeTry
    void build() {
        machine = new TestMachine();
    }

    /** Lane {@code i} of {@code bits} bits of a 128-bit register. */
    private static BigInteger lane(long[] register, int bits, int i, boolean signed) {
        BigInteger value = whole(register).shiftRight(bits * i).mod(ONE.shiftLeft(bits));
        return signed && value.testBit(bits - 1) ? value.subtract(ONE.shiftLeft(bits)) : value;
    }

    private static BigInteger whole(long[] register) {
        BigInteger low = new BigInteger(Long.toUnsignedString(register[0]));
        return new BigInteger(Long.toUnsignedString(register[1])).shiftLeft(64).or(low);
    }

    private static BigInteger clamp(BigInteger value, int bits, boolean signed) {
        BigInteger least = signed ? ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most = ONE.shiftLeft(signed ? bits - 1 : bits).subtract(ONE);
        return value.max(least).min(most);
    }

    private void check(
            Instruction row, long[] a, long[] b, int bits, boolean signed, BinaryOperator<BigInteger> operation) {
        machine.set(8, a[0], a[1]);
        machine.set(9, b[0], b[1]);
        machine.run(three(row, 10, 8, 9));
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 128 / bits; i++) {
            BigInteger result = operation.apply(lane(a, bits, i, signed), lane(b, bits, i, signed));
            expected = expected.or(result.mod(ONE.shiftLeft(bits)).shiftLeft(bits * i));
        }
        assertThat(whole(new long[] {machine.low(10), machine.high(10)}))
                .as("%s of %s and %s", row, whole(a).toString(16), whole(b).toString(16))
                .isEqualTo(expected);
    }

    private static Instruction row(String stem, int bits) {
        return Instruction.valueOf(stem + (bits == 8 ? "B" : bits == 16 ? "H" : "W"));
    }

    @Property(tries = 60)
    void arithmetic(@ForAll long a0, @ForAll long a1, @ForAll long b0, @ForAll long b1) {
        long[] a = {a0, a1};
        long[] b = {b0, b1};
        for (int bits = 8; bits <= 32; bits *= 2) {
            int n = bits;
            check(row("PADD", n), a, b, n, true, BigInteger::add);
            check(row("PSUB", n), a, b, n, true, BigInteger::subtract);
            check(row("PADDS", n), a, b, n, true, (x, y) -> clamp(x.add(y), n, true));
            check(row("PSUBS", n), a, b, n, true, (x, y) -> clamp(x.subtract(y), n, true));
            check(row("PADDU", n), a, b, n, false, (x, y) -> clamp(x.add(y), n, false));
            check(row("PSUBU", n), a, b, n, false, (x, y) -> clamp(x.subtract(y), n, false));
            check(row("PCGT", n), a, b, n, true, (x, y) -> x.compareTo(y) > 0 ? ONE.negate() : BigInteger.ZERO);
            check(row("PCEQ", n), a, b, n, true, (x, y) -> x.equals(y) ? ONE.negate() : BigInteger.ZERO);
            check(row("PCEQ", n), a, a, n, true, (x, y) -> ONE.negate());
            if (n > 8) {
                check(row("PMAX", n), a, b, n, true, BigInteger::max);
                check(row("PMIN", n), a, b, n, true, BigInteger::min);
                check(row("PABS", n), a, b, n, true, (x, y) -> clamp(y.abs(), n, true));
            }
        }
        check(Instruction.PAND, a, b, 32, false, BigInteger::and);
        check(Instruction.POR, a, b, 32, false, BigInteger::or);
        check(Instruction.PXOR, a, b, 32, false, BigInteger::xor);
        check(Instruction.PNOR, a, b, 32, false, (x, y) -> x.or(y).not());
    }

    @Property(tries = 60)
    void shifts(@ForAll long low, @ForAll long high, @ForAll byte count) {
        long[] a = {low, high};
        for (int bits = 16; bits <= 32; bits *= 2) {
            int n = count & bits - 1;
            String unit = bits == 16 ? "H" : "W";
            checkShift("PSLL" + unit, a, bits, n, false, lane -> lane.shiftLeft(n));
            checkShift("PSRL" + unit, a, bits, n, false, lane -> lane.shiftRight(n));
            checkShift("PSRA" + unit, a, bits, n, true, lane -> lane.shiftRight(n));
        }
    }

    private void checkShift(
            String name,
            long[] a,
            int bits,
            int count,
            boolean signed,
            java.util.function.UnaryOperator<BigInteger> operation) {
        machine.set(9, a[0], a[1]);
        machine.run(shift(Instruction.valueOf(name), 10, 9, count));
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 128 / bits; i++) {
            BigInteger result = operation.apply(lane(a, bits, i, signed)).mod(ONE.shiftLeft(bits));
            expected = expected.or(result.shiftLeft(bits * i));
        }
        assertThat(whole(new long[] {machine.low(10), machine.high(10)}))
                .as(name)
                .isEqualTo(expected);
    }

    @Property(tries = 200)
    void funnelShift(@ForAll long a0, @ForAll long a1, @ForAll long b0, @ForAll long b1, @ForAll byte amount) {
        machine.set(8, a0, a1);
        machine.set(9, b0, b1);
        machine.cpu.sa = amount & 15;
        machine.run(three(Instruction.QFSRV, 10, 8, 9));
        BigInteger both = whole(new long[] {a0, a1}).shiftLeft(128).or(whole(new long[] {b0, b1}));
        assertThat(whole(new long[] {machine.low(10), machine.high(10)}))
                .isEqualTo(both.shiftRight(8 * (amount & 15)).mod(ONE.shiftLeft(128)));
    }

    /** Halfword products go to the words of LO, LO, HI, HI of each doubleword in turn, and add there modulo 2^32. */
    @Property(tries = 200)
    void halfwordProducts(
            @ForAll long a0, @ForAll long a1, @ForAll long b0, @ForAll long b1, @ForAll long lo, @ForAll long hi) {
        long[] a = {a0, a1};
        long[] b = {b0, b1};
        long[] start = {lo, ~lo, hi, ~hi};
        System.arraycopy(start, 0, machine.cpu.gpr, R5900.LO, 4);
        machine.set(8, a0, a1);
        machine.set(9, b0, b1);
        machine.run(three(Instruction.PMADDH, 10, 8, 9));
        for (int i = 0; i < 8; i++) {
            int half = i >> 2;
            int at = ((i & 2) == 0 ? 0 : 2) + half;
            int before = (int) (start[at] >> 32 * (i & 1));
            int product = lane(a, 16, i, true).multiply(lane(b, 16, i, true)).intValue();
            int after = (int) (machine.cpu.gpr[R5900.LO + at] >> 32 * (i & 1));
            assertThat(after).as("product %d", i).isEqualTo(before + product);
        }
    }

    @Property(tries = 200)
    void wordProducts(@ForAll long a0, @ForAll long b0, @ForAll int lo, @ForAll int hi) {
        machine.set(8, a0, 0);
        machine.set(9, b0, 0);
        machine.cpu.gpr[R5900.LO] = lo;
        machine.cpu.gpr[R5900.HI] = hi;
        machine.run(three(Instruction.PMADDW, 10, 8, 9));
        long sum = ((long) hi << 32 | lo & 0xFFFF_FFFFL) + (long) (int) a0 * (int) b0;
        assertThat(machine.cpu.gpr[R5900.LO]).isEqualTo(sum << 32 >> 32);
        assertThat(machine.cpu.gpr[R5900.HI]).isEqualTo(sum >> 32);
        assertThat(machine.low(10)).isEqualTo(sum);
    }
}
