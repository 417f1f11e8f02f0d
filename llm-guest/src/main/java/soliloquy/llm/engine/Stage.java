package soliloquy.llm.engine;

/** The stages of a forward pass, in the order in which one position goes through them (ARITHMETIC.md). */
public enum Stage {
    /** The token's row of the embedding, or a register. */
    EMBEDDING("embedding"),
    /** RMS norm before attention. */
    ATTENTION_NORM("attention norm"),
    /** The same as integers, for q, k and v. */
    ATTENTION_CODES("attention codes"),
    /** Query projection. */
    QUERY("q"),
    /** Key projection. */
    KEY("k"),
    /** Value projection. */
    VALUE("v"),
    /** The query turned by its position. */
    QUERY_ROPE("q rope"),
    /** The key turned by its position. */
    KEY_ROPE("k rope"),
    /** Values with those of layer 0 added. */
    VALUE_RESIDUAL("value residual"),
    /** What the heads found. */
    ATTENTION("attention"),
    /** The same as integers, for the output projection. */
    HEADS_CODES("heads codes"),
    /** Output projection of attention. */
    OUTPUT("o"),
    /** The stream with attention added. */
    ATTENTION_SUM("attention sum"),
    /** RMS norm before the feed-forward layer. */
    FFN_NORM("ffn norm"),
    /** The same as integers, for gate and up. */
    FFN_CODES("ffn codes"),
    /** Feed-forward gate. */
    GATE("gate"),
    /** Feed-forward up. */
    UP("up"),
    /** SiLU of the gate times up. */
    SWIGLU("swiglu"),
    /** The same as integers, for down. */
    SWIGLU_CODES("swiglu codes"),
    /** Feed-forward down. */
    DOWN("down"),
    /** The stream with the feed-forward layer added. */
    FFN_SUM("ffn sum"),
    /** DenseFormer: the weighted sum of the embedding and all layers so far. */
    DEPTH_SUM("denseformer"),
    /** RMS norm before the logits. */
    FINAL_NORM("final norm"),
    /** The same as integers. */
    FINAL_CODES("final codes"),
    /** The logits. */
    LOGITS("logits");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    /** The name that people are shown. */
    public String label() {
        return label;
    }

    /** True if the stage's numbers are integers: a vector on its way into matrices. */
    public boolean codes() {
        return this == ATTENTION_CODES
                || this == HEADS_CODES
                || this == FFN_CODES
                || this == SWIGLU_CODES
                || this == FINAL_CODES;
    }
}
