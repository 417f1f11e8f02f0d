package soliloquy.console.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.console.Autotest;
import soliloquy.console.AutotestCase;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.InputException;

/** Which guest programs are run, and how: what the commands that run suites have in common. */
final class SuiteOptions {
    @Parameters(paramLabel = "DIR", description = "Folder with guest programs, at any depth.")
    private Path folder;

    @Option(
            names = "--filter",
            paramLabel = "GLOB",
            description = "Run only programs whose path below DIR matches ('cpu/ee*/**'); without a / the file's name.")
    private String filter;

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

    /** The folder's own name. */
    String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /** How many consoles run at once. */
    int jobs() {
        return jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
    }

    Autotest autotest() {
        return new Autotest(timeout);
    }

    Autotest autotest(TimingProfile timing) {
        return new Autotest(timeout, timing);
    }

    /** The programs; {@link #check} comes first. */
    List<AutotestCase> tests() throws IOException {
        return AutotestCase.find(folder, filter);
    }

    void check() throws InputException {
        if (jobs != null && jobs < 1) {
            throw new InputException("--jobs is " + jobs + "; expected 1 or more");
        }
        if (!(timeout > 0)) {
            throw new InputException("--timeout is " + timeout + "; expected a number of seconds above 0");
        }
    }
}
