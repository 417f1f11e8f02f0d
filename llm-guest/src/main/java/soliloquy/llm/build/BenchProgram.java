package soliloquy.llm.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The guest program of the kernels that measure the emulator. */
public final class BenchProgram {
    /** Name of the program. */
    public static final String NAME = "BENCH.ELF";

    private static final String RESOURCE = "/soliloquy/llm/bench/" + NAME;

    private BenchProgram() {}

    /** The program as it comes with the emulator. */
    public static byte[] bytes() throws IOException {
        try (InputStream in = BenchProgram.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program's jar lacks " + RESOURCE);
            }
            return in.readAllBytes();
        }
    }

    /** Compiles the program in {@code directory}. */
    public static byte[] build(Path directory) throws IOException {
        return Files.readAllBytes(GuestBuilder.compile(GuestSources.bench(), directory, NAME));
    }
}
