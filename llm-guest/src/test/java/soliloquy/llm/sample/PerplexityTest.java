package soliloquy.llm.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.convert.Progress;
import soliloquy.llm.convert.SyntheticCheckpoint;
import soliloquy.llm.convert.SyntheticShape;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.InputException;

class PerplexityTest {
    @TempDir
    private Path folder;

    /** perplexity.json: PyTorch's figures of the same text, each document alone, its first 192 tokens. */
    @Test
    void itIsPyTorchs() throws IOException {
        Path checkpoint = TestMaterial.checkpoint();
        JsonNode expected = new ObjectMapper()
                .readTree(checkpoint.resolve("perplexity.json").toFile());
        Tokenizer tokenizer = Tokenizer.open(checkpoint.resolve("tokenizer.model"));
        List<int[]> chunks = TextChunks.of(checkpoint.resolve("val.txt"), tokenizer, "\n<|doc|>\n", 192, 0);
        double wanted = expected.at("/perplexity_on_val_txt/fp32").asDouble();
        assertThat(Perplexity.measure(checkpoint, Mode.IEEE, chunks, Progress.silent())
                        .value())
                .isCloseTo(wanted, within(0.001 * wanted));
    }

    @Test
    void divergenceIsItsDefinition() {
        float[] p = {(float) Math.log(0.5), (float) Math.log(0.25), (float) Math.log(0.25)};
        float[] q = {(float) Math.log(0.25), (float) Math.log(0.25), (float) Math.log(0.5)};
        // 0.5 ln 2 + 0.25 ln 1 + 0.25 ln 0.5
        assertThat(Distribution.divergence(p, q)).isCloseTo(0.25 * Math.log(2), within(1e-6));
        assertThat(Distribution.divergence(p, p)).isZero();
        assertThat(Distribution.logSum(new float[] {1000, 1000})).isCloseTo(1000 + Math.log(2), within(1e-9));
        assertThat(Distribution.best(new float[] {1, 3, 3})).isEqualTo(1);
    }

    @Test
    void fewerBitsAreFartherAway() throws IOException {
        SyntheticCheckpoint weights = new SyntheticCheckpoint(SyntheticShape.STORIES260K.config(), 5);
        Path reference = folder.resolve("fp32.psn");
        ModelConverter.convert(weights, reference, ModelConverter.Options.of(PsntEncoding.FLOAT32));
        Path text = Files.writeString(folder.resolve("text.txt"), "One day the cat sat on the mat. ".repeat(8));
        Tokenizer tokenizer = Tokenizer.of(SyntheticShape.STORIES260K.tokenizer());
        List<int[]> chunks = TextChunks.of(text, tokenizer, null, 40, 100);
        assertThat(Perplexity.predicted(chunks)).isEqualTo(100);
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk[0]).isEqualTo(1))
                .hasSize(3);
        double before = 0;
        try (Comparison comparison = Comparison.with(reference, Mode.IEEE, chunks, Progress.silent())) {
            Comparison.Result same = comparison.compare(reference, Mode.IEEE, Progress.silent());
            assertThat(same.divergence()).isZero();
            assertThat(same.agreement()).isEqualTo(1);
            assertThat(same.perplexity()).isEqualTo(comparison.reference());
            for (PsntEncoding encoding : new PsntEncoding[] {PsntEncoding.Q8, PsntEncoding.Q4, PsntEncoding.TERNARY}) {
                Path model = folder.resolve(encoding + ".psn");
                ModelConverter.convert(weights, model, ModelConverter.Options.of(encoding));
                Comparison.Result result = comparison.compare(model, Mode.IEEE, Progress.silent());
                assertThat(result.divergence()).as(encoding.toString()).isGreaterThan(before);
                before = result.divergence();
            }
            Path other = Files.write(folder.resolve("MODEL.PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
            assertThatThrownBy(() -> comparison.compare(other, Mode.IEEE, Progress.silent()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("vocabulary of 8192; expected 512");
        }
    }

    @Test
    void textsAreChecked() throws IOException {
        Tokenizer tokenizer = Tokenizer.of(SyntheticShape.STORIES260K.tokenizer());
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xFF, 'a'});
        assertThatThrownBy(() -> TextChunks.of(bytes, tokenizer, null, 40, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not UTF-8");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertThatThrownBy(() -> TextChunks.of(empty, tokenizer, null, 40, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no two tokens");
    }
}
