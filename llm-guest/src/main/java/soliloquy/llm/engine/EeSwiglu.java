package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;

/** SwiGLU of the guest engine (ARITHMETIC.md): one division for each four numbers, and e^-g as a power of two in integers. */
final class EeSwiglu {
    private static final int TOGETHER = 4;
    /** -1 / (64 ln 2). */
    private static final int FACTOR = 0xBCB8_AA3B;
    /** 2 + 97 / 64, less what {@link PowerOfTwo} adds: the power for 0 is {@link #LEAST}. */
    private static final int OFFSET = 0x4060_E9F3;
    /** 2^-30. */
    private static final int LEAST = 0x3080_0000;

    private final int[] d = new int[TOGETHER];
    private final int[] inverse = new int[TOGETHER];

    /** gate[i] = silu(gate[i]) * up[i]. */
    void apply(int[] gate, int[] up) {
        for (int i = 0; i < gate.length; i += TOGETHER) {
            int count = Math.min(TOGETHER, gate.length - i);
            for (int k = 0; k < TOGETHER; k++) {
                int exponent = (int) EeFloat.maddFlags(OFFSET, k < count ? gate[i + k] : 0, FACTOR, false);
                d[k] = EeFloat.add(PowerOfTwo.of(Math.min(exponent, PowerOfTwo.LARGEST)), LEAST);
            }
            invert();
            for (int k = 0; k < count; k++) {
                gate[i + k] = EeFloat.mul(EeFloat.mul(gate[i + k], inverse[k]), up[i + k]);
            }
        }
    }

    /** 2^-30 divided by each. */
    private void invert() {
        int a = EeFloat.mul(d[0], d[1]);
        int b = EeFloat.mul(d[2], d[3]);
        int r = EeFloat.div(LEAST, EeFloat.mul(a, b));
        int s = EeFloat.mul(r, b);
        int t = EeFloat.mul(r, a);
        inverse[0] = EeFloat.mul(s, d[1]);
        inverse[1] = EeFloat.mul(s, d[0]);
        inverse[2] = EeFloat.mul(t, d[3]);
        inverse[3] = EeFloat.mul(t, d[2]);
    }
}
