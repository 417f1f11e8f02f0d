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

    /** Twice the largest magnitude of a weight's integer, as a float: weights are 1/2 at most. */
    private static final int TWICE_LARGEST_WEIGHT = 0x467F_F800;

    /** A sum of weights is made of so many, position t's going to that of t modulo it. */
    private static final int SUMS = 4;

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
            weigh(EeFloat.mul(step, scale), position);
            int factor = EeFloat.div(encode(kvHead, position), sum(position));
            for (int d = 0; d < headDim; d++) {
                int found = 0;
                for (int t = 0; t <= position; t++) {
                    found += weightCodes[t] * values[t][kvHead * headDim + d];
                }
                output[head * headDim + d] = EeFloat.mul(EeFloat.cvtS(found), factor);
            }
        }
    }

    /** Weights times the values' steps as integers; gives the step that these are multiples of. */
    private int encode(int kvHead, int position) {
        int largest = 0;
        for (int t = 0; t <= position; t++) {
            largest = Math.max(largest, valueSteps[t][kvHead]);
        }
        int inverse = largest < EeActivation.SMALLEST ? 0 : EeFloat.div(TWICE_LARGEST_WEIGHT, largest);
        for (int t = 0; t <= position; t++) {
            int multiple = EeFloat.mul(weights[t], EeFloat.mul(valueSteps[t][kvHead], inverse));
            weightCodes[t] = EeActivation.integer(EeFloat.add(multiple, EeActivation.INTEGER));
        }
        return EeFloat.div(largest, TWICE_LARGEST_WEIGHT);
    }

    private int sum(int position) {
        int[] sums = new int[SUMS];
        for (int t = 0; t <= position; t++) {
            sums[t % SUMS] = EeFloat.add(sums[t % SUMS], weights[t]);
        }
        return EeFloat.add(EeFloat.add(sums[0], sums[1]), EeFloat.add(sums[2], sums[3]));
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

    /** Scores times {@code factor} to powers of 2. */
    private void weigh(int factor, int position) {
        int largest = weights[0];
        for (int t = 1; t <= position; t++) {
            largest = EeFloat.max(largest, weights[t]);
        }
        int offset = EeFloat.sub(PowerOfTwo.LARGEST, EeFloat.mul(largest, factor));
        for (int t = 0; t <= position; t++) {
            weights[t] = PowerOfTwo.of((int) EeFloat.maddFlags(offset, weights[t], factor, false));
        }
    }
}
