package soliloquy.llm.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

class CheckpointTest {
    @TempDir
    private Path folder;

    @Test
    void huggingFaceHalvesBecomePairs() throws IOException {
        TestCheckpoints.write(folder, TestCheckpoints.huggingFace(), TestCheckpoints.HUGGING_FACE_CONFIG);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.config())
                    .isEqualTo(new ModelConfig(8, 6, 1, 1, 2, 1, 10, 16, 0, 100000f, 1e-6f, false, false, false));
            // A head's rows 0 1 | 2 3 (halves) stand as 0 2 1 3 (pairs); row r begins with 8 r.
            assertThat(firstColumn(checkpoint.read(TensorKind.WQ, 0))).containsExactly(0, 16, 8, 24, 32, 48, 40, 56);
            assertThat(firstColumn(checkpoint.read(TensorKind.WK, 0))).as("F16").containsExactly(0, 16, 8, 24);
            assertThat(firstColumn(checkpoint.read(TensorKind.WV, 0)))
                    .as("BF16")
                    .containsExactly(0, 8, 16, 24);
            assertThat(firstColumn(checkpoint.read(TensorKind.W2, 0))).hasSize(8);
            assertThat(checkpoint.read(TensorKind.ATTENTION_NORM, 0).values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(checkpoint.read(TensorKind.OUTPUT, 0).rows()).isEqualTo(10);
        }
    }

    @Test
    void sharedBlocksAreFoundUnderEveryName() throws IOException {
        String config = """
                {"dim": 4, "n_layers": 2, "n_heads": 1, "vocab_size": 3, "hidden_dim": 2, "max_seq_len": 4,
                 "block_sharing": true, "n_registers": 2, "dense_former": true}
                """;
        Map<String, TestCheckpoints.Stored> tensors = new LinkedHashMap<>();
        TestCheckpoints.add(tensors, "layers.0.attention.wv.weight", "F32", 4, 4);
        TestCheckpoints.add(tensors, "layers.1.attention.wv.weight", "F32", 4, 4);
        TestCheckpoints.add(tensors, "_unique_layers.0.attention.wo.weight", "F32", 4, 4);
        TestCheckpoints.add(tensors, "register_tokens", "F32", 1, 2, 4);
        TestCheckpoints.add(tensors, "dwa_weights", "F32", 2, 3);
        TestCheckpoints.write(folder, tensors, config);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.config().uniqueLayers()).isEqualTo(1);
            assertThat(firstColumn(checkpoint.read(TensorKind.WV, 0))).containsExactly(0, 8, 16, 24);
            assertThat(firstColumn(checkpoint.read(TensorKind.WO, 0))).containsExactly(0, 8, 16, 24);
            assertThat(firstColumn(checkpoint.read(TensorKind.REGISTERS, 0))).containsExactly(0, 8);
            assertThat(firstColumn(checkpoint.read(TensorKind.DENSEFORMER, 0))).containsExactly(0, 8);
            assertThatThrownBy(() -> checkpoint.read(TensorKind.W1, 0))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no tensor layers.0.feed_forward.w1.weight");
        }
        tensors.get("layers.1.attention.wv.weight").values()[5] = 99;
        TestCheckpoints.write(folder, tensors, config);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThatThrownBy(() -> checkpoint.read(TensorKind.WV, 0))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("differ");
        }
    }

    @Test
    void llama2cTensorsStandInTheirPublishedOrder() throws IOException {
        try (Checkpoint checkpoint = Llama2cCheckpoint.open("m.bin", new MemoryChannel(TestCheckpoints.llama2c(5)))) {
            assertThat(checkpoint.config())
                    .isEqualTo(new ModelConfig(4, 6, 2, 2, 2, 1, 5, 3, 0, 10000f, 1e-5f, true, false, false));
            assertThat(checkpoint.read(TensorKind.EMBEDDING, 0).values()[0]).isZero();
            assertThat(checkpoint.read(TensorKind.ATTENTION_NORM, 0).values())
                    .startsWith(20f)
                    .hasSize(8);
            assertThat(checkpoint.read(TensorKind.WQ, 1).values()).startsWith(28f + 16);
            assertThat(checkpoint.read(TensorKind.WK, 0).values()).startsWith(60f);
            assertThat(checkpoint.read(TensorKind.WV, 0).values()).startsWith(76f);
            assertThat(checkpoint.read(TensorKind.WO, 0).values()).startsWith(92f);
            assertThat(checkpoint.read(TensorKind.FFN_NORM, 0).values()).startsWith(124f);
            assertThat(checkpoint.read(TensorKind.W1, 0).values()).startsWith(132f);
            assertThat(checkpoint.read(TensorKind.W2, 0).values()).startsWith(180f);
            assertThat(checkpoint.read(TensorKind.W3, 1).values()).startsWith(228f + 24);
            assertThat(checkpoint.read(TensorKind.NORM, 0).values()).startsWith(276f);
        }
        try (Checkpoint own = Llama2cCheckpoint.open("m.bin", new MemoryChannel(TestCheckpoints.llama2c(-5)))) {
            assertThat(own.config().sharedOutput()).isFalse();
            assertThat(own.read(TensorKind.OUTPUT, 0).values()).startsWith(286f).hasSize(20);
        }
    }

    @Test
    void whatIsNoModelIsNamed() throws IOException {
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("holds no model");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none.psn"))).hasMessageContaining("is not there");
        Path text = Files.writeString(folder.resolve("notes.bin"), "not a model at all, just a text of some length");
        assertThatThrownBy(() -> Checkpoint.open(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("notes.bin");
    }

    private static float[] firstColumn(FloatTensor tensor) {
        float[] column = new float[tensor.rows()];
        for (int row = 0; row < column.length; row++) {
            column[row] = tensor.values()[row * tensor.columns()];
        }
        return column;
    }
}
