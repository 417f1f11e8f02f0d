package soliloquy.llm.engine;

import soliloquy.llm.psnt.ModelConfig;

/** Attention in floats: keys and values as they are. */
final class FloatAttention implements Attention {
    private final Arithmetic math;
    private final int heads;
    private final int headDim;
    private final int kvDim;
    private final int sharing;
    private final int scale;
    private final int[][] keys;
    private final int[][] values;
    private final int[] scores;
    private final int[] scaled;

    FloatAttention(Arithmetic math, ModelConfig config) {
        this.math = math;
        heads = config.heads();
        headDim = config.headDim();
        kvDim = config.kvDim();
        sharing = heads / config.kvHeads();
        scale = Float.floatToRawIntBits((float) (1 / StrictMath.sqrt(headDim)));
        keys = new int[config.positions()][];
        values = new int[config.positions()][];
        scores = new int[config.positions()];
        scaled = new int[headDim];
    }

    @Override
    public void store(int position, int[] key, int[] value) {
        if (keys[position] == null) {
            keys[position] = new int[kvDim];
            values[position] = new int[kvDim];
        }
        System.arraycopy(key, 0, keys[position], 0, kvDim);
        System.arraycopy(value, 0, values[position], 0, kvDim);
    }

    @Override
    public void attend(int[] query, int position, int[] output) {
        for (int head = 0; head < heads; head++) {
            int from = head * headDim;
            int keyFrom = head / sharing * headDim;
            for (int d = 0; d < headDim; d++) {
                scaled[d] = math.mul(query[from + d], scale);
            }
            for (int t = 0; t <= position; t++) {
                int[] key = keys[t];
                int sum = 0;
                for (int d = 0; d < headDim; d++) {
                    sum = math.multiplyAdd(sum, scaled[d], key[keyFrom + d]);
                }
                scores[t] = sum;
            }
            Softmax.apply(math, scores, position + 1);
            for (int d = 0; d < headDim; d++) {
                int sum = 0;
                for (int t = 0; t <= position; t++) {
                    sum = math.multiplyAdd(sum, scores[t], values[t][keyFrom + d]);
                }
                output[from + d] = sum;
            }
        }
    }
}
