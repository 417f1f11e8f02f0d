package soliloquy.llm.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes small checkpoints. */
final class TestCheckpoints {
    private TestCheckpoints() {}

    /** A tensor to be stored. */
    @SuppressWarnings("ArrayRecordComponent")
    record Stored(String type, int[] shape, float[] values) {}

    /** The bytes of a safetensors file. */
    static byte[] safetensors(Map<String, Stored> tensors) {
        ObjectNode header = new ObjectMapper().createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        ByteBuffer data = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        tensors.forEach((name, tensor) -> {
            ObjectNode entry = header.putObject(name);
            entry.put("dtype", tensor.type);
            for (int size : tensor.shape) {
                entry.withArray("shape").add(size);
            }
            entry.withArray("data_offsets").add(data.position());
            for (float value : tensor.values) {
                switch (tensor.type) {
                    case "F16" -> data.putShort(Float.floatToFloat16(value));
                    case "BF16" -> data.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                    default -> data.putFloat(value);
                }
            }
            entry.withArray("data_offsets").add(data.position());
        });
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + json.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
        return out.putLong(json.length).put(json).put(data.flip()).array();
    }

    /** A one-layer Hugging Face Llama: dim 8, two heads of 4, one of them for keys, hidden 6, vocabulary 10. */
    static Map<String, Stored> huggingFace() {
        Map<String, Stored> tensors = new LinkedHashMap<>();
        String layer = "model.layers.0.";
        add(tensors, "model.embed_tokens.weight", "F32", 10, 8);
        add(tensors, layer + "self_attn.q_proj.weight", "F32", 8, 8);
        add(tensors, layer + "self_attn.k_proj.weight", "F16", 4, 8);
        add(tensors, layer + "self_attn.v_proj.weight", "BF16", 4, 8);
        add(tensors, layer + "self_attn.o_proj.weight", "F32", 8, 8);
        add(tensors, layer + "mlp.gate_proj.weight", "F32", 6, 8);
        add(tensors, layer + "mlp.up_proj.weight", "F32", 6, 8);
        add(tensors, layer + "mlp.down_proj.weight", "F32", 8, 6);
        add(tensors, layer + "input_layernorm.weight", "F32", 8);
        add(tensors, layer + "post_attention_layernorm.weight", "F32", 8);
        add(tensors, "model.norm.weight", "F32", 8);
        add(tensors, "lm_head.weight", "F32", 10, 8);
        return tensors;
    }

    static final String HUGGING_FACE_CONFIG = """
            {"hidden_size": 8, "intermediate_size": 6, "num_hidden_layers": 1, "num_attention_heads": 2,
             "num_key_value_heads": 1, "vocab_size": 10, "max_position_embeddings": 16, "rms_norm_eps": 1e-6,
             "rope_theta": 100000, "tie_word_embeddings": false}
            """;

    /** Small whole numbers: exact in every stored type, value = row * 8 + column modulo 64. */
    static void add(Map<String, Stored> tensors, String name, String type, int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        float[] values = new float[count];
        int columns = shape[shape.length - 1];
        for (int i = 0; i < count; i++) {
            values[i] = (i / columns * 8 + i % columns) % 64;
        }
        tensors.put(name, new Stored(type, shape, values));
    }

    /** Writes model.safetensors and config.json. */
    static Path write(Path folder, Map<String, Stored> tensors, String config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        return Files.write(folder.resolve("model.safetensors"), safetensors(tensors));
    }

    /** A llama2.c checkpoint whose tensors hold 0, 1, 2, ... in file order. */
    static byte[] llama2c(int vocabulary) {
        int rows = Math.abs(vocabulary);
        int norms = 4 * 5;
        int matrices = 2 * (4 * 4 * 2 + 2 * 4 * 2 + 3 * 6 * 4);
        int numbers = rows * 4 + norms + matrices + 2 * 3 + (vocabulary < 0 ? rows * 4 : 0);
        ByteBuffer out = ByteBuffer.allocate(28 + 4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
        for (int field : new int[] {4, 6, 2, 2, 1, vocabulary, 3}) {
            out.putInt(field);
        }
        for (int i = 0; i < numbers; i++) {
            out.putFloat(i);
        }
        return out.array();
    }
}
