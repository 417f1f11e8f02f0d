package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;

/** A vector as 14-bit integers and a step: value is about integer times step. The numbers themselves are kept for float32 weights. */
final class EeActivation implements Activation {
    /** Largest magnitude of an integer. */
    static final int LARGEST = 8191;

    private static final int LARGEST_FLOAT = 0x45FF_F800;
    private static final int HALF = 0x3F00_0000;
    private static final int SIGN = 0x8000_0000;

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
            int magnitude = source[i] & ~SIGN;
            if (EeFloat.compare(largest, magnitude) < 0) {
                largest = magnitude;
            }
        }
        if (EeFloat.compare(largest, 0) <= 0) {
            java.util.Arrays.fill(integers, 0, length, 0);
            step = 0;
            return;
        }
        int inverse = EeFloat.div(LARGEST_FLOAT, largest);
        step = EeFloat.div(largest, LARGEST_FLOAT);
        for (int i = 0; i < length; i++) {
            int half = EeFloat.compare(source[i], 0) < 0 ? HALF | SIGN : HALF;
            int nearest = EeFloat.cvtW(EeFloat.add(EeFloat.mul(source[i], inverse), half));
            integers[i] = Math.clamp(nearest, -LARGEST, LARGEST);
        }
    }
}
