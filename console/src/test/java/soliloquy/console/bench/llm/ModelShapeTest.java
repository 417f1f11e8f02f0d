package soliloquy.console.bench.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import soliloquy.console.GuestTranscript;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.psnt.PsntFile;

/** Sums by hand from the default model's shape: dim 256, hidden 720, 24 layers, keys and values of 64, 8192 tokens. */
class ModelShapeTest {
    private static final int LAYERS = 24;

    @Test
    void theDefaultModelsWork() throws Exception {
        ModelShape shape;
        try (PsntFile file = DefaultModel.weights()) {
            shape = ModelShape.of(file);
        }
        assertThat(shape.stages().keySet()).containsExactly("q", "k", "v", "o", "gate", "up", "down", "logits");
        assertThat(shape.stages().get("q").macs()).isEqualTo(LAYERS * 256L * 256);
        assertThat(shape.stages().get("k").macs()).isEqualTo(LAYERS * 64L * 256);
        assertThat(shape.stages().get("v").macs()).isEqualTo(LAYERS * 64L * 256);
        assertThat(shape.stages().get("o").macs()).isEqualTo(LAYERS * 256L * 256);
        assertThat(shape.stages().get("gate").macs()).isEqualTo(LAYERS * 720L * 256);
        assertThat(shape.stages().get("up").macs()).isEqualTo(LAYERS * 720L * 256);
        assertThat(shape.stages().get("down").macs()).isEqualTo(LAYERS * 256L * 720);
        assertThat(shape.stages().get("logits").macs()).isEqualTo(8192L * 256);
        assertThat(shape.token().macs()).isEqualTo(19_300_352);
        // Q8: a byte for each weight and four for each row's scale; twelve layers have weights, and each is used twice.
        assertThat(shape.stages().get("q").bytes()).isEqualTo(LAYERS * (256L * 256 + 4 * 256));
        assertThat(shape.stages().get("down").bytes()).isEqualTo(LAYERS * (256L * 720 + 4 * 256));
        assertThat(shape.stages().get("logits").bytes()).isEqualTo(8192L * 256 + 4 * 8192);
    }

    @Test
    void theRooflineIsWorkByCycles() {
        ModelShape shape =
                new ModelShape(Map.of("q", new ModelShape.Work(1000, 500), "up", new ModelShape.Work(3000, 1500)));
        GuestTranscript.Stages counted =
                new GuestTranscript.Stages(2, Map.of("q", 2000L, "up", 4000L, "disc", 10_000L));
        Roofline roofline = Roofline.of(shape, counted);
        assertThat(roofline.stages().get("q").macsPerCycle()).isCloseTo(1, within(1e-12));
        assertThat(roofline.stages().get("up").macsPerCycle()).isCloseTo(1.5, within(1e-12));
        assertThat(roofline.stages().get("up").bytesPerCycle()).isCloseTo(0.75, within(1e-12));
        assertThat(roofline.matrices().macsPerCycle()).isCloseTo(4000 / 3000.0, within(1e-12));
        assertThat(roofline.token().macsPerCycle()).isCloseTo(0.5, within(1e-12));
        assertThat(roofline.token().intensity()).isCloseTo(2, within(1e-12));
        assertThat(roofline.token().roof()).isEqualTo(4);
        assertThat(new Roofline.Point(0.1, 0.4).roof()).isCloseTo(2, within(1e-12));
    }

    @Test
    void stagesThatAreNotToldAreNoPoints() {
        ModelShape shape = new ModelShape(Map.of("q", new ModelShape.Work(1000, 500)));
        Roofline roofline = Roofline.of(shape, new GuestTranscript.Stages(1, Map.of("q", 0L, "other", 100L)));
        assertThat(roofline.stages()).isEmpty();
        assertThat(roofline.matrices()).isNull();
        assertThat(roofline.token().macsPerCycle()).isCloseTo(10, within(1e-12));
        assertThat(Roofline.of(shape, null).token()).isNull();
        assertThat(Roofline.of(shape, new GuestTranscript.Stages(0, Map.of())).token())
                .isNull();
    }

    @Test
    void promptsHaveTheWantedLength() throws Exception {
        var tokenizer = DefaultModel.tokenizer();
        for (int tokens : new int[] {1, 5, 64, 200}) {
            assertThat(tokenizer.encodePrompt(PromptText.of(tokenizer, tokens))).hasSize(tokens);
        }
    }
}
