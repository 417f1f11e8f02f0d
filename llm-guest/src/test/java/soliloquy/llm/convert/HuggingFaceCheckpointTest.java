package soliloquy.llm.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.engine.IeeeArithmetic;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.machine.InputException;

/** Checkpoints in Hugging Face's layout, in one file and in shards. */
class HuggingFaceCheckpointTest {
    private static final String CONFIG = """
            {"model_type": "llama", "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3, "num_attention_heads": 4,
             "num_key_value_heads": 2, "head_dim": 6, "vocab_size": 50, "max_position_embeddings": 16, "rms_norm_eps": 1e-5,
             "rope_theta": 500.0, "tie_word_embeddings": false, "rope_scaling": null, "attention_bias": false, "hidden_act": "silu"}
            """;

    @TempDir
    private Path folder;

    @Test
    void theConvertedModelComputesWhatTheOriginalDoes() throws IOException {
        Map<String, TestCheckpoints.Stored> tensors = random();
        TestCheckpoints.write(folder, tensors, CONFIG);
        HalfSplitLlama original = new HalfSplitLlama(tensors, 24, 40, 3, 4, 2, 50, 500, 1e-5);
        Path out = folder.resolve("m.psn");
        ModelConverter.convert(folder, out, ModelConverter.Options.of(PsntEncoding.FLOAT32));
        int[] tokens = {3, 49, 0, 17, 17, 8};
        try (Checkpoint checkpoint = Checkpoint.open(out)) {
            ReferenceEngine engine = new ReferenceEngine(checkpoint, new IeeeArithmetic());
            for (int token : tokens) {
                engine.accept(token);
            }
            double[] expected = original.logits(tokens);
            for (int id = 0; id < expected.length; id++) {
                assertThat((double) engine.logits()[id]).isCloseTo(expected[id], within(1e-4));
            }
        }
    }

    @Test
    void shardsAreOneModel() throws IOException {
        Map<String, TestCheckpoints.Stored> tensors = random();
        TestCheckpoints.write(folder, tensors, CONFIG);
        Path whole = folder.resolve("whole.psn");
        ModelConverter.convert(folder, whole, ModelConverter.Options.of(PsntEncoding.Q8));
        Path shards = Files.createDirectory(folder.resolve("shards"));
        shards(shards, tensors);
        Path out = folder.resolve("sharded.psn");
        ModelConverter.convert(shards, out, ModelConverter.Options.of(PsntEncoding.Q8));
        assertThat(out).hasSameBinaryContentAs(whole);
    }

    @Test
    void damagedShardsAreNamed() throws IOException {
        shards(folder, random());
        Path index = folder.resolve("model.safetensors.index.json");
        String good = Files.readString(index);
        assertIndexRefused(index, good.replace("model-2.safetensors", "../model-2.safetensors"), "../model-2");
        assertIndexRefused(index, good.replace("model-2.safetensors", "model-9.safetensors"), "model-9");
        assertIndexRefused(index, good.replaceFirst("model-2", "model-1"), "has no tensor");
        assertIndexRefused(index, good.replaceFirst(",\"lm_head.weight\":\"[^\"]*\"", ""), "lm_head.weight");
        assertIndexRefused(index, "{}", "weight_map");
        assertIndexRefused(index, "{\"weight_map\": {\"a\": 5}}", "tensor a is in 5");
        Files.writeString(index, good);
        Path second = folder.resolve("model-2.safetensors");
        byte[] bytes = Files.readAllBytes(second);
        Files.write(second, java.util.Arrays.copyOf(bytes, bytes.length - 9));
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model-2.safetensors");
    }

    @Test
    void settingsThatTheEngineDoesNotKnowAreRefused() {
        String[][] settings = {
            {"\"attention_bias\": false", "\"attention_bias\": true", "attention_bias is true; expected false"},
            {"\"rope_scaling\": null", "\"rope_scaling\": {\"type\": \"linear\"}", "rope_scaling"},
            {"\"rope_scaling\": null", "\"rope_parameters\": {\"rope_type\": \"yarn\"}", "rope_parameters"},
            {"\"rope_scaling\": null", "\"mlp_bias\": true", "mlp_bias"},
            {"\"rope_scaling\": null", "\"sliding_window\": 4096", "sliding_window"},
            {"\"rope_scaling\": null", "\"quantization_config\": {}", "quantization_config"},
            {"\"silu\"", "\"gelu\"", "hidden_act"},
            {"\"head_dim\": 6", "\"head_dim\": 8", "head_dim 8"},
            {"\"model_type\": \"llama\"", "\"model_type\": \"gemma\"", "model_type"},
            {"\"vocab_size\": 50", "\"vocab_size\": 50, \"vocab_size\": 50", "Duplicate field"}
        };
        for (String[] setting : settings) {
            assertThatThrownBy(() -> {
                        TestCheckpoints.write(folder, random(), CONFIG.replace(setting[0], setting[1]));
                        Checkpoint.open(folder).close();
                    })
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("config.json")
                    .hasMessageContaining(setting[2]);
        }
    }

