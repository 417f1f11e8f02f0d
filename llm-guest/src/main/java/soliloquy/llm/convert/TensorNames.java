package soliloquy.llm.convert;

import java.util.regex.Pattern;
import soliloquy.llm.psnt.TensorKind;

/** How the two families of safetensors checkpoints name their tensors. */
enum TensorNames {
    /** brandon-tiny; several logical layers may stand for one, and {@code _unique_layers.K.} for a unique one. */
    BRANDON_TINY("safetensors, brandon-tiny", "output\\.weight"),
    /** Hugging Face Llama; old files also hold the frequencies of the rotary embedding. */
    HUGGING_FACE(
            "safetensors, Hugging Face Llama",
            "lm_head\\.weight|model\\.layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");

    private final String format;
    private final Pattern ignored;

    TensorNames(String format, String ignored) {
        this.format = format;
        this.ignored = Pattern.compile(ignored);
    }

    /** One phrase for people. */
    String format() {
        return format;
    }

    /** Whether a file may hold this tensor although nothing reads it (a tied output matrix, for example). */
    boolean ignored(String tensor) {
        return ignored.matcher(tensor).matches();
    }

    /** A tensor of a logical layer. */
    String layerName(TensorKind kind, int layer) {
        return (this == HUGGING_FACE ? "model.layers." : "layers.") + layer + "." + suffix(kind);
    }

    /** A tensor of a unique layer. */
    String uniqueName(TensorKind kind, int uniqueLayer) {
        return "_unique_layers." + uniqueLayer + "." + suffix(kind);
    }

    /** A tensor that is there once. */
    String modelName(TensorKind kind) {
        boolean huggingFace = this == HUGGING_FACE;
        return switch (kind) {
            case EMBEDDING -> huggingFace ? "model.embed_tokens.weight" : "tok_embeddings.weight";
            case NORM -> huggingFace ? "model.norm.weight" : "norm.weight";
            case OUTPUT -> huggingFace ? "lm_head.weight" : "output.weight";
            case REGISTERS -> "register_tokens";
            case DENSEFORMER -> "dwa_weights";
            default -> throw new IllegalArgumentException(kind + " is not one tensor of a checkpoint");
        };
    }

    private String suffix(TensorKind kind) {
        boolean huggingFace = this == HUGGING_FACE;
        return switch (kind) {
            case ATTENTION_NORM -> huggingFace ? "input_layernorm.weight" : "attention_norm.weight";
            case FFN_NORM -> huggingFace ? "post_attention_layernorm.weight" : "ffn_norm.weight";
            case WQ -> huggingFace ? "self_attn.q_proj.weight" : "attention.wq.weight";
            case WK -> huggingFace ? "self_attn.k_proj.weight" : "attention.wk.weight";
            case WV -> huggingFace ? "self_attn.v_proj.weight" : "attention.wv.weight";
            case WO -> huggingFace ? "self_attn.o_proj.weight" : "attention.wo.weight";
            case W1 -> huggingFace ? "mlp.gate_proj.weight" : "feed_forward.w1.weight";
            case W2 -> huggingFace ? "mlp.down_proj.weight" : "feed_forward.w2.weight";
            case W3 -> huggingFace ? "mlp.up_proj.weight" : "feed_forward.w3.weight";
            default -> throw new IllegalArgumentException(kind + " is not a tensor of a layer");
        };
    }
}
