package soliloquy.console.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import soliloquy.ee.TimingProfile;
import soliloquy.llm.build.BenchProgram;

/**
 * Measures one kernel on a bare processor, by windows of the thread's processor time, from the first run on. The JVM learns while it
 * runs; to be of use the figures of one kernel must come from a JVM that has run no other.
 */
public final class KernelBench {
    private static final long WINDOW_NANOS = 10_000_000;
    private static final int PREPARE = -1;
    private static final double REAL_TIME_MIPS = 300;
    private static final double WARM = 0.9;

    /** Runs in a window: rate by processor time, and wall time from the start to its end. */
    private record Window(double runsPerSecond, double endSeconds) {}

    /** What is compiled when the kernel is warm. */
    private record Code(int regions, int guestBytes, int regionBytes) {}

    private KernelBench() {}

    /** The memory of a machine that has made the kernels' data. */
    public static byte[] prepare() throws IOException {
        BareMachine machine = new BareMachine(BenchProgram.NAME, BenchProgram.bytes(), true);
        machine.run(PREPARE, 0);
        return machine.memory();
    }

    /**
     * Measures from the first guest instruction of this JVM on.
     *
     * @param prepared what {@link #prepare} gave in another
     * @param seconds wall time to spend
     * @param compiling false to measure the interpreter
     * @param timing how the guest's cycles are counted
     */
    public static KernelFigures measure(
            Kernel kernel, byte[] prepared, double seconds, boolean compiling, TimingProfile timing)
            throws IOException {
        BareMachine machine = new BareMachine(BenchProgram.NAME, BenchProgram.bytes(), compiling);
        machine.timing(timing);
        machine.memory(prepared);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Window> windows = new ArrayList<>();
        long start = System.nanoTime();
        int checksum = 0;
        do {
            long begun = threads.getCurrentThreadCpuTime();
            long spent;
            int runs = 0;
            do {
                checksum = machine.run(kernel.ordinal(), 0);
                runs++;
                spent = threads.getCurrentThreadCpuTime() - begun;
            } while (spent < WINDOW_NANOS);
            windows.add(new Window(runs * 1e9 / spent, (System.nanoTime() - start) / 1e9));
        } while (windows.getLast().endSeconds < seconds);
        Code code = new Code(machine.regions(), machine.regionGuestBytes(), machine.regionBytes());
        int counted = machine.run(kernel.ordinal(), 1);
        if (counted != checksum) {
            throw new IllegalStateException("the kernel %s computed 0x%08x, then, instruction by instruction, 0x%08x"
                    .formatted(kernel.label(), checksum, counted));
        }
        return figures(kernel, windows, checksum, machine.secondValue(), code);
    }

    private static KernelFigures figures(
            Kernel kernel, List<Window> windows, int checksum, long instructions, Code code) {
        double[] late = windows.subList(windows.size() / 2, windows.size()).stream()
                .mapToDouble(Window::runsPerSecond)
                .sorted()
                .toArray();
        double median = late[late.length / 2];
        return new KernelFigures(
                kernel.label(),
                checksum,
                instructions,
                median * instructions / 1e6,
                late[late.length / 10] * instructions / 1e6,
                late[late.length - 1 - late.length / 10] * instructions / 1e6,
                firstAt(windows, WARM * median),
                firstAt(windows, REAL_TIME_MIPS * 1e6 / instructions),
                code.regions,
                code.guestBytes,
                code.regionBytes);
    }

    private static double firstAt(List<Window> windows, double runsPerSecond) {
        return windows.stream()
                .filter(window -> window.runsPerSecond >= runsPerSecond)
                .mapToDouble(Window::endSeconds)
                .findFirst()
                .orElse(-1);
    }
}
