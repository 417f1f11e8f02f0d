package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.machine.InputException;

/**
 * Runs a model token by token. Every operation and its order are those of ARITHMETIC.md; with {@link EeArithmetic} the logits
 * are the guest's, bit for bit.
 */
public final class ReferenceEngine {
    private final ModelConfig config;
    private final Arithmetic math;
    private final ModelWeights weights;
    private final RotaryTable rotary;
    private final Attention[] attention;
    private final StageListener listener;
    private final int normEps;
    private final int width;

    private final int[] x;
    private final int[] normal;
    private final int[] query;
    private final int[] key;
    private final int[] value;
    private final int[] firstValue;
    private final int[] heads;
    private final int[] projected;
    private final int[] gate;
    private final int[] up;
    private final int[] logits;
    private final int[][] layerOutputs;
    private final Activation narrow;
    private final Activation wide;
    /** Positions taken so far, registers counted. */
    private int taken;
    /** The one that was taken last, or is being taken. */
    private int position;

    private boolean logitsCurrent;

    /**
     * Loads all weights and runs the registers.
     *
     * @throws InputException the weights are damaged, or not of a kind this arithmetic is defined for
     */
    public ReferenceEngine(Checkpoint checkpoint, Arithmetic math) throws IOException {
        this(checkpoint, math, null);
    }

    /**
     * The same with a listener.
     *
     * @param listener told of every vector, also of those of the registers; null for none
     */
    public ReferenceEngine(Checkpoint checkpoint, Arithmetic math, StageListener listener) throws IOException {
        this.listener = listener;
        ModelConfig whole = checkpoint.config();
        config = whole.withContext(Math.min(whole.context(), math.mostPositions() - whole.registers()));
        this.math = math;
        weights = new ModelWeights(checkpoint, math);
        rotary = new RotaryTable(config);
        attention = new Attention[config.layers()];
        for (int layer = 0; layer < attention.length; layer++) {
            attention[layer] = math.attention(config);
        }
        normEps = Float.floatToRawIntBits(config.normEps());
        width = config.dim();
        x = new int[width];
        normal = new int[width];
        query = new int[width];
        key = new int[config.kvDim()];
        value = new int[config.kvDim()];
        firstValue = new int[config.kvDim()];
        heads = new int[width];
        projected = new int[width];
        gate = new int[config.hiddenDim()];
        up = new int[config.hiddenDim()];
        logits = new int[config.vocabulary()];
        layerOutputs = new int[config.denseFormer() ? config.layers() + 1 : 0][width];
        narrow = math.activation(width);
        wide = math.activation(config.hiddenDim());
        for (int register = 0; register < config.registers(); register++) {
            System.arraycopy(weights.registers[register], 0, x, 0, width);
            forward();
        }
    }

    /** The model's shape, with a context that the arithmetic allows. */
    public ModelConfig config() {
        return config;
    }

    /** Number of tokens taken so far. */
    public int length() {
        return taken - config.registers();
    }

    /** Forgets all tokens; the registers' keys and values stay. */
    public void reset() {
        taken = config.registers();
        logitsCurrent = false;
    }

    /**
     * Takes the next token of the text.
     *
     * @throws IllegalArgumentException the id is not in the vocabulary
     * @throws IllegalStateException the context is full
     */
    public void accept(int token) {
        if (token < 0 || token >= config.vocabulary()) {
            throw new IllegalArgumentException("token " + token + "; expected 0 to " + (config.vocabulary() - 1));
        }
        if (length() >= config.context()) {
            throw new IllegalStateException("the context of " + config.context() + " tokens is full");
        }
        weights.embedding.row(token, x);
        forward();
    }

    /** Bits of the logits behind the last token; valid until the next call. */
    public int[] logitBits() {
        if (!logitsCurrent) {
            normalize(weights.norm);
            tell(Stage.FINAL_NORM, 0, normal);
            load(narrow, normal, Stage.FINAL_CODES, 0);
            multiply(weights.output, narrow, logits, Stage.LOGITS, 0);
            logitsCurrent = true;
        }
        return logits;
    }

    /** The logits behind the last token as Java floats (in EE arithmetic exact below 2^128). */
    public float[] logits() {
        int[] bits = logitBits();
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return values;
    }

