package soliloquy.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.machine.InputException;

class MemoryPlanTest {
    /** TinyLlama 110M: 12 layers of 768 with as many key heads as query heads. */
    private static final ModelConfig STORIES_110M =
            new ModelConfig(768, 2048, 12, 12, 12, 12, 32000, 1024, 0, 10000f, 1e-5f, true, false, false);

    /** SmolLM2-135M. */
    private static final ModelConfig SMOLLM2_135M =
            new ModelConfig(576, 1536, 30, 30, 9, 3, 49152, 2048, 0, 100000f, 1e-5f, true, false, false);

    @Test
    void theDefaultModelFitsWithItsEmbeddingInMemory() throws IOException {
        try (PsntFile file = DefaultModel.weights()) {
            MemoryPlan plan = MemoryPlan.of(EngineModel.of(file, 0, new byte[372_840]));
            assertThat(plan.embeddingResident()).isTrue();
            assertThat(plan.total()).isLessThan(16 << 20);
        }
    }

    @Test
    void aContextThatCannotFitIsRefusedWithTheTableAndTheLargestOneThatCan() {
        EngineModel model = model(STORIES_110M, PsntEncoding.Q4, 1024);
        assertThatThrownBy(() -> MemoryPlan.of(model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a context of ")
                .hasMessageContaining("key and value cache")
                .hasMessageContaining("ring w2");
    }

    @Test
    void theContextThatTheRefusalNamesFitsAndTheNextOneDoesNot() {
        EngineModel model = model(STORIES_110M, PsntEncoding.Q4, 1024);
        String message = message(model);
        int context = Integer.parseInt(message.replaceAll("(?s).*a context of (\\d+) .*", "$1"));
        assertThat(MemoryPlan.smallest(model(STORIES_110M, PsntEncoding.Q4, context))
                        .fits())
                .isTrue();
        assertThat(MemoryPlan.smallest(model(STORIES_110M, PsntEncoding.Q4, context + 1))
                        .fits())
                .isFalse();
    }

    @Test
    void aLargeVocabularyIsStreamed() throws IOException {
        MemoryPlan plan = MemoryPlan.of(model(SMOLLM2_135M, PsntEncoding.Q8, 256));
        assertThat(plan.outputResident()).isFalse();
        assertThat(plan.fits()).isTrue();
    }

    @Test
    void rowsTooLongForSumsOf32BitsAreRefused() throws IOException {
        ModelConfig wide = new ModelConfig(16, 2066, 1, 1, 2, 2, 8, 8, 0, 10000f, 1e-5f, true, false, false);
        byte[] bytes = soliloquy.llm.psnt.Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, wide), 1);
        try (PsntFile file = PsntFile.open("wide", new soliloquy.machine.MemoryChannel(bytes))) {
            assertThatThrownBy(() -> EngineModel.of(file, 0, new byte[100]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("2066 columns; at most 2064");
        }
    }

    @Test
    void generatedSourcesHoldTheShapeAndAreTheSameEachTime() throws IOException {
        EngineModel model = model(SMOLLM2_135M, PsntEncoding.Q4, 64);
        Map<String, String> sources = EngineGenerator.generate(model);
        assertThat(sources.get("model.h"))
                .contains("#define MODEL_DIM 576 ")
                .contains("#define MODEL_CONTEXT 64 ")
                .contains("#define MODEL_SCORE_SCALE 0x3E000000u"); // 1 / sqrt(64)
        assertThat(EngineGenerator.generate(model)).isEqualTo(sources);
    }

    private static String message(EngineModel model) {
        try {
            MemoryPlan.of(model);
            return "";
        } catch (InputException e) {
            return e.getMessage();
        }
    }

    private static EngineModel model(ModelConfig config, PsntEncoding encoding, int context) {
        PsntHeader header = new PsntHeader(4, encoding, 0, config);
        return new EngineModel(header, PsntLayout.of(header).tensors(), context, 1 << 20, 0);
    }
}
