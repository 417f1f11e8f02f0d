package soliloquy.console.bench.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.sample.TextGeneration;

/** The C of the host against the reference engine in single precision, on the default model in every encoding. */
class NativeModelTest {
    private static final int TOKENS = 24;
    private static final int MOST = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void itChoosesWhatTheReferenceEngineChooses(PsntEncoding encoding) throws Exception {
        Path own = Files.write(folder.resolve("OWN.PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
        Path weights = folder.resolve(DefaultModel.WEIGHTS);
        ModelConverter.convert(own, weights, ModelConverter.Options.of(encoding));
        Path tokenizer =
                Files.write(folder.resolve(DefaultModel.TOKENIZER), DefaultModel.bytes(DefaultModel.TOKENIZER));
        Optional<NativeModel> host = NativeModel.build(weights, folder);
        Assumptions.assumeTrue(host.isPresent(), "skipped: there is no gcc on the PATH");
        Generation reference =
                TextGeneration.run(weights, tokenizer, null, TOKENS, SamplerSettings.GREEDY, Mode.IEEE, id -> {});
        NativeModel.Figures figures =
                host.get().generate(reference.promptIds(), reference.ids().size());
        assertThat(figures.ids()).hasSameSizeAs(reference.ids());
        // Activations have 14 bits here and 24 there: near a tie another token may be chosen.
        assertThat(figures.agreeing(reference.ids()))
                .isGreaterThanOrEqualTo(Math.min(MOST, reference.ids().size()));
        assertThat(figures.tokensPerSecond()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = PsntEncoding.class, names = "Q8")
    void whatDoesNotFitTheContextIsRefused(PsntEncoding encoding) throws Exception {
        Path weights = Files.write(folder.resolve(encoding + ".PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
        Optional<NativeModel> host = NativeModel.build(weights, folder);
        Assumptions.assumeTrue(host.isPresent(), "skipped: there is no gcc on the PATH");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> host.get().generate(List.of(1), 513))
                .hasMessageContaining("context");
    }
}
