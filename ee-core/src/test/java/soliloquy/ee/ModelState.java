package soliloquy.ee;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * What an integer or multimedia instruction can see and change, in unbounded integers. The models of the property tests work on
 * this and share no arithmetic with the processor.
 */
final class ModelState {
    /** Bytes of the memory window at {@link #window}. */
    static final int WINDOW_SIZE = 64;

    private static final BigInteger ONE = BigInteger.ONE;

    /** The 128 bits of each general register, not negative. */
    final BigInteger[] gpr = new BigInteger[32];

    /** HI1 above HI, 128 bits. */
    BigInteger hi;
    /** LO1 above LO, 128 bits. */
    BigInteger lo;

    int sa;
    final byte[] memory = new byte[WINDOW_SIZE];
    /** Address of {@link #memory}. */
    int window;

    /** The exception the instruction raises, or null. */
    ExceptionCode raised;

    /** Where a taken branch goes. */
    int target;

    boolean taken;
    /** True if the delay slot is not executed. */
    boolean nullified;

    ModelState() {
        Arrays.fill(gpr, BigInteger.ZERO);
        hi = BigInteger.ZERO;
        lo = BigInteger.ZERO;
    }

    /** {@code value} modulo {@code 2^bits}. */
    static BigInteger unsigned(BigInteger value, int bits) {
        return value.mod(ONE.shiftLeft(bits));
    }

    /** The low {@code bits} bits of {@code value}, as a signed number. */
    static BigInteger signed(BigInteger value, int bits) {
        BigInteger low = unsigned(value, bits);
        return low.testBit(bits - 1) ? low.subtract(ONE.shiftLeft(bits)) : low;
    }

    /** Lane {@code i} of {@code bits} bits, not negative. */
    static BigInteger lane(BigInteger register, int bits, int i) {
        return unsigned(register.shiftRight(bits * i), bits);
    }

    /** Lane {@code i} of {@code bits} bits, signed. */
    static BigInteger signedLane(BigInteger register, int bits, int i) {
        return signed(register.shiftRight(bits * i), bits);
    }

    /** {@code register} with lane {@code i} replaced by the low bits of {@code value}. */
    static BigInteger withLane(BigInteger register, int bits, int i, BigInteger value) {
        BigInteger mask = ONE.shiftLeft(bits).subtract(ONE).shiftLeft(bits * i);
        return register.andNot(mask).or(unsigned(value, bits).shiftLeft(bits * i));
    }

    BigInteger s32(int register) {
        return signed(gpr[register], 32);
    }

    BigInteger u32(int register) {
        return unsigned(gpr[register], 32);
    }

    BigInteger s64(int register) {
        return signed(gpr[register], 64);
    }

    BigInteger u64(int register) {
        return unsigned(gpr[register], 64);
    }

    /** Writes all of a register; register 0 takes nothing. */
    void set128(int register, BigInteger value) {
        if (register != 0) {
            gpr[register] = unsigned(value, 128);
        }
    }

    /** Writes the low doubleword and keeps the high one. */
    void set64(int register, BigInteger value) {
        set128(register, withLane(gpr[register], 64, 0, value));
    }

    /** Writes the low doubleword with the sign-extended low word of {@code value}. */
    void set32(int register, BigInteger value) {
        set64(register, signed(value, 32));
    }

    /** Writes the low doubleword, or raises the overflow exception if {@code value} needs more than {@code bits} bits. */
    void setChecked(int register, BigInteger value, int bits) {
        if (value.equals(signed(value, bits))) {
            set64(register, value);
        } else {
            raised = ExceptionCode.OVERFLOW;
        }
    }

    /** {@code bytes} bytes of memory from {@code offset} in the window, little-endian, not negative. */
    BigInteger load(int offset, int bytes) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < bytes; i++) {
            value = value.or(BigInteger.valueOf(memory[offset + i] & 0xFF).shiftLeft(8 * i));
        }
        return value;
    }

    void store(int offset, int bytes, BigInteger value) {
        for (int i = 0; i < bytes; i++) {
            memory[offset + i] = value.shiftRight(8 * i).byteValue();
        }
    }

    ModelState copy() {
        ModelState copy = new ModelState();
        System.arraycopy(gpr, 0, copy.gpr, 0, 32);
        System.arraycopy(memory, 0, copy.memory, 0, WINDOW_SIZE);
        copy.hi = hi;
        copy.lo = lo;
        copy.sa = sa;
        copy.window = window;
        return copy;
    }
}
