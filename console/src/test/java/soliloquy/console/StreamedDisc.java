package soliloquy.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import soliloquy.cdvd.IsoLayout;
import soliloquy.llm.build.DiscBuilder;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.llm.generate.Residency;

/** The default model with an engine that keeps no layer in memory: each token reads all of them from the disc. */
final class StreamedDisc {
    private final Path model;
    private final Path tokenizer;
    private final byte[] program;

    /** Compiles the engine in {@code folder}; the test is skipped without a compiler. */
    StreamedDisc(Path folder) throws IOException {
        assumeTrue(GuestBuilder.findCompiler().isPresent(), "needs " + GuestBuilder.COMPILER);
        model = Files.write(folder.resolve(DefaultModel.WEIGHTS), DefaultModel.bytes(DefaultModel.WEIGHTS));
        tokenizer = Files.write(folder.resolve(DefaultModel.TOKENIZER), DefaultModel.bytes(DefaultModel.TOKENIZER));
        EngineModel engine = EngineModel.of(model, tokenizer, 0);
        Path sources = Files.createDirectory(folder.resolve("engine"));
        program = Files.readAllBytes(GuestBuilder.build(engine, MemoryPlan.of(engine, Residency.NONE), sources));
    }

    /** What is on the disc, and where. */
    IsoLayout layout() throws IOException {
        return DiscBuilder.layout(program, model, tokenizer, "streamed\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** The disc, ready to boot. */
    BootMedium open() throws IOException {
        return BootMedium.ofDisc(layout().image(), "the streamed disc");
    }
}
