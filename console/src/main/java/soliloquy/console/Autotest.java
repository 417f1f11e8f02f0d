package soliloquy.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import soliloquy.bios.Boot;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.InputException;

/** Boots guest programs headless, each in a console of its own, and compares what they print with what is expected of them. */
public final class Autotest {
    /** A text longer than this differs from any expected one; what follows is not kept. */
    private static final int LONGEST_TEXT = 16 << 20;

    /** What a console takes of the heap: its memories, decoded code and what its guest prints. */
    private static final long CONSOLE_BYTES = 80 << 20;

    private final double timeoutSeconds;
    private final TimingProfile timing;

    /**
     * @param timeoutSeconds wall time after which a test has failed
     */
    public Autotest(double timeoutSeconds) {
        this(timeoutSeconds, TimingProfile.PIPELINE);
    }

    /**
     * @param timeoutSeconds wall time after which a test has failed
     * @param timing how EE cycles are counted
     */
    public Autotest(double timeoutSeconds, TimingProfile timing) {
        this.timeoutSeconds = timeoutSeconds;
        this.timing = timing;
    }

    /**
     * Runs {@code tests}, at most {@code jobs} at once, and no more than the heap has room for.
     *
     * @param done told of each result in the order of {@code tests}, as soon as it and those before it are there
     */
    public AutotestReport run(List<AutotestCase> tests, int jobs, Consumer<AutotestResult> done)
            throws InterruptedException {
        AutotestReport report = new AutotestReport();
        ExecutorService consoles = Executors.newFixedThreadPool(
                atOnce(jobs), Thread.ofPlatform().daemon().name("autotest-", 0).factory());
        try {
            List<Future<AutotestResult>> results =
                    tests.stream().map(test -> consoles.submit(() -> run(test))).toList();
            for (Future<AutotestResult> result : results) {
                report.add(result.get());
                done.accept(result.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an autotest ended without a result", e.getCause());
        } finally {
            consoles.shutdownNow();
        }
        return report;
    }

    private static int atOnce(int jobs) {
        return Math.clamp(Runtime.getRuntime().maxMemory() / CONSOLE_BYTES, 1, jobs);
    }

    /** Runs one test. */
    public AutotestResult run(AutotestCase test) {
        if (test.expected() == null) {
            return new AutotestResult(test, new AutotestResult.Skipped(), 0, "", "");
        }
        long start = System.nanoTime();
        Collected printed = new Collected();
        Collected messages = new Collected();
        AutotestResult.Verdict verdict;
        try {
            verdict = verdict(test, printed, messages);
        } catch (InputException e) {
            verdict = new AutotestResult.Failed(e.getMessage());
        } catch (IOException e) {
            verdict = new AutotestResult.Failed("could not be read: " + e);
        } catch (OutOfMemoryError e) {
            verdict = new AutotestResult.Failed("there is no memory for another console; use a smaller --jobs");
        } catch (Exception | StackOverflowError e) {
            verdict = new AutotestResult.Failed("an error of the emulator itself: " + e);
        }
        return new AutotestResult(test, verdict, (System.nanoTime() - start) / 1e9, printed.text(), messages.text());
    }

    private AutotestResult.Verdict verdict(AutotestCase test, Collected printed, Collected messages) throws Exception {
        AutotestText expected = AutotestText.expected(Files.readAllBytes(test.expected()));
        RunSession.Outcome outcome;
        try (BootMedium medium = BootMedium.ofProgram(Boot.fromFile(test.program()))) {
            outcome = RunSession.headless(medium, timing, timeoutSeconds, printed.stream(), messages.stream());
        }
        String difference = expected.difference(AutotestText.printed(printed.toByteArray()));
        return switch (outcome.reason()) {
            case StopReason.TimedOut timeout ->
                new AutotestResult.TimedOut(
                        timeoutSeconds,
                        "not at its end after %s s of wall time%s".formatted(timeoutSeconds, appended(difference)));
            case StopReason.Crashed crashed -> {
                messages.writeBytes(crashed.report().getBytes(StandardCharsets.UTF_8));
                yield new AutotestResult.Failed("the guest crashed: " + crashed.summary() + appended(difference));
            }
            case StopReason.Exited exited
            when difference == null && exited.status() != 0 ->
                new AutotestResult.Failed("the text is as expected, but the exit status is " + exited.status());
            case StopReason.Exited exited ->
                difference == null ? new AutotestResult.Passed() : new AutotestResult.Failed(difference);
            case StopReason.Closed closed -> new AutotestResult.Failed("the console was closed");
            case StopReason.Rewound rewound -> throw new IllegalStateException("nobody can take a test back");
        };
    }

    private static String appended(String difference) {
        return difference == null ? "" : "; " + difference;
    }

    /** Keeps what is written, up to a limit that only a guest out of control reaches. */
    private static final class Collected extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int octet) {
            if (size() < LONGEST_TEXT) {
                super.write(octet);
            }
        }

        @Override
        public synchronized void write(byte[] octets, int offset, int length) {
            super.write(octets, offset, Math.min(length, Math.max(0, LONGEST_TEXT - size())));
        }

        PrintStream stream() {
            return new PrintStream((OutputStream) this, false, StandardCharsets.UTF_8);
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
