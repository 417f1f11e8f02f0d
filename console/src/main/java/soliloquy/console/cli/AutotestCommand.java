package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import soliloquy.console.AutotestCase;
import soliloquy.console.AutotestReport;
import soliloquy.console.ExitStatus;
import soliloquy.machine.WholeFile;

/** {@code soliloquy autotest}: runs a folder of guest programs against the texts that are expected of them. */
@Command(
        name = "autotest",
        mixinStandardHelpOptions = true,
        description = {
            "Boots every .elf and .irx below DIR headless and compares its console text with the .expected file beside it.",
            "CR LF, CR and LF end a line alike, and lines of the .expected file that begin with # are comments.",
        },
        footer = {"", "Exit status: 0 nothing failed; 2 something given was wrong; 5 a test failed or ran out of time."
        })
final class AutotestCommand implements Callable<Integer> {
    @Mixin
    private SuiteOptions suite;

    @Mixin
    private TimingOption timing;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
    private Path junit;

    @Override
    public Integer call() throws Exception {
        suite.check();
        WholeFile.check(junit);
        List<AutotestCase> tests = suite.tests();
        long start = System.nanoTime();
        AutotestReport report = suite.autotest(timing.profile()).run(tests, suite.jobs(), result -> {
            System.out.println(result.line());
            System.out.flush();
        });
        System.out.println(report.summary());
        System.err.printf(Locale.ROOT, "wall time %.2f s%n", (System.nanoTime() - start) / 1e9);
        if (junit != null) {
            report.writeJunit(junit, suite.name());
        }
        return report.failed() == 0 ? 0 : ExitStatus.TEST_FAILED;
    }
}
