package soliloquy.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import soliloquy.cdvd.DriveProfile;
import soliloquy.console.debug.DebugClient;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.Halt;
import soliloquy.console.gdb.GdbServer;
import soliloquy.machine.InputException;
import soliloquy.machine.StopPoints;

/**
 * What a debugger costs: the default model tells a story, and from one token to the next the console has none, a server that
 * nobody uses, or a debugger with a breakpoint where the program never comes. Each token is the same work.
 */
public final class DebugBench {
    /** What is measured. */
    public enum State {
        NO_DEBUGGER,
        LISTENING,
        BREAKPOINT_ELSEWHERE
    }

    /** Tokens at the beginning, while the JVM warms up. */
    private static final int WARM_UP = 24;

    private static final String FUNCTION_ELSEWHERE = "fault";

    /**
     * The figures.
     *
     * @param seconds median time of one core for a token, by state
     * @param stepMicroseconds median time of a step over loopback, from the command to the answer
     */
    public record Figures(Map<State, Double> seconds, double stepMicroseconds) {}

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<State, List<Double>> times = new EnumMap<>(State.class);
    private State state = State.NO_DEBUGGER;
    private GdbServer server;
    private StopPoints.Breakpoint breakpoint;
    private int tokens;
    private long since;

    private DebugBench() {
        for (State each : State.values()) {
            times.put(each, new ArrayList<>());
        }
    }

    /**
     * Measures.
     *
     * @param rounds tokens in each state
     * @throws InputException no port could be opened
     */
    public static Figures measure(int rounds) throws Exception {
        DebugBench bench = new DebugBench();
        int tokens = WARM_UP + rounds * State.values().length;
        List<String> words =
                List.of("cdrom0:\\SOLILOQU.ELF;1", "--prompt", "Once upon a time", "--tokens", "" + tokens, "--once");
        try (BootMedium medium = BootMedium.open(null)) {
            Console console = quiet();
            console.discSpeed(DriveProfile.INSTANT);
            console.boot(medium, words);
            new RunLoop(console, () -> bench.look(console), () -> false, () -> false, Double.POSITIVE_INFINITY).run();
            bench.leave(console);
        }
        Map<State, Double> medians = new EnumMap<>(State.class);
        bench.times.forEach((each, all) -> medians.put(each, median(all)));
        return new Figures(medians, stepMicroseconds(rounds * 10));
    }

    private static Console quiet() {
        return new Console(
                notice -> {}, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private static double median(List<Double> all) {
        return all.isEmpty()
                ? Double.NaN
                : all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private void look(Console console) {
        console.debugPort().poll();
        int told = console.transcript().tokens().size();
        if (told == tokens) {
            return;
        }
        long now = threads.getCurrentThreadCpuTime();
        if (told > WARM_UP && told == tokens + 1) {
            times.get(state).add((now - since) / 1e9);
        }
        tokens = told;
        leave(console);
        state = State.values()[told % State.values().length];
        enter(console);
        since = threads.getCurrentThreadCpuTime();
    }

    private void enter(Console console) {
        if (state == State.NO_DEBUGGER) {
            return;
        }
        try {
            server = new GdbServer(console.debugPort(), () -> console, "localhost", 0);
        } catch (InputException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (state == State.BREAKPOINT_ELSEWHERE) {
            console.debugPort().attach(DebugPort.Cpu.EE, new GoesOn(console.debugPort()));
            int address = console.kernel()
                    .program()
                    .symbols()
                    .named(FUNCTION_ELSEWHERE)
                    .orElseThrow()
                    .address();
            breakpoint = new StopPoints.Breakpoint(address, () -> true);
            console.debugPort().stops(DebugPort.Cpu.EE).add(breakpoint);
        }
    }

    private void leave(Console console) {
        if (breakpoint != null) {
            console.debugPort().stops(DebugPort.Cpu.EE).remove(breakpoint);
            console.debugPort().detach(DebugPort.Cpu.EE);
            breakpoint = null;
        }
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** A debugger that never holds the processor. */
    private record GoesOn(DebugPort port) implements DebugClient {
        @Override
        public void halted(Halt halt) {
            port.resume(DebugPort.Cpu.EE);
        }

        @Override
        public void moved() {}

        @Override
        public void ended(int exitStatus) {}
    }

    private static double stepMicroseconds(int steps) throws Exception {
        try (BootMedium medium = BootMedium.open(null)) {
            Console console = quiet();
            console.boot(medium, List.of("cdrom0:\\SOLILOQU.ELF;1", "--once"));
            try (GdbServer listening = new GdbServer(console.debugPort(), () -> console, "localhost", 0)) {
                Thread emulation = Thread.ofPlatform().name("emulation").start(() -> {
                    console.debugPort().halt(DebugPort.Cpu.EE, new Halt.PoweredOn());
                    new RunLoop(console, console.debugPort()::poll, () -> false, () -> false, Double.POSITIVE_INFINITY)
                            .run();
                });
                List<Double> times = new ArrayList<>();
                try (Socket socket = new Socket("localhost", listening.eePort())) {
                    socket.setTcpNoDelay(true);
                    exchange(socket, "$?#3f");
                    for (int i = 0; i < steps; i++) {
                        long before = System.nanoTime();
                        exchange(socket, "$s#73");
                        times.add((System.nanoTime() - before) / 1e3);
                    }
                    socket.getOutputStream().write("$k#6b".getBytes(StandardCharsets.ISO_8859_1));
                    emulation.join();
                }
                return median(times);
            }
        }
    }

    /** Sends a packet and reads to the end of the answer. */
    private static void exchange(Socket socket, String packet) throws IOException {
        socket.getOutputStream().write(packet.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new IOException("the debugger's server closed the connection");
            }
        } while (next != '#');
        if (in.readNBytes(2).length == 2) {
            socket.getOutputStream().write('+');
        }
    }
}
