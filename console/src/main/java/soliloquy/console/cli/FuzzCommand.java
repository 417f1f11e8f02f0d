package soliloquy.console.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.console.ExitStatus;
import soliloquy.ee.DifferentialFuzzer;
import soliloquy.machine.InputException;

/** {@code soliloquy fuzz}: looks for programs that interpreter and recompiler execute differently. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Runs random programs on the interpreter and on the recompiler and compares registers, memory and clock.",
            "Prints the shortest form of each program on which they differ, and the seed that makes it."
        },
        footer = {"", "Exit status: 0 no difference; 2 something given was wrong; 5 a difference was found."})
final class FuzzCommand implements Callable<Integer> {
    private static final int TELL_EVERY = 1000;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "Programs to run; 0 to go on until interrupted (default: ${DEFAULT-VALUE}).")
    private long cases = 10_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws Exception {
        if (cases < 0) {
            throw new InputException("--cases is " + cases + "; expected 0 or more");
        }
        DifferentialFuzzer fuzzer = new DifferentialFuzzer();
        long start = System.nanoTime();
        long failures = 0;
        for (long done = 0; cases == 0 || done < cases; done++) {
            if (done % TELL_EVERY == 0 && done > 0) {
                tell(done, fuzzer, start);
            }
            DifferentialFuzzer.Failure failure = fuzzer.run(seed + done);
            if (failure != null) {
                failures++;
                System.out.println("seed " + failure.seed() + " " + failure.report());
            }
        }
        tell(cases, fuzzer, start);
        System.out.printf("%d programs, %d differ%n", cases, failures);
        return failures == 0 ? 0 : ExitStatus.TEST_FAILED;
    }

    private static void tell(long done, DifferentialFuzzer fuzzer, long start) {
        System.err.printf(
                Locale.ROOT,
                "%d programs, %d regions compiled, %.0f s%n",
                done,
                fuzzer.regionsCompiled(),
                (System.nanoTime() - start) / 1e9);
    }
}
