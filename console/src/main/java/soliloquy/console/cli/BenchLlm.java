package soliloquy.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.console.bench.llm.BenchModel;
import soliloquy.console.bench.llm.BenchModels;
import soliloquy.console.bench.llm.DiscSetting;
import soliloquy.console.bench.llm.LlmBench;
import soliloquy.console.bench.llm.LlmBenchChart;
import soliloquy.console.bench.llm.LlmBenchJson;
import soliloquy.console.bench.llm.LlmBenchText;
import soliloquy.console.bench.llm.LlmRun;
import soliloquy.console.bench.llm.UnavailableModelException;
import soliloquy.ee.TimingProfile;
import soliloquy.llm.generate.Residency;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy bench llm}: models in the console, and what bounds them. */
@Command(
        name = "llm",
        mixinStandardHelpOptions = true,
        description = {
            "Runs language models in the console with several drives and tells, for each: guest time to the first token, tokens a"
                    + " second in guest and in wall time, what a token's time goes to, what was read from the disc, and the rate of"
                    + " the same model as C on this computer (gcc -O3, one thread).",
            "Believe guest figures of --timing cache and wall figures of --timing pipeline."
        },
        footer = {"", "Exit status: 0 measured; 2 something given was wrong."})
final class BenchLlm implements Callable<Integer> {
    private static final List<String> ALL_DISCS =
            Arrays.stream(DiscSetting.values()).map(DiscSetting::label).toList();
    private static final List<String> QUICK_DISCS = List.of(DiscSetting.DVD4.label(), DiscSetting.INSTANT.label());
    private static final int TOKENS = 8;
    private static final int QUICK_TOKENS = 3;
    private static final int PROMPT_TOKENS = 64;
    private static final int MOST_TOKENS = 100_000;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE.PSN",
            description = "Only this model; may be given several times. A file has its TOKENIZR.BIN beside it.")
    private List<String> names = List.of();

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Folder with checkpoints of others: stories260K.bin and tok512.bin, stories110M.bin and"
                    + " tokenizer.bin, SmolLM2-135M/. Without them, random weights in their shapes.")
    private Path models;

    @Option(
            names = "--disc",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "cd24,dvd4,instant",
            description = "Drives to measure with (default: all three).")
    private List<String> discs;

    @Option(
            names = "--timing",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "cache,pipeline",
            description = "How EE cycles are counted; several give rows of their own (default: cache).")
    private List<String> timings = List.of(TimingProfile.CACHE.label());

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description =
                    "Tokens of each story, 2 or more (default: " + TOKENS + ", with --quick " + QUICK_TOKENS + ").")
    private Integer tokens;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "Length of the long prompt that is read where weights are streamed, 0 for none (default: "
                    + PROMPT_TOKENS + ", with --quick 0).")
    private Integer promptTokens;

    @Option(
            names = "--resident",
            paramLabel = "all|none|N",
            description = "Layers that stay in memory, instead of what each model of the list has.")
    private String resident;

    @Option(
            names = "--quick",
            description =
                    "The default model, in memory and streamed, with two drives and few tokens: less than a minute.")
    private boolean quick;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Wall time after which a run is given up (default: ${DEFAULT-VALUE}).")
    private double timeout = 3600;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    @Option(
            names = "--chart",
            paramLabel = "FILE.svg",
            description = "Write a picture: the stages of a token for each run, and the EE's roofline.")
    private Path chart;

    @Override
    public Integer call() throws Exception {
        LlmBench.Settings settings = settings();
        Residency kept = resident == null ? null : Residency.parse(resident);
        WholeFile.check(json);
        WholeFile.check(chart);
        if (models != null && !Files.isDirectory(models)) {
            throw new InputException(models + " is not a folder; --models takes one with checkpoints");
        }
        List<LlmRun> runs = new ArrayList<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        try (TemporaryFolder work = new TemporaryFolder()) {
            BenchModels list = new BenchModels(models, work.path());
            LlmBench bench = new LlmBench(settings, work.path(), BenchLlm::progress);
            for (String name : chosen()) {
                try {
                    BenchModel model = list.open(name);
                    runs.addAll(bench.measure(kept == null ? model : list.keeping(model, kept)));
                } catch (InputException e) {
                    if (!names.isEmpty() || !(e instanceof UnavailableModelException) && quick) {
                        throw e;
                    }
                    progress(e.getMessage());
                    skipped.put(name, e.getMessage());
                }
            }
        }
        if (runs.isEmpty()) {
            throw new InputException("none of the models could be measured; the lines above say why");
        }
        System.out.print(LlmBenchText.of(runs));
        if (json != null) {
            WholeFile.write(json, LlmBenchJson.of(runs, skipped));
        }
        if (chart != null) {
            WholeFile.write(chart, LlmBenchChart.of(runs).getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }

    private List<String> chosen() {
        if (!names.isEmpty()) {
            return names;
        }
        return quick ? List.of(BenchModels.DEFAULT, BenchModels.DEFAULT_STREAMED) : BenchModels.names();
    }

    private LlmBench.Settings settings() throws InputException {
        int count = tokens != null ? tokens : quick ? QUICK_TOKENS : TOKENS;
        if (count < 2 || count > MOST_TOKENS) {
            throw new InputException("--tokens is " + count + "; expected 2 to " + MOST_TOKENS
                    + ", so that there are tokens after the first");
        }
        int prompt = promptTokens != null ? promptTokens : quick ? 0 : PROMPT_TOKENS;
        if (prompt < 0 || prompt > MOST_TOKENS) {
            throw new InputException("--prompt-tokens is " + prompt + "; expected 0 to " + MOST_TOKENS);
        }
        if (!(timeout > 0)) {
            throw new InputException("--timeout is " + timeout + "; expected a number of seconds above 0");
        }
        List<DiscSetting> drives = new ArrayList<>();
        for (String name : discs != null ? discs : quick ? QUICK_DISCS : ALL_DISCS) {
            drives.add(DiscSetting.of(name));
        }
        List<TimingProfile> profiles = new ArrayList<>();
        for (String name : timings) {
            profiles.add(timing(name));
        }
        return new LlmBench.Settings(drives, profiles, count, prompt, timeout);
    }

    private static TimingProfile timing(String name) throws InputException {
        for (TimingProfile profile : TimingProfile.values()) {
            if (profile.label().equals(name.toLowerCase(Locale.ROOT))) {
                return profile;
            }
        }
        throw new InputException("--timing has '" + name + "'; expected one of "
                + Arrays.stream(TimingProfile.values())
                        .map(profile -> "'" + profile.label() + "'")
                        .collect(Collectors.joining(", ")));
    }

    private static void progress(String what) {
        System.err.println("soliloquy: " + what);
    }
}
