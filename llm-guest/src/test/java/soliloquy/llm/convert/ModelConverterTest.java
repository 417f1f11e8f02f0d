package soliloquy.llm.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.psnt.Models;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

class ModelConverterTest {
    @TempDir
    private Path folder;

    @Test
    void float32KeepsEveryWeight() throws IOException {
        TestCheckpoints.write(folder, TestCheckpoints.huggingFace(), TestCheckpoints.HUGGING_FACE_CONFIG);
        Path out = folder.resolve("m.psn");
        ModelConverter.convert(folder, out, ModelConverter.Options.of(PsntEncoding.FLOAT32));
        try (Checkpoint original = Checkpoint.open(folder);
                Checkpoint converted = Checkpoint.open(out)) {
            assertThat(converted.config()).isEqualTo(original.config());
            for (TensorKind kind : TensorKind.values()) {
                if (kind.present(original.config(), 0)) {
                    assertThat(converted.read(kind, 0).values())
                            .isEqualTo(original.read(kind, 0).values());
                }
            }
        }
    }

    @Test
    void aPsntFileGoesToAnotherVersionAndBack() throws IOException {
        PsntHeader header = new PsntHeader(3, PsntEncoding.Q4, 0, Models.everything());
        Path v3 = Files.write(folder.resolve("v3.psn"), Models.file(header, 4));
        Path v4 = folder.resolve("v4.psn");
        Path back = folder.resolve("back.psn");
        assertThat(ModelConverter.convert(v3, v4, new ModelConverter.Options(null, 4, 0))
                        .encoding())
                .isEqualTo(PsntEncoding.Q4);
        ModelConverter.convert(v4, back, new ModelConverter.Options(null, 3, 0));
        assertThat(back).hasSameBinaryContentAs(v3);
        assertThat(ModelInfo.describe(v4)).contains("2 unique").contains("layers.1.w2");
    }

    @Test
    void theContextCanBeCapped() throws IOException {
        TestCheckpoints.write(folder, TestCheckpoints.huggingFace(), TestCheckpoints.HUGGING_FACE_CONFIG);
        Path out = folder.resolve("m.psn");
        ModelConverter.convert(folder, out, new ModelConverter.Options(PsntEncoding.Q8, 4, 5));
        try (Checkpoint converted = Checkpoint.open(out)) {
            assertThat(converted.config().context()).isEqualTo(5);
        }
    }

    @Test
    void afterAFailureNothingIsLeft() throws IOException {
        Map<String, TestCheckpoints.Stored> tensors = TestCheckpoints.huggingFace();
        tensors.remove("lm_head.weight");
        TestCheckpoints.write(folder, tensors, TestCheckpoints.HUGGING_FACE_CONFIG);
        Path out = folder.resolve("m.psn");
        Files.writeString(out, "what stood here before");
        assertThatThrownBy(() -> ModelConverter.convert(
                        folder.resolve("model.safetensors"), out, ModelConverter.Options.of(PsntEncoding.Q8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lm_head.weight");
        assertThat(out).hasContent("what stood here before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        TestCheckpoints.write(folder, TestCheckpoints.huggingFace(), TestCheckpoints.HUGGING_FACE_CONFIG);
        assertThatThrownBy(() -> ModelConverter.convert(
                        folder.resolve("model.safetensors"),
                        folder.resolve("no/such/folder.psn"),
                        ModelConverter.Options.of(PsntEncoding.Q8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder for it");
    }

    @Test
    void theDefaultModelIsTheConvertedCheckpoint() throws IOException {
        Path checkpoint = TestMaterial.checkpoint();
        Path out = folder.resolve("MODEL.PSN");
        ModelConverter.convert(checkpoint, out, ModelConverter.Options.of(PsntEncoding.Q8));
        assertThat(out).hasBinaryContent(DefaultModel.bytes(DefaultModel.WEIGHTS));
    }

    @Test
    void theDefaultModelIsWhole() throws IOException {
        Path copy = Files.write(folder.resolve("MODEL.PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
        assertThat(ModelInfo.describe(copy)).contains("10,706,776").contains("24 on 12 unique");
        assertThat(new String(DefaultModel.bytes(DefaultModel.CARD), java.nio.charset.StandardCharsets.US_ASCII))
                .contains("Apache License");
    }
}
