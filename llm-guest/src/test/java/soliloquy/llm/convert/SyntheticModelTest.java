package soliloquy.llm.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.llm.engine.IeeeArithmetic;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.llm.tokenizer.DiscTokenizer;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.llm.tokenizer.TokenizerFile;
import soliloquy.llm.tokenizer.TokenizerReader;
import soliloquy.machine.InputException;

class SyntheticModelTest {
    @TempDir
    private Path folder;

    /** Sizes that the published demo states for its converted models, in MiB. */
    @ParameterizedTest
    @CsvSource({"BRANDON_TINY_10M, 3, Q8, 10.4", "STORIES110M, 1, TERNARY, 26.5", "SMOLLM2_135M, 3, Q4, 77"})
    void theShapesHaveThePublishedSizes(SyntheticShape shape, int version, PsntEncoding encoding, double mebibytes) {
        long bytes = PsntLayout.of(new PsntHeader(version, encoding, 0, shape.config()))
                .fileBytes();
        assertThat(bytes / 1048576.0).isCloseTo(mebibytes, within(0.5));
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        Path first = synthesize(SyntheticShape.STORIES260K, 7, "a.psn");
        assertThat(synthesize(SyntheticShape.STORIES260K, 7, "b.psn")).hasSameBinaryContentAs(first);
        assertThat(java.nio.file.Files.mismatch(synthesize(SyntheticShape.STORIES260K, 8, "c.psn"), first))
                .isNotNegative();
        assertThat(ModelInfo.describe(first)).contains("synthetic");
        try (PsntCheckpoint checkpoint = (PsntCheckpoint) Checkpoint.open(first)) {
            assertThat(checkpoint.file().header().synthetic()).isTrue();
        }
        Path again = folder.resolve("again.psn");
        assertThat(ModelConverter.convert(first, again, new ModelConverter.Options(PsntEncoding.Q4, 4, 0))
                        .synthetic())
                .isTrue();
    }

    @Test
    void weightsHaveTheirDeviationAndLogitsSpread() throws IOException {
        for (SyntheticShape shape :
                new SyntheticShape[] {SyntheticShape.STORIES260K, SyntheticShape.BRANDON_TINY_10M}) {
            SyntheticCheckpoint checkpoint = new SyntheticCheckpoint(shape.config(), 3);
            assertThat(deviation(checkpoint.read(TensorKind.WQ, 0).values()))
                    .isCloseTo(1 / Math.sqrt(shape.config().dim()), within(0.01));
            ReferenceEngine engine = new ReferenceEngine(checkpoint, new IeeeArithmetic());
            float[] before = null;
            for (int token = 0; token < 6; token++) {
                engine.accept(token * 31 + 3);
                float[] logits = engine.logits();
                assertThat(deviation(logits)).isBetween(0.5, 8.0);
                assertThat(logits).isNotEqualTo(before);
                before = logits;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTokenizerHasTheModelsSizeAndEncodesEverything(SyntheticShape shape) throws IOException {
        TokenizerFile file = shape.tokenizer();
        assertThat(file.pieces()).hasSize(shape.config().vocabulary());
        Tokenizer tokenizer = Tokenizer.of(TokenizerReader.read("TOKENIZR.BIN", DiscTokenizer.write(file)));
        String text = "The quick brown fox, 12 caf\u00e9s and \u65e5\u672c \ud83d\ude00 <tag>\tend";
        int[] ids = tokenizer.encode(text);
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
        assertThat(tokenizer.encode("the rest of the stone"))
                .as("merges are used")
                .hasSizeLessThan(21);
        assertThat(Arrays.stream(ids).max().orElseThrow())
                .isLessThan(shape.config().vocabulary());
    }

    @Test
    void namesAreChecked() throws IOException {
        assertThat(SyntheticShape.of("smollm2-135m")).isEqualTo(SyntheticShape.SMOLLM2_135M);
        assertThatThrownBy(() -> SyntheticShape.of("gpt-5"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("brandon-tiny-10m, stories260k, stories110m, smollm2-135m");
        assertThatThrownBy(() -> ModelConverter.requireMatch(
                        SyntheticShape.SMOLLM2_135M.tokenizer(), SyntheticShape.STORIES260K.config()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("49152 pieces; expected at most 512");
    }

    private Path synthesize(SyntheticShape shape, long seed, String name) throws IOException {
        Path out = folder.resolve(name);
        ModelConverter.convert(
                new SyntheticCheckpoint(shape.config(), seed), out, ModelConverter.Options.of(PsntEncoding.Q8));
        return out;
    }

    private static double deviation(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return Math.sqrt(squares / values.length - mean * mean);
    }
}
