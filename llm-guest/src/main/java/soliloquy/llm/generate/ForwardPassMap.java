package soliloquy.llm.generate;

import java.util.ArrayList;
import java.util.List;
import soliloquy.llm.engine.Stage;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;

/**
 * The operations of one forward pass of the generated engine in the order in which it executes them, and where their weights are in
 * the model's file: what tools need to know which operation a call of one of the engine's functions is.
 *
 * <p>Operations of one {@link Operation#group} are executed for one position after the other, before the next group begins; a
 * product with a matrix is one call for all positions.
 *
 * @param config shape of the model
 * @param operations in order
 */
public record ForwardPassMap(ModelConfig config, List<Operation> operations) {
    /** Value of {@link Operation#layer} outside of the layers. */
    public static final int NO_LAYER = -1;

    /**
     * One operation.
     *
     * @param layer logical layer, or {@link #NO_LAYER}
     * @param function name of the engine's function
     * @param tensor the weights that it uses, or null
     * @param row the row of the tensor that it uses, -1 for all of them
     * @param width numbers in its result for one position
     * @param calls of the function for one position; the logits may take more, each with some of the rows
     * @param group operations that are executed in turns for all positions of a pass
     */
    public record Operation(
            int layer, Stage stage, String function, PsntTensor tensor, int row, int width, int calls, int group) {
        /** For people: {@code layer 3 q}. */
        public String name() {
            return layer == NO_LAYER ? stage.label() : "layer " + layer + " " + stage.label();
        }
    }

    /** The map of a model from its table of contents. */
    public static ForwardPassMap of(ModelConfig config, List<PsntTensor> tensors) {
        return new Writer(config, tensors).map();
    }

    private static final class Writer {
        private final ModelConfig config;
        private final List<PsntTensor> tensors;
        private final List<Operation> operations = new ArrayList<>();
        private int layer = NO_LAYER;
        private int group;

        Writer(ModelConfig config, List<PsntTensor> tensors) {
            this.config = config;
            this.tensors = tensors;
        }

        ForwardPassMap map() {
            group++;
            add(Stage.EMBEDDING, "dequantise_row", tensor(TensorKind.EMBEDDING, 0), config.dim());
            for (layer = 0; layer < config.layers(); layer++) {
                attention();
                feedForward();
            }
            layer = NO_LAYER;
            group++;
            int dim = config.dim();
            row(Stage.FINAL_NORM, "rmsnorm", tensor(TensorKind.NORM, 0), 0, dim);
            add(Stage.FINAL_CODES, "quantise", null, dim);
            TensorKind output = config.sharedOutput() ? TensorKind.EMBEDDING : TensorKind.OUTPUT;
            add(Stage.LOGITS, "multiply", tensor(output, 0), config.vocabulary());
            return new ForwardPassMap(config, List.copyOf(operations));
        }

        private void attention() {
            int dim = config.dim();
            norm(Stage.ATTENTION_NORM, TensorKind.ATTENTION_NORM, Stage.ATTENTION_CODES);
            matrix(Stage.QUERY, TensorKind.WQ);
            matrix(Stage.KEY, TensorKind.WK);
            matrix(Stage.VALUE, TensorKind.WV);
            group++;
            add(Stage.QUERY_ROPE, "rope", null, dim);
            add(Stage.KEY_ROPE, "rope", null, config.kvDim());
            if (config.valueResidual() && layer > 0) {
                add(Stage.VALUE_RESIDUAL, "add_to", null, config.kvDim());
            }
            operations.add(
                    new Operation(layer, Stage.ATTENTION, "attention_heads", null, -1, dim, config.kvHeads(), group));
            alone(Stage.HEADS_CODES, "quantise", dim);
            matrix(Stage.OUTPUT, TensorKind.WO);
            alone(Stage.ATTENTION_SUM, "add_to", dim);
        }

        private void feedForward() {
            norm(Stage.FFN_NORM, TensorKind.FFN_NORM, Stage.FFN_CODES);
            matrix(Stage.GATE, TensorKind.W1);
            matrix(Stage.UP, TensorKind.W3);
            alone(Stage.SWIGLU, "swiglu", config.hiddenDim());
            alone(Stage.SWIGLU_CODES, "quantise", config.hiddenDim());
            matrix(Stage.DOWN, TensorKind.W2);
            alone(Stage.FFN_SUM, "add_to", config.dim());
            if (config.denseFormer()) {
                group++;
                row(Stage.DEPTH_SUM, "weighted_sum", tensor(TensorKind.DENSEFORMER, 0), layer, config.dim());
            }
        }

        private void norm(Stage stage, TensorKind kind, Stage codes) {
            group++;
            row(stage, "rmsnorm", tensor(kind, 0), config.uniqueLayer(layer), config.dim());
            add(codes, "quantise", null, config.dim());
        }

        private void matrix(Stage stage, TensorKind kind) {
            group++;
            PsntTensor tensor = tensor(kind, config.uniqueLayer(layer));
            add(stage, "multiply", tensor, tensor.rows());
        }

        private void alone(Stage stage, String function, int width) {
            group++;
            add(stage, function, null, width);
        }

        private void add(Stage stage, String function, PsntTensor tensor, int width) {
            row(stage, function, tensor, -1, width);
        }

        private void row(Stage stage, String function, PsntTensor tensor, int row, int width) {
            operations.add(new Operation(layer, stage, function, tensor, row, width, 1, group));
        }

        private PsntTensor tensor(TensorKind kind, int uniqueLayer) {
            String name = kind.tensorName(uniqueLayer);
            return tensors.stream()
                    .filter(tensor -> tensor.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the model has no tensor " + name));
        }
    }
}
