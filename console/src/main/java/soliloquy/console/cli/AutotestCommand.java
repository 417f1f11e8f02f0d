package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.console.Autotest;
import soliloquy.console.AutotestCase;
import soliloquy.console.AutotestReport;
import soliloquy.console.ExitStatus;
import soliloquy.machine.InputException;
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
    @Parameters(paramLabel = "DIR", description = "Folder with guest programs, at any depth.")
    private Path folder;

    @Option(
            names = "--filter",
            paramLabel = "GLOB",
            description = "Run only programs whose path below DIR matches ('cpu/ee*/**'); without a / the file's name.")
    private String filter;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
    private Path junit;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Consoles at once (default: as many as there are processors).")
    private Integer jobs;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Wall time for each test (default: ${DEFAULT-VALUE}).")
    private double timeout = 60;

    @Override
    public Integer call() throws Exception {
        if (jobs != null && jobs < 1) {
            throw new InputException("--jobs is " + jobs + "; expected 1 or more");
        }
        if (!(timeout > 0)) {
            throw new InputException("--timeout is " + timeout + "; expected a number of seconds above 0");
        }
        WholeFile.check(junit);
        List<AutotestCase> tests = AutotestCase.find(folder, filter);
        long start = System.nanoTime();
        AutotestReport report = new Autotest(timeout)
                .run(tests, jobs == null ? Runtime.getRuntime().availableProcessors() : jobs, result -> {
                    System.out.println(result.line());
                    System.out.flush();
                });
        System.out.println(report.summary());
        System.err.printf(Locale.ROOT, "wall time %.2f s%n", (System.nanoTime() - start) / 1e9);
        if (junit != null) {
            report.writeJunit(
                    junit, String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
        }
        return report.failed() == 0 ? 0 : ExitStatus.TEST_FAILED;
    }
}
