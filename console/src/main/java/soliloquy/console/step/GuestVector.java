package soliloquy.console.step;

import soliloquy.machine.DebugMemory;

/**
 * The numbers that an operation has left in guest memory.
 *
 * @param numbers bits of floats, or integers where {@code codes}
 * @param codes true for a vector on its way into matrices: integers, multiples of {@code step}
 * @param step bits of that float
 */
@SuppressWarnings("ArrayRecordComponent")
record GuestVector(int[] numbers, boolean codes, int step) {
    private static final int ACTIVATION_CODES = 4;
    private static final int ACTIVATION_STEP = 8;
    private static final int EXPONENT_255 = 0x7F80_0000;

    /** What {@code call} has computed; empty if it gives no vector. */
    static GuestVector of(Call call, DebugMemory memory) {
        return call.function() == OperationFunction.QUANTISE
                ? codes(memory, call.result(), call.count())
                : positions(memory, call);
    }

    private static GuestVector positions(DebugMemory memory, Call call) {
        int each = call.count() / call.positions();
        int[] numbers = new int[call.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = memory.peek32(call.result() + Float.BYTES * (i / each * call.stride() + i % each));
        }
        return new GuestVector(numbers, false, 0);
    }

    /** Floats in memory. */
    static GuestVector floats(DebugMemory memory, int address, int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = memory.peek32(address + Float.BYTES * i);
        }
        return new GuestVector(numbers, false, 0);
    }

    /** A {@code struct activation}. */
    private static GuestVector codes(DebugMemory memory, int activation, int count) {
        int at = memory.peek32(activation + ACTIVATION_CODES);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (short) (memory.peek(at + 2 * i) & 0xFF | memory.peek(at + 2 * i + 1) << 8);
        }
        return new GuestVector(numbers, true, memory.peek32(activation + ACTIVATION_STEP));
    }

    int length() {
        return numbers.length;
    }

    /** Number {@code index} as a real number. */
    double value(int index) {
        return codes ? numbers[index] * real(step) : real(numbers[index]);
    }

    /** The number that these bits are on the EE, where exponent 255 is one like all others. */
    static double real(int bits) {
        if ((bits & EXPONENT_255) == EXPONENT_255) {
            return 2.0 * Float.intBitsToFloat(bits - (1 << 23));
        }
        return Float.intBitsToFloat(bits);
    }
}
