package soliloquy.console;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures how fast any program runs in the whole console, by windows of the emulation thread's processor time. */
public final class ProgramBench {
    private static final long WINDOW_NANOS = 20_000_000;
    private static final double WARM = 0.9;

    /**
     * The figures of a program.
     *
     * @param name its file's
     * @param guestMips million EE cycles, of one instruction each (multiplications and divisions apart), in a second of one core: the median of the later half of the windows
     * @param warmupSeconds wall time until 90 % of that were first reached
     * @param seconds wall time of all
     * @param end how it ended
     */
    public record Figures(String name, double guestMips, double warmupSeconds, double seconds, StopReason end) {}

    private record Window(double mips, double endSeconds) {}

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Window> windows = new ArrayList<>();
    private final long start = System.nanoTime();
    private long windowCycles;
    private long windowNanos = threads.getCurrentThreadCpuTime();

    private ProgramBench() {}

    /**
     * Runs {@code program} until it ends, at most {@code seconds} of wall time.
     *
     * @throws soliloquy.machine.InputException it cannot be booted
     */
    public static Figures measure(Path program, double seconds, PrintStream err) throws Exception {
        ProgramBench bench = new ProgramBench();
        try (BootMedium medium = BootMedium.open(program)) {
            RunSession.Outcome outcome = RunSession.watched(medium, seconds, bench::look, err);
            return bench.figures(program.getFileName().toString(), outcome.reason());
        }
    }

    private void look(Console console) {
        long nanos = threads.getCurrentThreadCpuTime() - windowNanos;
        if (nanos >= WINDOW_NANOS) {
            close(console.ee().cycles(), nanos);
        }
    }

    private void close(long cycles, long nanos) {
        windows.add(new Window((cycles - windowCycles) * 1e3 / nanos, wallSeconds()));
        windowCycles = cycles;
        windowNanos += nanos;
    }

    private double wallSeconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    private Figures figures(String name, StopReason end) {
        if (windows.isEmpty()) {
            return new Figures(name, 0, -1, wallSeconds(), end);
        }
        double[] late = windows.subList(windows.size() / 2, windows.size()).stream()
                .mapToDouble(Window::mips)
                .sorted()
                .toArray();
        double median = late[late.length / 2];
        double warm = windows.stream()
                .filter(window -> window.mips >= WARM * median)
                .mapToDouble(Window::endSeconds)
                .findFirst()
                .orElse(-1);
        return new Figures(name, median, warm, wallSeconds(), end);
    }
}
