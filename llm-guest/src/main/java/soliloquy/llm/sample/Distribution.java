package soliloquy.llm.sample;

/** Probabilities of the next token, from logits, in double precision. */
final class Distribution {
    private Distribution() {}

    /** The logarithm of the sum of the logits' exponentials. */
    static double logSum(float[] logits) {
        float most = logits[best(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((double) logit - most);
        }
        return most + Math.log(sum);
    }

    /** The id of the largest logit, the first of equals. */
    static int best(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    /** Kullback-Leibler divergence of {@code other} from {@code reference}, in nats. */
    static double divergence(float[] reference, float[] other) {
        double referenceSum = logSum(reference);
        double otherSum = logSum(other);
        double sum = 0;
        for (int id = 0; id < reference.length; id++) {
            double log = reference[id] - referenceSum;
            sum += Math.exp(log) * (log - (other[id] - otherSum));
        }
        return Math.max(0, sum);
    }
}
