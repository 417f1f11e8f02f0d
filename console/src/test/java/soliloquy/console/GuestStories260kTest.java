package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.build.DiscBuilder;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.TokenizerReader;

/** llama2.c's public test model, converted, compiled and run in the console, against the reference engine. */
class GuestStories260kTest {
    private static final int TOKENS = 200;
    private static final double TIMEOUT_SECONDS = 600;

    @Test
    void tellsWhatTheReferenceEngineTells(@TempDir Path folder) throws Exception {
        String material = System.getProperty("soliloquy.stories260k", "");
        assumeTrue(
                Files.isRegularFile(Path.of(material, "stories260K.bin")),
                "needs -Dsoliloquy.stories260k=DIR with stories260K.bin and tok512.bin of llama2.c");
        assumeTrue(GuestBuilder.findCompiler().isPresent(), "needs " + GuestBuilder.COMPILER);
        Path model = folder.resolve("MODEL.PSN");
        Path tokenizer = folder.resolve("TOKENIZR.BIN");
        ModelConverter.convert(Path.of(material, "stories260K.bin"), model, ModelConverter.Options.of(PsntEncoding.Q8));
        ModelConverter.convertTokenizer(TokenizerReader.read(Path.of(material, "tok512.bin")), tokenizer);
        byte[] program = Files.readAllBytes(
                GuestBuilder.build(EngineModel.of(model, tokenizer, 0), Files.createDirectory(folder.resolve("c"))));

        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        RunSession.Outcome guest;
        try (BootMedium medium = BootMedium.ofDisc(
                DiscBuilder.layout(program, model, tokenizer, "stories260K\n".getBytes(StandardCharsets.UTF_8))
                        .image(),
                "the test disc")) {
            List<String> words = List.of("--prompt", "", "--tokens", Integer.toString(TOKENS));
            guest = RunSession.headless(medium, words, TIMEOUT_SECONDS, quiet, quiet);
        }
        Generation reference =
                TextGeneration.run(model, tokenizer, "", TOKENS, SamplerSettings.GREEDY, Mode.EE, id -> {});
        assertThat(guest.reason()).isEqualTo(new StopReason.Exited(0));
        assertThat(guest.report().ids()).isEqualTo(reference.ids());
        assertThat(guest.report().text()).isEqualTo(reference.text()).startsWith("Once upon a time");
    }
}