    private void forward() {
        position = taken;
        tell(Stage.EMBEDDING, 0, x);
        if (config.denseFormer()) {
            System.arraycopy(x, 0, layerOutputs[0], 0, width);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            int unique = config.uniqueLayer(layer);
            attend(layer, weights.layers[unique], weights.attentionNorms[unique]);
            feedForward(layer, weights.layers[unique], weights.ffnNorms[unique]);
            if (config.denseFormer()) {
                average(layer);
                tell(Stage.DEPTH_SUM, layer, x);
            }
        }
        taken++;
        logitsCurrent = false;
    }

    private void attend(int layer, ModelWeights.Layer matrices, int[] norm) {
        normalize(norm);
        tell(Stage.ATTENTION_NORM, layer, normal);
        load(narrow, normal, Stage.ATTENTION_CODES, layer);
        multiply(matrices.wq(), narrow, query, Stage.QUERY, layer);
        multiply(matrices.wk(), narrow, key, Stage.KEY, layer);
        multiply(matrices.wv(), narrow, value, Stage.VALUE, layer);
        rotary.turn(math, query, width, position);
        tell(Stage.QUERY_ROPE, layer, query);
        rotary.turn(math, key, key.length, position);
        tell(Stage.KEY_ROPE, layer, key);
        if (config.valueResidual()) {
            if (layer == 0) {
                System.arraycopy(value, 0, firstValue, 0, value.length);
            } else {
                addTo(value, firstValue);
                tell(Stage.VALUE_RESIDUAL, layer, value);
            }
        }
        attention[layer].store(position, key, value);
        attention[layer].attend(query, position, heads);
        tell(Stage.ATTENTION, layer, heads);
        load(narrow, heads, Stage.HEADS_CODES, layer);
        multiply(matrices.wo(), narrow, projected, Stage.OUTPUT, layer);
        addTo(x, projected);
        tell(Stage.ATTENTION_SUM, layer, x);
    }

    private void feedForward(int layer, ModelWeights.Layer matrices, int[] norm) {
        normalize(norm);
        tell(Stage.FFN_NORM, layer, normal);
        load(narrow, normal, Stage.FFN_CODES, layer);
        multiply(matrices.w1(), narrow, gate, Stage.GATE, layer);
        multiply(matrices.w3(), narrow, up, Stage.UP, layer);
        math.swiglu(gate, up);
        tell(Stage.SWIGLU, layer, gate);
        load(wide, gate, Stage.SWIGLU_CODES, layer);
        multiply(matrices.w2(), wide, projected, Stage.DOWN, layer);
        addTo(x, projected);
        tell(Stage.FFN_SUM, layer, x);
    }

    private void multiply(WeightMatrix matrix, Activation input, int[] output, Stage stage, int layer) {
        matrix.multiply(input, output);
        tell(stage, layer, output);
    }

    private void load(Activation input, int[] vector, Stage stage, int layer) {
        input.load(vector, vector.length);
        if (listener != null && input instanceof EeActivation codes) {
            listener.computed(stage, layer, position, codes.integers);
        }
    }

    private void tell(Stage stage, int layer, int[] vector) {
        if (listener != null) {
            listener.computed(stage, layer, position, vector);
        }
    }

    private void average(int layer) {
        int[] share = weights.denseFormer[layer];
        System.arraycopy(x, 0, layerOutputs[layer + 1], 0, width);
        for (int i = 0; i < width; i++) {
            int sum = 0;
            for (int j = 0; j <= layer + 1; j++) {
                sum = math.add(sum, math.mul(share[j], layerOutputs[j][i]));
            }
            x[i] = sum;
        }
    }

    private void normalize(int[] norm) {
        int squares = 0;
        for (int i = 0; i < width; i++) {
            squares = math.multiplyAdd(squares, x[i], x[i]);
        }
        int mean = math.div(squares, math.fromInteger(width));
        int inverse = math.div(Arithmetic.ONE, math.sqrt(math.add(mean, normEps)));
        for (int i = 0; i < width; i++) {
            normal[i] = math.mul(math.mul(x[i], inverse), norm[i]);
        }
    }

    private void addTo(int[] target, int[] addend) {
        for (int i = 0; i < target.length; i++) {
            target[i] = math.add(target[i], addend[i]);
        }
    }
}
