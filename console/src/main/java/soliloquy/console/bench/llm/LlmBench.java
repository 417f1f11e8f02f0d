package soliloquy.console.bench.llm;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import soliloquy.console.BootMedium;
import soliloquy.console.GuestTranscript;
import soliloquy.console.RunReport;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
import soliloquy.console.StopReason;
import soliloquy.ee.TimingProfile;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;

/** Measures models in the console, each with several drives and ways to count cycles. */
public final class LlmBench {
    private static final String PROMPT = "Once upon a time";
    private static final int HOST_TOKENS = 64;

    private final Settings settings;
    private final Path work;
    private final Consumer<String> progress;
    private final Map<Path, NativeModel.Figures> hostFigures = new HashMap<>();

    /**
     * What is measured.
     *
     * @param tokens of each story, 2 or more
     * @param promptTokens length of the long prompt, 0 to leave it out
     * @param timeoutSeconds wall time after which a run is given up
     */
    public record Settings(
            List<DiscSetting> discs, List<TimingProfile> timings, int tokens, int promptTokens, double timeoutSeconds) {
        /** Keeps its own copies. */
        public Settings {
            discs = List.copyOf(discs);
            timings = List.copyOf(timings);
        }
    }

    /**
     * @param work folder for programs; the caller removes it
     * @param progress is told what is being done
     */
    public LlmBench(Settings settings, Path work, Consumer<String> progress) {
        this.settings = settings;
        this.work = work;
        this.progress = progress;
    }

    /**
     * Measures a model.
     *
     * @throws InputException the model does not fit, or the guest ended with an error
     */
    public List<LlmRun> measure(BenchModel model) throws Exception {
        Tokenizer tokenizer = Tokenizer.open(model.tokenizer());
        ModelShape shape;
        try (PsntFile file = PsntFile.open(model.weights())) {
            shape = ModelShape.of(file);
        }
        progress.accept(model.name() + ": building its disc");
        BenchDisc disc = BenchDisc.of(model, work.resolve(model.name() + "-engine"));
        int[] prompt = tokenizer.encodePrompt(PROMPT);
        if (prompt.length + settings.tokens > disc.context()) {
            throw new InputException("--tokens is " + settings.tokens + "; with a prompt of " + prompt.length
                    + " tokens expected at most " + (disc.context() - prompt.length) + " for " + model.name()
                    + ", whose context is " + disc.context());
        }
        NativeModel.Figures host = onHost(model, prompt, disc.context());
        List<LlmRun> runs = new ArrayList<>();
        for (TimingProfile timing : settings.timings) {
            for (DiscSetting drive : settings.discs) {
                String what = model.name() + ", " + drive.label() + ", timing " + timing.label();
                progress.accept(what + ": " + settings.tokens + " tokens");
                RunReport report = run(disc, drive, timing, PROMPT, settings.tokens, what);
                LlmRun run = new LlmRun(model, drive, shape, report, null, host);
                runs.add(new LlmRun(model, drive, shape, report, longPrompt(tokenizer, disc, run, timing, what), host));
            }
        }
        return runs;
    }

    private NativeModel.Figures onHost(BenchModel model, int[] prompt, int context) throws Exception {
        NativeModel.Figures known = hostFigures.get(model.weights());
        if (known != null) {
            return known;
        }
        progress.accept(model.name() + ": on the host");
        Optional<NativeModel> program = NativeModel.build(model.weights(), work.resolve(model.name() + "-native"));
        if (program.isEmpty()) {
            progress.accept("gcc was not found on the PATH; the rate of the same model on the host is left out");
            return null;
        }
        int tokens = Math.min(HOST_TOKENS, context - prompt.length);
        NativeModel.Figures figures =
                program.get().generate(Arrays.stream(prompt).boxed().toList(), tokens);
        hostFigures.put(model.weights(), figures);
        return figures;
    }

    /** Null where the disc does not bound the reading of a prompt, or the guest does not tell its time. */
    private LlmRun.PromptFigures longPrompt(
            Tokenizer tokenizer, BenchDisc disc, LlmRun run, TimingProfile timing, String what) throws Exception {
        RunReport.Streaming streaming = run.report().disc().streaming();
        if (settings.promptTokens == 0 || streaming == null || run.disc() == DiscSetting.INSTANT) {
            return null;
        }
        int wanted = Math.min(settings.promptTokens, disc.context() - 1);
        progress.accept(what + ": a prompt of " + wanted + " tokens");
        RunReport report = run(disc, run.disc(), timing, PromptText.of(tokenizer, wanted), 1, what);
        GuestTranscript.Stages reading = report.stages().get("prompt");
        if (reading == null) {
            return null;
        }
        double seconds = Clocks.seconds(
                reading.cycles().values().stream().mapToLong(Long::longValue).sum());
        double pass = run.streamedBytesPerToken() / streaming.limitBytesPerSecond();
        return new LlmRun.PromptFigures(report.promptIds().size(), seconds, seconds / pass);
    }

    private RunReport run(
            BenchDisc disc, DiscSetting drive, TimingProfile timing, String prompt, int tokens, String what)
            throws Exception {
        RunRequest request = RunRequest.headless(
                List.of("--prompt", prompt, "--tokens", String.valueOf(tokens)),
                List.of(),
                settings.timeoutSeconds,
                timing,
                drive.profile(),
                List.of(),
                List.of());
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (BootMedium medium = BootMedium.ofDisc(disc.layout().image(), what)) {
            RunSession.Outcome outcome = RunSession.headless(request, medium, quiet, quiet);
            if (!outcome.reason().equals(new StopReason.Exited(0))) {
                throw new InputException(what + ": the run did not end as it should: " + ending(outcome));
            }
            return outcome.report();
        }
    }

    private static String ending(RunSession.Outcome outcome) {
        if (!outcome.guestErrors().isEmpty()) {
            return "the guest reports: " + String.join("; ", outcome.guestErrors());
        }
        return switch (outcome.reason()) {
            case StopReason.Crashed crashed -> "the guest crashed: " + crashed.summary();
            case StopReason.TimedOut timeout -> "it took longer than --timeout allows, " + timeout.seconds() + " s";
            default -> "the guest ended with status " + outcome.report().exitStatus();
        };
    }
}
