package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;

/** SwiGLU of the guest engine (ARITHMETIC.md): e^-g as a power of two, and what it divides by, in integers. */
final class EeSwiglu {
    /** -1 / (64 ln 2). */
    private static final int FACTOR = 0xBCB8_AA3B;
    /** 2 + 97 / 64: the power for 0 is {@link #LEAST}. */
    private static final int OFFSET = 0x4061_0000;
    /** 2^-30. */
    private static final int LEAST = 0x3080_0000;

    /** Exponents of a number and of 2^-30 divided by it, together: bits of 2^-30 and of 1. */
    private static final int BOTH = 0x7000_0000;
    /** About 1 / (1 + f) for a fraction f, by h = f - 1/2 and w = f (1 - f). */
    private static final int CONSTANT = 24572;

    private static final int BY_H = -32651;
    private static final int BY_W = -12155;
    private static final int BY_H_W = 14333;
    private static final int BY_W_W = 5013;

    private EeSwiglu() {}

    /** gate[i] = silu(gate[i]) * up[i]. */
    static void apply(int[] gate, int[] up) {
        for (int i = 0; i < gate.length; i++) {
            int power = PowerOfTwo.of((int) EeFloat.maddFlags(OFFSET, gate[i], FACTOR, false));
            gate[i] = EeFloat.mul(EeFloat.mul(gate[i], inverse(EeFloat.add(power, LEAST))), up[i]);
        }
    }

    /**
     * 2^-30 divided by the float {@code d} from 2^-30 up to 2: a quotient of fractions 1 + f is 2 - f - f (1 - f) / (1 + f) by halves. The relative error
     * is below 2^-15.
     */
    static int inverse(int d) {
        int h = (short) (d >> 7 ^ 0x8000);
        int w = Math.max(0x7FFF - (h * h >> 15), 0);
        int slope = (BY_H_W * h + BY_W_W * w >> 17) + BY_W;
        int r = Math.min((BY_H * h + w * slope >> 17) + CONSTANT, 0x7FFF);
        return BOTH - d - (w * r >> 9);
    }
}
