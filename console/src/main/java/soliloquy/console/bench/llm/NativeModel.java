package soliloquy.console.bench.llm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import soliloquy.console.bench.HostCompiler;
import soliloquy.llm.build.GuestSources;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;

/** A model as a C program of the host, one thread: the limit for any emulation on this computer. */
public final class NativeModel {
    private static final List<String> COMPILE = List.of("gcc", "-O3", "-march=native", "-std=gnu11");

    private final Path program;
    private final Path weights;

    private NativeModel(Path program, Path weights) {
        this.program = program;
        this.weights = weights;
    }

    /**
     * What the program did.
     *
     * @param tokensPerSecond of processor time, tokens after the first, the median of several runs
     * @param ids what it chose, greedily
     */
    public record Figures(double tokensPerSecond, List<Integer> ids) {
        /** Keeps its own copy. */
        public Figures {
            ids = List.copyOf(ids);
        }

        /** How many of {@code others}, from the first on, are the same. */
        int agreeing(List<Integer> others) {
            int same = 0;
            while (same < others.size() && same < ids.size() && others.get(same).equals(ids.get(same))) {
                same++;
            }
            return same;
        }
    }

    /**
     * Compiles the program for the shape of the model in {@code weights}.
     *
     * @param weights a PSNT file of version 4
     * @param folder for source and program
     * @return empty if there is no gcc
     */
    public static Optional<NativeModel> build(Path weights, Path folder) throws IOException, InterruptedException {
        GuestSources.write(GuestSources.hostModel(), folder);
        List<String> command = new ArrayList<>(COMPILE);
        try (PsntFile file = PsntFile.open(weights)) {
            command.addAll(shape(file));
        }
        command.addAll(List.of("-o", "model", "bench/native.c", "-lm"));
        if (!HostCompiler.run(command, folder, "the model")) {
            return Optional.empty();
        }
        return Optional.of(new NativeModel(folder.resolve("model"), weights));
    }

    private static List<String> shape(PsntFile file) {
        ModelConfig config = file.config();
        int flags = (config.sharedOutput() ? 1 : 0) | (config.denseFormer() ? 2 : 0) | (config.valueResidual() ? 4 : 0);
        return List.of(
                "-DDIM=" + config.dim(),
                "-DHIDDEN=" + config.hiddenDim(),
                "-DLAYERS=" + config.layers(),
                "-DUNIQUE=" + config.uniqueLayers(),
                "-DHEADS=" + config.heads(),
                "-DKV_HEADS=" + config.kvHeads(),
                "-DVOCABULARY=" + config.vocabulary(),
                "-DREGISTERS=" + config.registers(),
                "-DCONTEXT=" + config.context(),
                "-DQUANT=" + file.header().encoding().code(),
                "-DFLAGS=" + flags);
    }

    /**
     * Goes on from a prompt.
     *
     * @param tokens 2 or more; with the prompt no more than the model's context
     */
    public Figures generate(List<Integer> prompt, int tokens) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), weights.toAbsolutePath().toString(), String.valueOf(tokens)));
        prompt.forEach(id -> command.add(String.valueOf(id)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the model on the host ended with status " + process.exitValue() + ": " + text);
        }
        List<String> lines = text.lines().toList();
        return new Figures(
                Double.parseDouble(lines.getFirst()),
                lines.stream().skip(1).map(Integer::valueOf).toList());
    }
}