    @Test
    void everyTensorMustBeKnownAndThere() throws IOException {
        Map<String, TestCheckpoints.Stored> tensors = random();
        TestCheckpoints.add(tensors, "model.layers.0.self_attn.q_proj.bias", "F32", 24);
        assertConversionRefused(tensors, "tensor model.layers.0.self_attn.q_proj.bias is not part");
        tensors = random();
        TestCheckpoints.add(tensors, "model.layers.3.input_layernorm.weight", "F32", 24);
        assertConversionRefused(tensors, "tensor model.layers.3.input_layernorm.weight is not part");
        tensors = random();
        tensors.remove("model.layers.2.mlp.up_proj.weight");
        assertConversionRefused(tensors, "no tensor model.layers.2.mlp.up_proj.weight");
        tensors = random();
        TestCheckpoints.add(tensors, "model.layers.1.mlp.up_proj.weight", "F32", 24, 40);
        assertConversionRefused(tensors, "shape [24, 40]; expected [40, 24]");
        tensors = random();
        tensors.get("model.layers.1.mlp.up_proj.weight").values()[5 * 24 + 7] = Float.NaN;
        assertConversionRefused(tensors, "model.layers.1.mlp.up_proj.weight, row 5, column 7: weight NaN");
    }

    private void assertConversionRefused(Map<String, TestCheckpoints.Stored> tensors, String message)
            throws IOException {
        TestCheckpoints.write(folder, tensors, CONFIG);
        assertThatThrownBy(() -> ModelConverter.convert(
                        folder, folder.resolve("m.psn"), ModelConverter.Options.of(PsntEncoding.Q8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(message);
        assertThat(folder.resolve("m.psn")).doesNotExist();
    }

    private void assertIndexRefused(Path index, String text, String message) throws IOException {
        Files.writeString(index, text);
        assertThatThrownBy(() -> {
                    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
                        checkpoint.check();
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model.safetensors.index.json")
                .hasMessageContaining(message);
    }

    /** Two files and their index. */
    private static void shards(Path target, Map<String, TestCheckpoints.Stored> tensors) throws IOException {
        Files.writeString(target.resolve("config.json"), CONFIG);
        List<String> entries = new ArrayList<>();
        for (int shard = 1; shard <= 2; shard++) {
            Map<String, TestCheckpoints.Stored> part = new LinkedHashMap<>();
            int number = 0;
            for (Map.Entry<String, TestCheckpoints.Stored> tensor : tensors.entrySet()) {
                if (number++ % 2 + 1 == shard) {
                    part.put(tensor.getKey(), tensor.getValue());
                    entries.add("\"" + tensor.getKey() + "\":\"model-" + shard + ".safetensors\"");
                }
            }
            Files.write(target.resolve("model-" + shard + ".safetensors"), TestCheckpoints.safetensors(part));
        }
        Files.writeString(
                target.resolve("model.safetensors.index.json"),
                "{\"metadata\": {}, \"weight_map\": {" + String.join(",", entries) + "}}");
    }

    private static Map<String, TestCheckpoints.Stored> random() {
        Map<String, TestCheckpoints.Stored> tensors = new LinkedHashMap<>();
        TestCheckpoints.add(tensors, "model.embed_tokens.weight", "F32", 50, 24);
        for (int i = 0; i < 3; i++) {
            String layer = "model.layers." + i + ".";
            TestCheckpoints.add(tensors, layer + "self_attn.q_proj.weight", "F32", 24, 24);
            TestCheckpoints.add(tensors, layer + "self_attn.k_proj.weight", "F32", 12, 24);
            TestCheckpoints.add(tensors, layer + "self_attn.v_proj.weight", "F32", 12, 24);
            TestCheckpoints.add(tensors, layer + "self_attn.o_proj.weight", "F32", 24, 24);
            TestCheckpoints.add(tensors, layer + "mlp.gate_proj.weight", "F32", 40, 24);
            TestCheckpoints.add(tensors, layer + "mlp.up_proj.weight", "F32", 40, 24);
            TestCheckpoints.add(tensors, layer + "mlp.down_proj.weight", "F32", 24, 40);
            TestCheckpoints.add(tensors, layer + "input_layernorm.weight", "F32", 24);
            TestCheckpoints.add(tensors, layer + "post_attention_layernorm.weight", "F32", 24);
        }
        TestCheckpoints.add(tensors, "model.norm.weight", "F32", 24);
        TestCheckpoints.add(tensors, "lm_head.weight", "F32", 50, 24);
        Random random = new Random(5);
        tensors.values().forEach(tensor -> {
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] = (float) random.nextGaussian() * 0.3f;
            }
        });
        return tensors;
    }
}
