package soliloquy.llm.psnt;

/**
 * The shape of a LLaMA-like model.
 *
 * @param dim width of the residual stream
 * @param hiddenDim width of the feed-forward layer
 * @param layers logical layers
 * @param uniqueLayers layers with weights of their own; logical layer i uses {@link #uniqueLayer}(i)
 * @param heads query heads
 * @param kvHeads key and value heads
 * @param vocabulary number of token ids
 * @param context longest text in tokens, registers not counted
 * @param registers learned vectors before the first token
 * @param ropeTheta base of the rotary embedding's frequencies
 * @param normEps epsilon of every RMS norm
 * @param sharedOutput the output matrix is the embedding
 * @param denseFormer depth-weighted averaging after each layer
 * @param valueResidual values of layer 0 are added to the values of later layers
 */
public record ModelConfig(
        int dim,
        int hiddenDim,
        int layers,
        int uniqueLayers,
        int heads,
        int kvHeads,
        int vocabulary,
        int context,
        int registers,
        float ropeTheta,
        float normEps,
        boolean sharedOutput,
        boolean denseFormer,
        boolean valueResidual) {

    /** Epsilon of formats that store none. */
    public static final float DEFAULT_NORM_EPS = 1e-5f;

    /** Base of formats that store none. */
    public static final float DEFAULT_ROPE_THETA = 10000f;

    /** Width of one head. */
    public int headDim() {
        return dim / heads;
    }

    /** Width of all keys (or values) of one position. */
    public int kvDim() {
        return headDim() * kvHeads;
    }

    /** Positions of the key and value cache: registers and context. */
    public int positions() {
        return registers + context;
    }

    /** The unique layer whose weights a logical layer uses. */
    public int uniqueLayer(int layer) {
        return (int) ((long) layer * uniqueLayers / layers);
    }

    /** The number of weights. */
    public long parameters() {
        long layer = 2L * dim * dim + 2L * dim * kvDim() + 3L * dim * hiddenDim + 2L * dim;
        long extras = (long) registers * dim + (denseFormer ? (long) layers * (layers + 1) : 0);
        return uniqueLayers * layer + (sharedOutput ? 1L : 2L) * vocabulary * dim + dim + extras;
    }

    /** The same shape with another context. */
    public ModelConfig withContext(int tokens) {
        return new ModelConfig(
                dim,
                hiddenDim,
                layers,
                uniqueLayers,
                heads,
                kvHeads,
                vocabulary,
                tokens,
                registers,
                ropeTheta,
                normEps,
                sharedOutput,
                denseFormer,
                valueResidual);
    }

    /** What is impossible about this shape, one phrase naming field, found and expected; null when nothing is. */
    public String fault() {
        record Bound(String field, int value, int low, int high) {}
        Bound[] bounds = {
            new Bound("dim", dim, 1, 1 << 16),
            new Bound("hidden_dim", hiddenDim, 1, 1 << 18),
            new Bound("n_layers", layers, 1, 1 << 12),
            new Bound("n_unique_layers", uniqueLayers, 1, layers),
            new Bound("n_heads", heads, 1, dim),
            new Bound("n_kv_heads", kvHeads, 1, heads),
            new Bound("vocab_size", vocabulary, 1, 1 << 20),
            new Bound("seq_len", context, 1, 1 << 20),
            new Bound("n_registers", registers, 0, 1 << 12)
        };
        for (Bound bound : bounds) {
            if (bound.value < bound.low || bound.value > bound.high) {
                return bound.field + " " + bound.value + "; expected " + bound.low + " to " + bound.high;
            }
        }
        if (dim % heads != 0 || headDim() % 2 != 0) {
            return "dim " + dim + " with n_heads " + heads + "; expected an even number of columns for each head";
        }
        if (heads % kvHeads != 0) {
            return "n_heads " + heads + " with n_kv_heads " + kvHeads + "; expected a multiple";
        }
        if (!(ropeTheta >= 1f) || !Float.isFinite(ropeTheta)) {
            return "rope_theta " + ropeTheta + "; expected a finite number of at least 1";
        }
        if (!(normEps > 0f) || !(normEps < 1f)) {
            return "norm_eps " + normEps + "; expected more than 0 and less than 1";
        }
        return null;
    }
}
