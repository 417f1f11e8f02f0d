package soliloquy.llm.engine;

/** Scores to probabilities. */
public final class Softmax {
    private Softmax() {}

    /** Replaces the first {@code count} scores by their probabilities. */
    public static void apply(Arithmetic math, int[] scores, int count) {
        int largest = scores[0];
        for (int i = 1; i < count; i++) {
            if (math.less(largest, scores[i])) {
                largest = scores[i];
            }
        }
        int sum = 0;
        for (int i = 0; i < count; i++) {
            scores[i] = math.exp(math.sub(scores[i], largest));
            sum = math.add(sum, scores[i]);
        }
        int inverse = math.div(Arithmetic.ONE, sum);
        for (int i = 0; i < count; i++) {
            scores[i] = math.mul(scores[i], inverse);
        }
    }
}
