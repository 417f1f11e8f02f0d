package soliloquy.llm.engine;

import soliloquy.llm.psnt.ModelConfig;

/** Cosines and sines of the rotary embedding, rounded to single precision (ARITHMETIC.md section 2). */
final class RotaryTable {
    private static final int SIGN = 0x8000_0000;

    private final int half;
    private final int[] cosines;
    private final int[] sines;

    RotaryTable(ModelConfig config) {
        half = config.headDim() / 2;
        cosines = new int[config.positions() * half];
        sines = new int[cosines.length];
        for (int i = 0; i < half; i++) {
            double frequency = StrictMath.pow(config.ropeTheta(), -(2.0 * i) / config.headDim());
            for (int position = 0; position < config.positions(); position++) {
                double angle = position * frequency;
                cosines[position * half + i] = Float.floatToRawIntBits((float) StrictMath.cos(angle));
                sines[position * half + i] = Float.floatToRawIntBits((float) StrictMath.sin(angle));
            }
        }
    }

    /** Turns each head of a vector of {@code length} numbers. */
    void turn(Arithmetic math, int[] vector, int length, int position) {
        for (int pair = 0; pair < length / 2; pair++) {
            int entry = position * half + pair % half;
            int cosine = cosines[entry];
            int sine = sines[entry];
            int a = vector[2 * pair];
            int b = vector[2 * pair + 1];
            vector[2 * pair] = math.multiplyAdd(math.mul(a, cosine), b ^ SIGN, sine);
            vector[2 * pair + 1] = math.multiplyAdd(math.mul(a, sine), b, cosine);
        }
    }
}
