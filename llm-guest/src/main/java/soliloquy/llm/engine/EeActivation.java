package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;

/** A vector as 14-bit integers and a step: value is about integer times step. The numbers themselves are kept for float32 weights. */
final class EeActivation implements Activation {
    /** Largest magnitude of an integer. */
    static final int LARGEST = 8191;

    private static final int LARGEST_FLOAT = 0x45FF_F800;
    private static final int SIGN = 0x8000_0000;
    /** The smallest number that is not 0. */
    private static final int SMALLEST = 0x0080_0000;
    /** 1.5 * 2^14 + 0.5: sums with it have an integer in bits 9 to 24. */
    private static final int INTEGER = 0x46C0_0100;

    private static final int INTEGER_SHIFT = 9;
    /** That integer for 0. */
    private static final int ZERO_INTEGER = 0x6000;

    final int[] values;
    final int[] integers;
    int step;

    EeActivation(int length) {
        values = new int[length];
        integers = new int[length];
    }

    @Override
    public void load(int[] source, int length) {
        int largest = 0;
        for (int i = 0; i < length; i++) {
            values[i] = source[i];
            largest = Math.max(largest, source[i] & ~SIGN);
        }
        if (largest < SMALLEST) {
            java.util.Arrays.fill(integers, 0, length, 0);
            step = 0;
            return;
        }
        int inverse = EeFloat.div(LARGEST_FLOAT, largest);
        step = EeFloat.div(largest, LARGEST_FLOAT);
        for (int i = 0; i < length; i++) {
            integers[i] =
                    (short) ((EeFloat.add(EeFloat.mul(source[i], inverse), INTEGER) >>> INTEGER_SHIFT) - ZERO_INTEGER);
        }
    }
}
