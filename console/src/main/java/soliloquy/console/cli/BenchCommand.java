package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import soliloquy.console.AutotestCase;
import soliloquy.console.AutotestReport;
import soliloquy.console.AutotestResult;
import soliloquy.console.ExitStatus;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy bench}: measures the emulator on the host. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description = "Measures the emulator, and the language models in it.",
        subcommands = {BenchCommand.Suite.class, BenchEe.class, BenchDebug.class, BenchLlm.class})
final class BenchCommand {
    private BenchCommand() {}

    /** {@code soliloquy bench suite}: how long a suite of guest programs takes. */
    @Command(
            name = "suite",
            mixinStandardHelpOptions = true,
            description =
                    "Runs the programs below DIR as 'autotest' does, several times, and tells how long that takes.",
            footer = {"", "Exit status: 0 all rounds passed; 2 something given was wrong; 5 a test failed in a round."})
    static final class Suite implements Callable<Integer> {
        private static final int SLOWEST_TOLD = 5;

        @Mixin
        private SuiteOptions suite;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                description = "How often (default: ${DEFAULT-VALUE}); the first round also warms the JVM up.")
        private int rounds = 3;

        @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
        private Path json;

        private record Round(double seconds, AutotestReport report) {}

        @Override
        public Integer call() throws Exception {
            suite.check();
            if (rounds < 1) {
                throw new InputException("--rounds is " + rounds + "; expected 1 or more");
            }
            int consoles = suite.jobs();
            WholeFile.check(json);
            List<AutotestCase> tests = suite.tests();
            List<Round> done = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                long start = System.nanoTime();
                AutotestReport report = suite.autotest().run(tests, consoles, result -> {});
                done.add(new Round((System.nanoTime() - start) / 1e9, report));
                System.out.printf(
                        Locale.ROOT, "round %d   %6.2f s   %s%n", round, done.getLast().seconds, report.summary());
            }
            System.out.printf(Locale.ROOT, "median    %6.2f s   %d consoles at once%n", median(done), consoles);
            slowest(done.getLast())
                    .forEach(result -> System.out.printf(
                            Locale.ROOT,
                            "          %6.2f s   %s%n",
                            result.seconds(),
                            result.test().name()));
            if (json != null) {
                WholeFile.write(json, report(done, consoles));
            }
            return done.stream().allMatch(round -> round.report.failed() == 0) ? 0 : ExitStatus.TEST_FAILED;
        }

        private static double median(List<Round> rounds) {
            double[] sorted =
                    rounds.stream().mapToDouble(Round::seconds).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        /** Of the last round, when the JVM is warm. */
        private static List<AutotestResult> slowest(Round round) {
            return round.report.results().stream()
                    .sorted(Comparator.comparingDouble(AutotestResult::seconds).reversed())
                    .limit(SLOWEST_TOLD)
                    .toList();
        }

        private static byte[] report(List<Round> rounds, int consoles) throws java.io.IOException {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode root = mapper.createObjectNode();
            root.put("jobs", consoles);
            root.put("median_seconds", median(rounds));
            ArrayNode all = root.putArray("rounds");
            for (Round round : rounds) {
                ObjectNode node = all.addObject()
                        .put("seconds", round.seconds)
                        .put("passed", round.report.passed())
                        .put("failed", round.report.failed())
                        .put("skipped", round.report.skipped());
                ObjectNode programs = node.putObject("programs");
                round.report
                        .results()
                        .forEach(result -> programs.put(result.test().name(), result.seconds()));
            }
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        }
    }
}
