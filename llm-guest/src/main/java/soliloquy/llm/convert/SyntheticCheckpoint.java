package soliloquy.llm.convert;

import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;

/**
 * Random weights whose activations stay of the order of 1 and whose logits spread: deviations 1 / sqrt(columns) for what a norm feeds,
 * less by sqrt(2 layers) for what is added to the residual stream, 2 / sqrt(dim) for the embedding. A tensor depends on the seed, its
 * kind and its layer alone, so that any can be made again, one at a time.
 */
public final class SyntheticCheckpoint implements Checkpoint {
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    /** Deviation of the sum of four uniform 16-bit numbers. */
    private static final float SUM_DEVIATION = (float) (65536 / Math.sqrt(3));

    private static final float SUM_MEAN = 2 * 65535f;

    private final ModelConfig config;
    private final long seed;

    /** Weights of a shape. */
    public SyntheticCheckpoint(ModelConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    @Override
    public String format() {
        return "synthetic weights, seed " + seed;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public FloatTensor read(TensorKind kind, int layer) {
        int rows = kind.rows(config, 0);
        int columns = kind.columns(config);
        float[] values = new float[Math.multiplyExact(rows, columns)];
        float deviation = deviation(kind);
        float mean =
                kind == TensorKind.ATTENTION_NORM || kind == TensorKind.FFN_NORM || kind == TensorKind.NORM ? 1 : 0;
        long state = mixed(mixed(seed + GOLDEN_GAMMA) + kind.code() * 4099L + layer);
        for (int i = 0; i < values.length; i++) {
            state += GOLDEN_GAMMA;
            values[i] = mean + deviation * gaussian(mixed(state));
        }
        if (kind == TensorKind.DENSEFORMER) {
            for (int row = 0; row < rows; row++) {
                values[row * columns + row + 1] += 1;
            }
        }
        return new FloatTensor(rows, columns, values);
    }

    private float deviation(TensorKind kind) {
        double residual = 1 / Math.sqrt(2.0 * config.layers());
        return (float)
                switch (kind) {
                    case ATTENTION_NORM, FFN_NORM, NORM -> 0.1;
                    case DENSEFORMER -> 0.02;
                    case EMBEDDING, OUTPUT, REGISTERS -> 2 / Math.sqrt(config.dim());
                    case WO, W2 -> residual / Math.sqrt(kind.columns(config));
                    default -> 1 / Math.sqrt(config.dim());
                };
    }

    /** Nearly normal, deviation 1, the same on every machine: four uniform numbers of 16 bits. */
    private static float gaussian(long bits) {
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum - SUM_MEAN) / SUM_DEVIATION;
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    @Override
    public void close() {}
}
