package soliloquy.llm.psnt;

/** What a tensor is for, in the order of a version 4 file. */
public enum TensorKind {
    /** RMS norm weights before attention, one row for each unique layer. */
    ATTENTION_NORM(1, "attention_norm"),
    /** RMS norm weights before the feed-forward layer, one row for each unique layer. */
    FFN_NORM(2, "ffn_norm"),
    /** RMS norm weights before the logits. */
    NORM(3, "norm"),
    /** Stored RoPE tables of old files: kept, never used. */
    ROPE(4, "rope"),
    /** Register vectors. */
    REGISTERS(5, "registers"),
    /** DenseFormer weights, one row for each logical layer. */
    DENSEFORMER(6, "denseformer"),
    /** Token embedding. */
    EMBEDDING(7, "embedding"),
    /** Query projection. */
    WQ(8, "wq"),
    /** Key projection. */
    WK(9, "wk"),
    /** Value projection. */
    WV(10, "wv"),
    /** Attention output projection. */
    WO(11, "wo"),
    /** Feed-forward gate. */
    W1(12, "w1"),
    /** Feed-forward up. */
    W3(13, "w3"),
    /** Feed-forward down. */
    W2(14, "w2"),
    /** Output matrix where it is not the embedding. */
    OUTPUT(15, "output");

    private final int code;
    private final String label;

    TensorKind(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The value in the table of contents. */
    public int code() {
        return code;
    }

    /** Stored as float32 whatever the file's encoding is. */
    public boolean alwaysFloat() {
        return code < EMBEDDING.code;
    }

    /** One matrix for each unique layer. */
    public boolean perLayer() {
        return code >= WQ.code && code <= W2.code;
    }

    /** The tensor's name: the label, behind {@code layers.N.} where there is one for each unique layer. */
    public String tensorName(int layer) {
        return perLayer() ? "layers." + layer + "." + label : label;
    }

    /** Rows of this tensor in a model of this shape. */
    public int rows(ModelConfig config, int frequencyBlocks) {
        return switch (this) {
            case ATTENTION_NORM, FFN_NORM -> config.uniqueLayers();
            case NORM -> 1;
            case ROPE -> frequencyBlocks * config.context();
            case REGISTERS -> config.registers();
            case DENSEFORMER -> config.layers();
            case EMBEDDING, OUTPUT -> config.vocabulary();
            case WQ, WO, W2 -> config.dim();
            case WK, WV -> config.kvDim();
            case W1, W3 -> config.hiddenDim();
        };
    }

    /** Columns of this tensor in a model of this shape. */
    public int columns(ModelConfig config) {
        return switch (this) {
            case ROPE -> config.headDim() / 2;
            case DENSEFORMER -> config.layers() + 1;
            case W2 -> config.hiddenDim();
            default -> config.dim();
        };
    }

    /** Whether a model of this shape has this tensor. */
    public boolean present(ModelConfig config, int frequencyBlocks) {
        return switch (this) {
            case ROPE -> frequencyBlocks > 0;
            case REGISTERS -> config.registers() > 0;
            case DENSEFORMER -> config.denseFormer();
            case OUTPUT -> !config.sharedOutput();
            default -> true;
        };
    }
}
