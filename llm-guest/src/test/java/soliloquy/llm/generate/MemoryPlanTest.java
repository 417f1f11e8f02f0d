package soliloquy.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** The same with a context that is too long for the console. */
    private static final ModelConfig LONG_STORIES = STORIES_110M.withContext(2048);

    /** SmolLM2-135M. */
    private static final ModelConfig SMOLLM2_135M =
            new ModelConfig(576, 1536, 30, 30, 9, 3, 49152, 2048, 0, 100000f, 1e-5f, true, false, false);

    @Test
    void theDefaultModelFitsWithItsEmbeddingInMemory() throws IOException {
        try (PsntFile file = DefaultModel.weights()) {
            MemoryPlan plan = MemoryPlan.of(EngineModel.of(file, 0, new byte[372_840]));
            assertThat(plan.embeddingResident()).isTrue();
            assertThat(plan.residentLayers()).isEqualTo(12);
            assertThat(plan.resident()).isTrue();
            assertThat(MemoryPlan.of(EngineModel.of(file, 0, new byte[372_840]), Residency.NONE)
                            .total())
                    .isLessThan(16 << 20);
        }
    }

    @Test
    void aContextThatCannotFitIsRefusedWithTheTableAndTheLargestOneThatCan() {
        EngineModel model = model(LONG_STORIES, PsntEncoding.Q4, 2048);
        assertThatThrownBy(() -> MemoryPlan.of(model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a context of ")
                .hasMessageContaining("key and value cache")
                .hasMessageContaining("ring ");
    }

    @Test
    void theContextThatTheRefusalNamesFitsAndTheNextOneDoesNot() {
        EngineModel model = model(LONG_STORIES, PsntEncoding.Q4, 2048);
        String message = message(model);
        int context = Integer.parseInt(message.replaceAll("(?s).*a context of (\\d+) .*", "$1"));
        assertThat(MemoryPlan.smallest(model(LONG_STORIES, PsntEncoding.Q4, context))
                        .fits())
                .isTrue();
        assertThat(MemoryPlan.smallest(model(LONG_STORIES, PsntEncoding.Q4, context + 1))
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
    void moreThan2064PositionsAreRefusedAndNobodyIsGivenThem() throws IOException {
        ModelConfig longer = soliloquy.llm.psnt.Models.heads(2, 1, 1, 4096, 4);
        byte[] bytes = soliloquy.llm.psnt.Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, longer), 1);
        try (PsntFile file = PsntFile.open("longer", new soliloquy.machine.MemoryChannel(bytes))) {
            assertThat(EngineModel.of(file, 2060, new byte[100]).positions()).isEqualTo(2064);
            assertThat(EngineModel.of(file, 0, new byte[100]).context()).isEqualTo(2060);
            assertThatThrownBy(() -> EngineModel.of(file, 2061, new byte[100]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("at most 2064 positions")
                    .hasMessageContaining("a context of 2060");
        }
    }

    @Test
    void headsTooWideForTheScratchpadAreRefused() throws IOException {
        ModelConfig wide = soliloquy.llm.psnt.Models.heads(514, 1, 1, 4, 0);
        byte[] bytes = soliloquy.llm.psnt.Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, wide), 1);
        try (PsntFile file = PsntFile.open("wide", new soliloquy.machine.MemoryChannel(bytes))) {
            assertThatThrownBy(() -> EngineModel.of(file, 0, new byte[100]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("heads of 514 numbers; at most 512");
        }
    }

    @Test
    void generatedSourcesHoldTheShapeAndAreTheSameEachTime() throws IOException {
        EngineModel model = model(SMOLLM2_135M, PsntEncoding.Q4, 64);
        Map<String, String> sources = EngineGenerator.generate(model);
        assertThat(sources.get("model.h"))
                .contains("#define MODEL_DIM 576 ")
                .contains("#define MODEL_CONTEXT 64 ")
                .contains("#define MODEL_SCORE_SCALE 0x3B38AA3Bu"); // 1 / (64 ln 2 sqrt(64))
        assertThat(EngineGenerator.generate(model)).isEqualTo(sources);
    }

    @Test
    void whoAsksForNoContextGetsTheModelsOwnWhereAllFits() throws IOException {
        try (PsntFile file = DefaultModel.weights()) {
            assertThat(EngineModel.of(file, 0, new byte[372_840]).context()).isEqualTo(512);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PsntEncoding.class,
            names = {"Q4", "TERNARY"})
    void theContextOfALargeModelIsTheLongestThatLeavesRoomForItsMatrices(PsntEncoding encoding) {
        for (ModelConfig config : List.of(STORIES_110M, SMOLLM2_135M)) {
            int context = DefaultContext.of(model(config, encoding, config.context()));
            assertThat(context).isPositive().isLessThan(config.context());
            assertThat(context % 64).isZero();
            assertThat(modest(model(config, encoding, context))).isTrue();
            assertThat(modest(model(config, encoding, context + 64))).isFalse();
        }
    }

    /**
     * Keys and values of a byte each, and a float for each head of 64 numbers, in 3/8 of what a program may have, and a batch of 64 beside the embedding
     * and one layer.
     */
    private static boolean modest(EngineModel model) {
        ModelConfig config = model.config();
        long cache = 2L * config.layers() * config.kvHeads() * (64 + 4) * model.context();
        return cache <= MemoryPlan.AVAILABLE / 8L * 3
                && MemoryPlan.streamingLayers(model, 64).fits();
    }

    @Test
    void aContextThatWasAskedForIsNotShortened() throws IOException {
        byte[] bytes = soliloquy.llm.psnt.Models.file(
                new PsntHeader(4, PsntEncoding.Q8, 0, soliloquy.llm.psnt.Models.plain()), 1);
        try (PsntFile file = PsntFile.open("plain", new soliloquy.machine.MemoryChannel(bytes))) {
            assertThat(EngineModel.of(file, 3, new byte[100]).context()).isEqualTo(3);
            int whole = file.header().config().context();
            assertThatThrownBy(() -> EngineModel.of(file, whole + 1, new byte[100]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("expected 1 to " + whole);
        }
    }

    @Test
    void layersStayInMemoryAsAskedFor() throws IOException {
        EngineModel model = model(STORIES_110M, PsntEncoding.TERNARY, 64);
        assertThat(MemoryPlan.of(model, Residency.NONE).residentLayers()).isZero();
        assertThat(MemoryPlan.of(model, Residency.parse("2")).residentLayers()).isEqualTo(2);
        assertThat(MemoryPlan.of(model, Residency.ALL).residentLayers()).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "some", "-1", "1.5", "12345", "all none"})
    void whatIsNoResidencyIsRefused(String text) {
        assertThatThrownBy(() -> Residency.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--resident is '" + text + "'; expected all, none or a number of layers");
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
