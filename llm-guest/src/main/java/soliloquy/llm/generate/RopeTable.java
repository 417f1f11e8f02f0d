package soliloquy.llm.generate;

/**
 * Cosines and sines of the rotary embedding, computed on the host in double precision and rounded to float: the console computes
 * no sine.
 */
public final class RopeTable {
    private final int pairs;
    private final float[] cosines;
    private final float[] sines;

    /**
     * The tables of all positions.
     *
     * @param theta base of the frequencies
     * @param headDim width of a head; pair i turns by position * theta^(-2i / headDim)
     */
    public RopeTable(float theta, int headDim, int positions) {
        pairs = headDim / 2;
        cosines = new float[positions * pairs];
        sines = new float[positions * pairs];
        for (int i = 0; i < pairs; i++) {
            double frequency = StrictMath.pow(theta, -(2.0 * i) / headDim);
            for (int position = 0; position < positions; position++) {
                double angle = position * frequency;
                cosines[position * pairs + i] = (float) StrictMath.cos(angle);
                sines[position * pairs + i] = (float) StrictMath.sin(angle);
            }
        }
    }

    /** Pairs of a head. */
    public int pairs() {
        return pairs;
    }

    /** Cosines, [position][pair]. */
    public float[] cosines() {
        return cosines;
    }

    /** Sines, [position][pair]. */
    public float[] sines() {
        return sines;
    }
}
