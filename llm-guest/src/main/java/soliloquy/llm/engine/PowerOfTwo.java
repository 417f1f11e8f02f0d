package soliloquy.llm.engine;

/**
 * Powers of two in integers, for the weights of attention (ARITHMETIC.md): the exponent is in the bits of a float from 2 up to 4, whole numbers in
 * bits 16 to 22 and a fraction below, and the result is a float whose logarithm is that. The relative error is below 2^-16, but for a factor that all
 * results share.
 */
public final class PowerOfTwo {
    /** The largest exponent: 2 + 126 / 64, less the constant below. */
    static final int LARGEST = 0x407D_E9F3;

    /** Smaller exponents are taken for this one: 64 less. */
    private static final int SMALLEST = 0x403E_0000;

    /** Where 2^f - 1 - f is least, 5645 / 2^16 below zero: f = 17329 / 2^15. */
    private static final int DEPTH = 5645;

    private static final int LOWEST = 17329;
    /** 2^f - 1 - f around there is about u (SQUARE + CUBE g + FOURTH u), u = g^2. */
    private static final int SQUARE = 22728;

    private static final int CUBE = 5280;
    private static final int FOURTH = 428;

    private PowerOfTwo() {}

    /** What makes an exponent of the product of a query and a key: 1 / (64 ln 2 sqrt(width)). */
    public static float scoreScale(int headDim) {
        return (float) (1 / (64 * StrictMath.log(2) * StrictMath.sqrt(headDim)));
    }

    /** The power, as bits of a float. */
    static int of(int exponent) {
        int bounded = Math.max(exponent, SMALLEST);
        int g = ((bounded + DEPTH & 0xFFFF) >> 1) - LOWEST;
        int u = g * g >> 14;
        int r = (CUBE * g + FOURTH * u >> 15) + SQUARE;
        return (bounded << 7) + (r * u >> 9);
    }
}
