package soliloquy.console.bench.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;

/**
 * What the matrices of a model ask of a processor for one token.
 *
 * @param stages by the guest's name of the stage: q, k, v, o, gate, up, down, logits
 */
public record ModelShape(Map<String, Work> stages) {
    /** Keeps its own copy, in order. */
    public ModelShape {
        stages = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    /**
     * What one stage comes to.
     *
     * @param macs multiply-accumulates
     * @param bytes stored bytes of the matrices, scales included; a matrix that several layers share counts for each
     */
    public record Work(long macs, long bytes) {
        Work plus(Work other) {
            return new Work(macs + other.macs, bytes + other.bytes);
        }
    }

    /** The shape of the model in {@code file}. */
    public static ModelShape of(PsntFile file) {
        ModelConfig config = file.config();
        Map<String, Work> stages = new LinkedHashMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            int unique = config.uniqueLayer(layer);
            add(stages, "q", file.tensor(TensorKind.WQ, unique));
            add(stages, "k", file.tensor(TensorKind.WK, unique));
            add(stages, "v", file.tensor(TensorKind.WV, unique));
            add(stages, "o", file.tensor(TensorKind.WO, unique));
            add(stages, "gate", file.tensor(TensorKind.W1, unique));
            add(stages, "up", file.tensor(TensorKind.W3, unique));
            add(stages, "down", file.tensor(TensorKind.W2, unique));
        }
        TensorKind output = config.sharedOutput() ? TensorKind.EMBEDDING : TensorKind.OUTPUT;
        add(stages, "logits", file.tensor(output, 0));
        return new ModelShape(stages);
    }

    private static void add(Map<String, Work> stages, String stage, PsntTensor matrix) {
        stages.merge(stage, new Work((long) matrix.rows() * matrix.columns(), matrix.bytes()), Work::plus);
    }

    /** All stages together. */
    public Work token() {
        return stages.values().stream().reduce(new Work(0, 0), Work::plus);
    }
}
