package soliloquy.llm.engine;

import java.util.Arrays;
import soliloquy.ee.EeFloat;

/** A vector as 14-bit integers and a step: value is about integer times step. The numbers themselves are kept for float32 weights. */
final class EeActivation implements Activation {
    /** Largest magnitude of an integer. */
    static final int LARGEST = 8191;

    /** The same as a float. */
    static final int LARGEST_FLOAT = 0x45FF_F800;

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
        System.arraycopy(source, 0, values, 0, length);
        step = quantise(source, 0, length, LARGEST_FLOAT, integers);
    }

    /**
     * Writes numbers as integers.
     *
     * @param limit bits of the largest magnitude of an integer
     * @return the step that they are multiples of
     */
    static int quantise(int[] source, int from, int count, int limit, int[] integers) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, source[from + i] & ~SIGN);
        }
        if (largest < SMALLEST) {
            Arrays.fill(integers, 0, count, 0);
            return 0;
        }
        int inverse = EeFloat.div(limit, largest);
        for (int i = 0; i < count; i++) {
            int sum = (int) EeFloat.maddFlags(INTEGER, source[from + i], inverse, false);
            integers[i] = (short) ((sum >>> INTEGER_SHIFT) - ZERO_INTEGER);
        }
        return EeFloat.div(largest, limit);
    }
}
