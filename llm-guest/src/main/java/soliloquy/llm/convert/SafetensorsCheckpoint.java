package soliloquy.llm.convert;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/** A safetensors checkpoint with brandon-tiny's or Hugging Face Llama's tensor names, and its config.json. */
public final class SafetensorsCheckpoint implements Checkpoint {
    private final SafetensorsFile file;
    private final ModelConfig config;
    private final boolean huggingFace;

    private SafetensorsCheckpoint(SafetensorsFile file, ModelConfig config, boolean huggingFace) {
        this.file = file;
        this.config = config;
        this.huggingFace = huggingFace;
    }

    /** Opens a {@code .safetensors} file; config.json stands beside it. */
    public static SafetensorsCheckpoint open(Path path) throws IOException {
        ConfigJson json = ConfigJson.read(path.resolveSibling("config.json"));
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            SafetensorsFile file = SafetensorsFile.open(path.getFileName().toString(), channel);
            String gate = "layers.0.feed_forward.w1.weight";
            int hidden = file.has(gate) ? (int) file.entry(gate).rows() : -1;
            return new SafetensorsCheckpoint(file, json.config(hidden), json.huggingFace());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String format() {
        return huggingFace ? "safetensors, Hugging Face Llama" : "safetensors, brandon-tiny";
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public FloatTensor read(TensorKind kind, int layer) throws IOException {
        int rows = kind.rows(config, 0);
        int columns = kind.columns(config);
        return switch (kind) {
            case ATTENTION_NORM, FFN_NORM -> norms(kind, columns);
            case WQ -> interleaved(layerTensor(kind, layer, rows, columns), config.heads());
            case WK -> interleaved(layerTensor(kind, layer, rows, columns), config.kvHeads());
            case WV, WO, W1, W2, W3 -> layerTensor(kind, layer, rows, columns);
            default -> file.read(modelName(kind), rows, columns);
        };
    }

    private FloatTensor norms(TensorKind kind, int columns) throws IOException {
        float[] all = new float[config.uniqueLayers() * columns];
        for (int layer = 0; layer < config.uniqueLayers(); layer++) {
            layerTensor(kind, layer, 1, columns).row(0, all, layer * columns);
        }
        return new FloatTensor(config.uniqueLayers(), columns, all);
    }

    /** A unique layer's tensor; where several logical layers store it, they must agree. */
    private FloatTensor layerTensor(TensorKind kind, int uniqueLayer, int rows, int columns) throws IOException {
        String suffix = layerName(kind);
        FloatTensor found = null;
        String foundName = null;
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = (huggingFace ? "model.layers." : "layers.") + layer + "." + suffix;
            if (config.uniqueLayer(layer) != uniqueLayer || !file.has(name)) {
                continue;
            }
            FloatTensor tensor = file.read(name, rows, columns);
            if (found != null && !Arrays.equals(found.values(), tensor.values())) {
                throw new InputException(file.name() + ": " + foundName + " and " + name
                        + " differ; expected the same weights in both, because the blocks are shared");
            }
            found = tensor;
            foundName = name;
        }
        if (found != null) {
            return found;
        }
        String alias = "_unique_layers." + uniqueLayer + "." + suffix;
        String expected = (huggingFace ? "model.layers." : "layers.")
                + uniqueLayer * config.layers() / config.uniqueLayers() + "." + suffix;
        return file.read(file.has(alias) ? alias : expected, rows, columns);
    }

    /** Hugging Face splits a head's rows into halves, real parts first; here pairs stand side by side. */
    private FloatTensor interleaved(FloatTensor tensor, int heads) {
        if (!huggingFace) {
            return tensor;
        }
        int columns = tensor.columns();
        int half = tensor.rows() / heads / 2;
        float[] values = new float[tensor.values().length];
        for (int row = 0; row < tensor.rows(); row++) {
            int head = row / (2 * half);
            int inHead = row % (2 * half);
            int from = head * 2 * half + (inHead % 2) * half + inHead / 2;
            System.arraycopy(tensor.values(), from * columns, values, row * columns, columns);
        }
        return new FloatTensor(tensor.rows(), columns, values);
    }

    private String modelName(TensorKind kind) {
        return switch (kind) {
            case EMBEDDING -> huggingFace ? "model.embed_tokens.weight" : "tok_embeddings.weight";
            case NORM -> huggingFace ? "model.norm.weight" : "norm.weight";
            case OUTPUT -> huggingFace ? "lm_head.weight" : "output.weight";
            case REGISTERS -> "register_tokens";
            case DENSEFORMER -> "dwa_weights";
            default -> throw new IllegalArgumentException(kind + " is not one tensor of a checkpoint");
        };
    }

    private String layerName(TensorKind kind) {
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

    @Override
    public void close() throws IOException {
        file.close();
    }
}
