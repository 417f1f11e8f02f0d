package soliloquy.llm.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.machine.InputException;

/** config.json of brandon-tiny models and of Hugging Face Llama models. */
final class ConfigJson {
    private final String name;
    private final JsonNode root;

    private ConfigJson(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /** Reads a file. */
    static ConfigJson read(Path path) throws IOException {
        return new ConfigJson(path.getFileName().toString(), JsonFile.read(path));
    }

    /** Names as Hugging Face writes them, not as brandon-tiny does. */
    boolean huggingFace() {
        return root.has("hidden_size");
    }

    /** The shape; {@code hiddenDim} is used where the file has none. */
    ModelConfig config(int hiddenDim) throws InputException {
        ModelConfig config = huggingFace() ? huggingFaceConfig() : brandonConfig(hiddenDim);
        if (config.fault() != null) {
            throw new InputException(name + ": " + config.fault());
        }
        return config;
    }

    private ModelConfig brandonConfig(int hiddenDim) throws InputException {
        int layers = integer("n_layers", -1);
        int heads = integer("n_heads", -1);
        boolean shared = flag("block_sharing", false);
        return new ModelConfig(
                integer("dim", -1),
                integer("hidden_dim", hiddenDim),
                layers,
                shared ? (layers + 1) / 2 : layers,
                heads,
                integer("n_kv_heads", heads),
                integer("vocab_size", -1),
                integer("max_seq_len", -1),
                integer("n_registers", 0),
                real("rope_theta", ModelConfig.DEFAULT_ROPE_THETA),
                real("norm_eps", ModelConfig.DEFAULT_NORM_EPS),
                flag("weight_tying", true),
                flag("dense_former", false),
                flag("value_residual", false));
    }

    private ModelConfig huggingFaceConfig() throws InputException {
        refuseWhatTheEngineCannotDo();
        int heads = integer("num_attention_heads", -1);
        int layers = integer("num_hidden_layers", -1);
        int dim = integer("hidden_size", -1);
        if (root.hasNonNull("head_dim") && (long) integer("head_dim", -1) * heads != dim) {
            throw new InputException(name + ": head_dim " + root.get("head_dim") + " with hidden_size " + dim + " and "
                    + heads + " heads; expected hidden_size / num_attention_heads, the engine knows no other width");
        }
        return new ModelConfig(
                dim,
                integer("intermediate_size", -1),
                layers,
                layers,
                heads,
                integer("num_key_value_heads", heads),
                integer("vocab_size", -1),
                integer("max_position_embeddings", -1),
                0,
                (float) root.path("rope_parameters")
                        .path("rope_theta")
                        .asDouble(real("rope_theta", ModelConfig.DEFAULT_ROPE_THETA)),
                real("rms_norm_eps", ModelConfig.DEFAULT_NORM_EPS),
                flag("tie_word_embeddings", false),
                false,
                false);
    }

    /** Settings that change the forward pass in ways the engine does not know. */
    private void refuseWhatTheEngineCannotDo() throws InputException {
        String type = root.path("model_type").asText("llama");
        refuse(!type.equals("llama") && !type.equals("mistral"), "model_type", "llama");
        refuse(!root.path("hidden_act").asText("silu").equals("silu"), "hidden_act", "silu");
        refuse(root.hasNonNull("rope_scaling"), "rope_scaling", "none");
        String rope = root.path("rope_parameters").path("rope_type").asText("default");
        refuse(!rope.equals("default"), "rope_parameters", "rope_type default");
        refuse(root.path("rope_interleaved").asBoolean(false), "rope_interleaved", "false");
        refuse(root.path("partial_rotary_factor").asDouble(1) != 1, "partial_rotary_factor", "1");
        refuse(root.path("attention_bias").asBoolean(false), "attention_bias", "false");
        refuse(root.path("mlp_bias").asBoolean(false), "mlp_bias", "false");
        refuse(
                root.hasNonNull("sliding_window")
                        && root.path("use_sliding_window").asBoolean(true),
                "sliding_window",
                "none");
        refuse(root.hasNonNull("quantization_config"), "quantization_config", "none");
    }

    private void refuse(boolean found, String key, String expected) throws InputException {
        if (found) {
            throw new InputException(name + ": " + key + " is " + root.get(key) + "; expected " + expected
                    + ", the engine knows nothing else");
        }
    }

    private int integer(String key, int fallback) throws InputException {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            if (fallback < 0) {
                throw new InputException(name + " has no " + key + "; expected a number");
            }
            return fallback;
        }
        if (!node.canConvertToExactIntegral() || !node.canConvertToInt()) {
            throw new InputException(name + ": " + key + " is " + node + "; expected a whole number");
        }
        return node.asInt();
    }

    private float real(String key, float fallback) throws InputException {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isNumber()) {
            throw new InputException(name + ": " + key + " is " + node + "; expected a number");
        }
        return (float) node.asDouble();
    }

    private boolean flag(String key, boolean fallback) throws InputException {
        JsonNode node = root.path(key);
        if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
            throw new InputException(name + ": " + key + " is " + node + "; expected true or false");
        }
        return node.asBoolean(fallback);
    }
}
