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
    private static final int SIGN = 0x8000_0000;

    private final ModelConfig config;
    private final Arithmetic math;
    private final ModelWeights weights;
    private final RotaryTable rotary;
    private final Attention[] attention;
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
    private int position;
    private boolean logitsCurrent;

    /**
     * Loads all weights and runs the registers.
     *
     * @throws InputException the weights are damaged, or not of a kind this arithmetic is defined for
     */
    public ReferenceEngine(Checkpoint checkpoint, Arithmetic math) throws IOException {
        config = checkpoint.config();
        this.math = math;
        weights = new ModelWeights(checkpoint, math);
        rotary = new RotaryTable(config);
        attention = new Attention[config.layers()];
        for (int layer = 0; layer < attention.length; layer++) {
            attention[layer] = new Attention(math, config);
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

    /** The model's shape. */
    public ModelConfig config() {
        return config;
    }

    /** Number of tokens taken so far. */
    public int length() {
        return position - config.registers();
    }

    /** Forgets all tokens; the registers' keys and values stay. */
    public void reset() {
        position = config.registers();
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
            narrow.load(normal, width);
            weights.output.multiply(narrow, logits);
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
        if (config.denseFormer()) {
            System.arraycopy(x, 0, layerOutputs[0], 0, width);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            int unique = config.uniqueLayer(layer);
            attend(layer, weights.layers[unique], weights.attentionNorms[unique]);
            feedForward(weights.layers[unique], weights.ffnNorms[unique]);
            if (config.denseFormer()) {
                average(layer);
            }
        }
        position++;
        logitsCurrent = false;
    }

    private void attend(int layer, ModelWeights.Layer matrices, int[] norm) {
        normalize(norm);
        narrow.load(normal, width);
        matrices.wq().multiply(narrow, query);
        matrices.wk().multiply(narrow, key);
        matrices.wv().multiply(narrow, value);
        rotary.turn(math, query, width, position);
        rotary.turn(math, key, key.length, position);
        if (config.valueResidual()) {
            if (layer == 0) {
                System.arraycopy(value, 0, firstValue, 0, value.length);
            } else {
                addTo(value, firstValue);
            }
        }
        attention[layer].store(position, key, value);
        attention[layer].attend(query, position, heads);
        narrow.load(heads, width);
        matrices.wo().multiply(narrow, projected);
        addTo(x, projected);
    }

    private void feedForward(ModelWeights.Layer matrices, int[] norm) {
        normalize(norm);
        narrow.load(normal, width);
        matrices.w1().multiply(narrow, gate);
        matrices.w3().multiply(narrow, up);
        for (int i = 0; i < gate.length; i++) {
            int silu = math.div(gate[i], math.add(Arithmetic.ONE, math.exp(gate[i] ^ SIGN)));
            gate[i] = math.mul(silu, up[i]);
        }
        wide.load(gate, gate.length);
        matrices.w2().multiply(wide, projected);
        addTo(x, projected);
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
            squares = math.add(squares, math.mul(x[i], x[i]));
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
