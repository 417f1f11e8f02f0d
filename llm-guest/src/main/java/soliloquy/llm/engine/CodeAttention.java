package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;
import soliloquy.llm.psnt.ModelConfig;

/**
 * Attention of the guest engine (ARITHMETIC.md): keys and values are integers of 8 bits and a step for each head, queries and weights integers of 14
 * bits, and all sums over them are exact.
 */
final class CodeAttention implements Attention {
    /** Largest magnitude of a key's or a value's integer. */
    static final int LARGEST = 127;

    private static final int LARGEST_FLOAT = 0x42FE_0000;

    private final int heads;
    private final int headDim;
    private final int kvHeads;
    private final int scale;
    private final byte[][] keys;
    private final byte[][] values;
    private final int[][] keySteps;
    private final int[][] valueSteps;
    private final int[] codes;
    private final int[] weights;
    private final int[] weightCodes;

    CodeAttention(ModelConfig config) {
        heads = config.heads();
        headDim = config.headDim();
        kvHeads = config.kvHeads();
        scale = Float.floatToRawIntBits(PowerOfTwo.scoreScale(headDim));
        int positions = config.positions();
        keys = new byte[positions][];
        values = new byte[positions][];
        keySteps = new int[positions][];
        valueSteps = new int[positions][];
        codes = new int[headDim];
        weights = new int[positions];
        weightCodes = new int[positions];
    }

    @Override
    public void store(int position, int[] key, int[] value) {
        if (keys[position] == null) {
            keys[position] = new byte[kvHeads * headDim];
            values[position] = new byte[kvHeads * headDim];
            keySteps[position] = new int[kvHeads];
            valueSteps[position] = new int[kvHeads];
        }
        for (int head = 0; head < kvHeads; head++) {
            keySteps[position][head] = store(key, head, keys[position]);
            valueSteps[position][head] = store(value, head, values[position]);
        }
    }

    private int store(int[] vector, int head, byte[] to) {
        int step = EeActivation.quantise(vector, head * headDim, headDim, LARGEST_FLOAT, codes);
        for (int d = 0; d < headDim; d++) {
            to[head * headDim + d] = (byte) codes[d];
        }
        return step;
    }

    @Override
    public void attend(int[] query, int position, int[] output) {
        for (int head = 0; head < heads; head++) {
            int kvHead = head / (heads / kvHeads);
            int step = EeActivation.quantise(query, head * headDim, headDim, EeActivation.LARGEST_FLOAT, codes);
            score(kvHead, position);
            int sum = weigh(EeFloat.mul(step, scale), position);
            for (int t = 0; t <= position; t++) {
                weights[t] = EeFloat.mul(weights[t], valueSteps[t][kvHead]);
            }
            int weightStep = EeActivation.quantise(weights, 0, position + 1, EeActivation.LARGEST_FLOAT, weightCodes);
            int factor = EeFloat.div(weightStep, sum);
            for (int d = 0; d < headDim; d++) {
                int found = 0;
                for (int t = 0; t <= position; t++) {
                    found += weightCodes[t] * values[t][kvHead * headDim + d];
                }
                output[head * headDim + d] = EeFloat.mul(EeFloat.cvtS(found), factor);
            }
        }
    }

    /** What each position scores, as a multiple of the query's step. */
    private void score(int kvHead, int position) {
        for (int t = 0; t <= position; t++) {
            int sum = 0;
            for (int d = 0; d < headDim; d++) {
                sum += codes[d] * keys[t][kvHead * headDim + d];
            }
            weights[t] = EeFloat.mul(EeFloat.cvtS(sum), keySteps[t][kvHead]);
        }
    }

    /** Scores times {@code factor} to powers of 2; gives their sum. */
    private int weigh(int factor, int position) {
        int largest = weights[0];
        for (int t = 1; t <= position; t++) {
            largest = EeFloat.max(largest, weights[t]);
        }
        int offset = EeFloat.sub(PowerOfTwo.LARGEST, EeFloat.mul(largest, factor));
        int sum = 0;
        for (int t = 0; t <= position; t++) {
            int exponent = (int) EeFloat.maddFlags(offset, weights[t], factor, false);
            weights[t] = PowerOfTwo.of(exponent);
            sum = (int) EeFloat.maddFlags(sum, weights[t], Arithmetic.ONE, false);
        }
        return sum;
    }
}
