package soliloquy.llm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.sample.TextGeneration;

/** Logits and texts against PyTorch's (golden.json, golden-logits.f32) and llama2.c's (stories260K.txt). */
class GoldenEngineTest {
    private static final float FP32_TOLERANCE = 1e-3f;

    /** Eight bits move unlikely tokens' logits further than likely ones'. */
    private static final float Q8_TOLERANCE = 0.75f;

    private static final float Q8_LIKELY_TOLERANCE = 0.1f;

    private static final double CLEAR_MARGIN = 0.01;

    /** Two likely logits, each off by as much as is tolerated, may change places below this. */
    private static final double Q8_MARGIN = 0.2;

    @Test
    void singlePrecisionLogitsArePyTorchs() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(TestMaterial.checkpoint())) {
            ReferenceEngine engine = new ReferenceEngine(checkpoint, new IeeeArithmetic());
            assertThat(largestError(engine)).isLessThan(FP32_TOLERANCE);
            for (JsonNode prompt : TestMaterial.golden().get("prompts")) {
                assertPrompt(engine, prompt, FP32_TOLERANCE, CLEAR_MARGIN);
            }
        }
    }

    @Test
    void eightBitLogitsStayCloseInBothArithmetics() throws IOException {
        for (Mode mode : Mode.values()) {
            try (Checkpoint checkpoint = DefaultModel.checkpoint()) {
                ReferenceEngine engine = new ReferenceEngine(checkpoint, mode.arithmetic());
                assertThat(largestError(engine)).as("%s", mode).isLessThan(Q8_TOLERANCE);
                for (JsonNode prompt : TestMaterial.golden().get("prompts")) {
                    assertPrompt(engine, prompt, Q8_LIKELY_TOLERANCE, Q8_MARGIN);
                }
            }
        }
    }

    @Test
    void storiesAreLlama2csOwn() throws IOException {
        Path folder = TestMaterial.stories260k();
        Generation story = TextGeneration.run(
                folder.resolve("stories260K.bin"),
                folder.resolve("tok512.bin"),
                null,
                200,
                SamplerSettings.GREEDY,
                Mode.IEEE,
                id -> {});
        assertThat(story.promptIds()).containsExactly(1);
        assertThat(story.text())
                .isEqualTo(Files.readString(folder.resolve("stories260K.txt")).stripTrailing());
        assertThat(story.end()).isEqualTo(Generation.End.TOKENS);
    }

    @Test
    void resettingForgetsTheText() throws IOException {
        try (Checkpoint checkpoint = DefaultModel.checkpoint()) {
            ReferenceEngine engine = new ReferenceEngine(checkpoint, new EeArithmetic());
            engine.accept(409);
            int[] first = engine.logitBits().clone();
            engine.accept(408);
            engine.reset();
            engine.accept(409);
            assertThat(engine.logitBits()).isEqualTo(first);
        }
    }

    /** The largest difference of any logit at any position of the second prompt. */
    private static float largestError(ReferenceEngine engine) throws IOException {
        int[] ids = TestMaterial.ids(TestMaterial.golden().at("/prompts/1/ids"));
        FloatBuffer expected = ByteBuffer.wrap(TestMaterial.resource("golden-logits.f32"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        assertThat(expected.remaining()).isEqualTo(ids.length * engine.config().vocabulary());
        engine.reset();
        float largest = 0;
        for (int id : ids) {
            engine.accept(id);
            for (float logit : engine.logits()) {
                largest = Math.max(largest, Math.abs(logit - expected.get()));
            }
        }
        return largest;
    }

    private static void assertPrompt(ReferenceEngine engine, JsonNode prompt, float tolerance, double margin) {
        engine.reset();
        for (int id : TestMaterial.ids(prompt.get("ids"))) {
            engine.accept(id);
        }
        float[] logits = engine.logits();
        for (JsonNode pair : prompt.get("last_logits_top20")) {
            assertThat(logits[pair.get(0).asInt()])
                    .as(prompt.get("text").asText())
                    .isCloseTo((float) pair.get(1).asDouble(), within(tolerance));
        }
        int[] greedy = TestMaterial.ids(prompt.get("greedy_ids"));
        for (int i = 0; i < greedy.length; i++) {
            if (prompt.get("greedy_margin").get(i).asDouble() > margin) {
                assertThat(best(engine.logits()))
                        .as("token %d after %s", i, prompt.get("text").asText())
                        .isEqualTo(greedy[i]);
            }
            // The original's text is followed, so every position is compared whatever happened before.
            engine.accept(greedy[i]);
        }
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            best = logits[id] > logits[best] ? id : best;
        }
        return best;
    }
}
