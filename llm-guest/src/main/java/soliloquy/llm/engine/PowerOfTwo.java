package soliloquy.llm.engine;

/**
 * Powers of two in integers, for the weights of attention and for SwiGLU (ARITHMETIC.md): the exponent is in the bits of a float from 2 up to 4, whole
 * numbers in bits 16 to 22 and a fraction below, and the result is a float whose logarithm is that. The relative error is below 2^-17.
 */
public final class PowerOfTwo {
    /** The largest exponent: 2 + 126 / 64. Larger ones are taken for this one. */
    static final int LARGEST = 0x407E_0000;

    /** Smaller exponents are taken for this one: 64 less. */
    private static final int SMALLEST = 0x403E_0000;

    /** About (1 + f - 2^f) / (f (1 - f)) for a fraction f, by h = f - 1/2 and w = f (1 - f). */
    private static final int CONSTANT = 22712;

    private static final int BY_H = 5185;
    private static final int BY_W = -445;

    private PowerOfTwo() {}

    /** What makes an exponent of the product of a query and a key: 1 / (64 ln 2 sqrt(width)). */
    public static float scoreScale(int headDim) {
        return (float) (1 / (64 * StrictMath.log(2) * StrictMath.sqrt(headDim)));
    }

    /** The power, as bits of a float. */
    static int of(int exponent) {
        int bounded = Math.max(Math.min(exponent, LARGEST), SMALLEST);
        int h = (short) (bounded ^ 0x8000);
        int w = Math.max(0x7FFF - (h * h >> 15), 0);
        int r = (BY_H * h + BY_W * w >> 16) + CONSTANT;
        return (bounded << 7) - (w * r >> 10);
    }
}
