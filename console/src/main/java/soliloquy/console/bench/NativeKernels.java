package soliloquy.console.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import soliloquy.llm.build.GuestSources;

/** The same kernels compiled by the host's gcc -O2. */
public final class NativeKernels {
    private static final List<String> COMPILE = List.of(
            "gcc",
            "-O2",
            "-std=gnu11",
            "-ffp-contract=off",
            "-DHOST",
            "-o",
            "kernels",
            "bench/host.c",
            "bench/kernels.c");

    /**
     * One kernel on the host.
     *
     * @param checksum what it computed
     * @param nanos processor time of one run, the median of several samples
     */
    public record Figures(int checksum, double nanos) {}

    private final Path directory;

    private NativeKernels(Path directory) {
        this.directory = directory;
    }

    /**
     * Compiles the kernels in {@code directory}.
     *
     * @return empty if there is no gcc
     */
    public static Optional<NativeKernels> build(Path directory) throws IOException, InterruptedException {
        GuestSources.write(GuestSources.hostBench(), directory);
        if (!HostCompiler.run(COMPILE, directory, "the kernels")) {
            return Optional.empty();
        }
        return Optional.of(new NativeKernels(directory));
    }

    /** Runs one kernel. */
    public Figures measure(Kernel kernel) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(directory.resolve("kernels").toString(), String.valueOf(kernel.ordinal()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .trim()
                .split(" ", -1);
        if (process.waitFor() != 0 || words.length != 2) {
            throw new IOException("the host's kernel " + kernel.label() + " ended with status " + process.exitValue());
        }
        return new Figures(Integer.parseUnsignedInt(words[0], 16), Double.parseDouble(words[1]));
    }
}
