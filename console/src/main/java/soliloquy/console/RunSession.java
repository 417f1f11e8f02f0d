package soliloquy.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import soliloquy.cdvd.DriveProfile;
import soliloquy.cdvd.Fault;
import soliloquy.console.gdb.GdbServer;
import soliloquy.ee.TimingProfile;
import soliloquy.gs.PngWriter;
import soliloquy.gs.window.FrameQueue;
import soliloquy.gs.window.PanelSource;
import soliloquy.gs.window.Window;
import soliloquy.gs.window.WindowException;
import soliloquy.machine.Clocks;
import soliloquy.machine.Frame;
import soliloquy.machine.InputException;
import soliloquy.pad.PadInput;

/** One run from boot to report, headless or in a window. */
public final class RunSession {
    private static final int FRAME_WIDTH = 640;
    private static final int FRAME_HEIGHT = 448;
    /** Room for the picture with panels below it. */
    private static final int PANELLED_FRAME_HEIGHT = 480;

    private static final long FRAME_NANOS = 1_000_000_000L / 60;
    private static final long EMULATION_STACK_BYTES = 16 << 20;

    private final RunRequest request;
    private final BootMedium medium;
    private final PrintStream out;
    private final PrintStream err;
    private Emulation emulation;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long startNanos;

    /**
     * What came of a run.
     *
     * @param guestErrors errors the guest reported, in order
     * @param picture what the display output showed last
     */
    public record Outcome(StopReason reason, RunReport report, List<String> guestErrors, Frame picture) {}

    private RunSession(RunRequest request, BootMedium medium, PrintStream out, PrintStream err) {
        this.request = request;
        this.medium = medium;
        this.out = out;
        this.err = err;
    }

    private void powerOn(boolean windowed) throws IOException {
        List<String> words = arguments(windowed);
        emulation = new Emulation(
                (noticed, text, pad, port) -> {
                    Console console = new Console(noticed, text, pad, port);
                    console.ee().timing(request.timing());
                    console.discSpeed(request.discSpeed());
                    console.faults(request.faults());
                    console.folders(request.host(), request.memoryCard(), request.writable());
                    console.boot(medium, words);
                    return console;
                },
                out,
                notice -> err.printf(
                        Locale.ROOT,
                        "notice: %s %s: %s%n",
                        notice.kind().name().toLowerCase(Locale.ROOT),
                        notice.source(),
                        notice.text()));
        if (request.writable() || !request.instruments().isEmpty()) {
            emulation.port().cannotRewind();
        }
    }

    /** Runs what {@code request} asks for and says what came of it; returns the exit status. */
    public static int run(RunRequest request, PrintStream out, PrintStream err) throws Exception {
        try (BootMedium medium = BootMedium.open(request.program())) {
            RunSession session = new RunSession(request, medium, out, err);
            boolean windowed = !request.headless() && displayPresent();
            Outcome outcome = windowed ? session.inWindow() : session.headless();
            return session.conclude(outcome, out);
        }
    }

    /** Runs headless with {@code words} as arguments and returns what came of it; for tests and benchmarks. */
    public static Outcome headless(
            BootMedium medium, List<String> words, double timeoutSeconds, PrintStream out, PrintStream err)
            throws Exception {
        return headless(medium, words, null, List.of(), timeoutSeconds, out, err);
    }

    /** Runs headless what {@code request} asks for, with {@code medium} instead of its program. */
    public static Outcome headless(RunRequest request, BootMedium medium, PrintStream out, PrintStream err)
            throws Exception {
        return new RunSession(request, medium, out, err).headless();
    }

    /** The same with a drive of the speed {@code discSpeed} (null: that of the disc) that suffers from {@code faults}. */
    public static Outcome headless(
            BootMedium medium,
            List<String> words,
            DriveProfile discSpeed,
            List<Fault> faults,
            double timeoutSeconds,
            PrintStream out,
            PrintStream err)
            throws Exception {
        TimingProfile timing = TimingProfile.PIPELINE;
        return headless(medium, words, timing, discSpeed, faults, List.of(), timeoutSeconds, out, err);
    }

    /** Runs a program headless without arguments, its cycles counted by {@code timing}. */
    public static Outcome headless(
            BootMedium medium, TimingProfile timing, double timeoutSeconds, PrintStream out, PrintStream err)
            throws Exception {
        return headless(medium, List.of(), timing, null, List.of(), List.of(), timeoutSeconds, out, err);
    }

    /** Runs headless in sight of {@code instruments}. */
    static Outcome instrumented(
            BootMedium medium,
            List<String> words,
            TimingProfile timing,
            List<Instrument> instruments,
            double timeoutSeconds,
            PrintStream out,
            PrintStream err)
            throws Exception {
        return headless(medium, words, timing, null, List.of(), instruments, timeoutSeconds, out, err);
    }

    private static Outcome headless(
            BootMedium medium,
            List<String> words,
            TimingProfile timing,
            DriveProfile discSpeed,
            List<Fault> faults,
            List<Instrument> instruments,
            double timeoutSeconds,
            PrintStream out,
            PrintStream err)
            throws Exception {
        RunRequest request =
                RunRequest.headless(List.of(), words, timeoutSeconds, timing, discSpeed, faults, instruments);
        return new RunSession(request, medium, out, err).headless();
    }

    /** Runs headless; {@code atSafePoint} is shown the console once in a millisecond of guest time; a cycle is an instruction. */
    static Outcome watched(BootMedium medium, double timeoutSeconds, Consumer<Console> atSafePoint, PrintStream err)
            throws Exception {
        RunRequest request = RunRequest.headless(
                List.of(), List.of(), timeoutSeconds, TimingProfile.SIMPLE, null, List.of(), List.of());
        RunSession session = new RunSession(request, medium, new PrintStream(OutputStream.nullOutputStream()), err);
        session.powerOn(false);
        return session.emulate(atSafePoint, () -> false);
    }

    /** Whoever holds the pad. */
    @FunctionalInterface
    interface Player {
        /** Called once in a millisecond of guest time, on the emulation thread. */
        void look(Console console, PadInput pad);
    }

    /** Runs without a window, and without {@code --once}: the program shows its pages to {@code player}. The drive has no latency. */
    static Outcome played(
            BootMedium medium,
            List<String> words,
            double timeoutSeconds,
            Player player,
            PrintStream out,
            PrintStream err)
            throws IOException {
        RunRequest request = RunRequest.headless(
                List.of(), words, timeoutSeconds, TimingProfile.PIPELINE, DriveProfile.INSTANT, List.of(), List.of());
        RunSession session = new RunSession(request, medium, out, err);
        session.powerOn(true);
        return session.emulate(console -> player.look(console, session.emulation.padInput()), () -> false, false);
    }

    /** What to do with a console that has booted and has not run yet. */
    @FunctionalInterface
    public interface Booted {
        void accept(Console console) throws IOException;
    }

    /** Runs headless; {@code booted} is given the console before its first instruction, and may attach a debugger. */
    public static Outcome stepped(
            RunRequest request, BootMedium medium, Booted booted, PrintStream out, PrintStream err) throws IOException {
        RunSession session = new RunSession(request, medium, out, err);
        session.powerOn(false);
        session.emulation.port().cannotRewind();
        booted.accept(session.emulation.console());
        return session.emulate(console -> {}, () -> false, false);
    }

    /**
     * Runs in a window with panels; {@code booted} is given the console before its first instruction, on the emulation thread.
     *
     * @param glyphs the panels' font, see {@link Window}
     * @param ended the guest has ended and the window is still there, or was closed; on the emulation thread
     * @param closing the user closes the window
     * @throws InputException no window can be opened
     */
    public static Outcome steppedInWindow(
            RunRequest request,
            BootMedium medium,
            Booted booted,
            Ended ended,
            PanelSource panels,
            byte[] glyphs,
            Runnable closing,
            PrintStream out,
            PrintStream err)
            throws IOException, InterruptedException {
        RunSession session = new RunSession(request, medium, out, err);
        session.powerOn(false);
        session.emulation.port().cannotRewind();
        FrameQueue frames = new FrameQueue();
        PadKeys keys = new PadKeys(session.emulation.padInput());
        try (Window window =
                new Window("Soliloquy", FRAME_WIDTH, PANELLED_FRAME_HEIGHT, frames, keys, panels, glyphs)) {
            return session.beside(
                    window,
                    frames,
                    publish -> {
                        booted.accept(session.emulation.console());
                        Outcome outcome = session.emulate(publish, session::paced, false);
                        ended.run();
                        return outcome;
                    },
                    closing);
        } catch (WindowException e) {
            throw new InputException(e.getMessage().replace("--headless", "out --window"), e);
        }
    }

    /** What is still to do behind a run. */
    @FunctionalInterface
    public interface Ended {
        void run() throws IOException;
    }

    private static boolean displayPresent() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return !system.contains("linux")
                || present(System.getenv("DISPLAY"))
                || present(System.getenv("WAYLAND_DISPLAY"));
    }

    private static boolean present(String value) {
        return value != null && !value.isEmpty();
    }

    private List<String> arguments(boolean windowed) {
        List<String> words = new ArrayList<>();
        words.add(medium.program().path());
        words.addAll(request.modelWords());
        if (!windowed && medium.disc() != null) {
            words.add("--once");
        }
        words.addAll(request.words());
        return words;
    }

    private Outcome headless() throws Exception {
        powerOn(false);
        return emulate(console -> {}, () -> request.consoleSpeed());
    }

    private Outcome inWindow() throws Exception {
        powerOn(true);
        FrameQueue frames = new FrameQueue();
        Window window;
        try {
            window = new Window("Soliloquy", FRAME_WIDTH, FRAME_HEIGHT, frames, new PadKeys(emulation.padInput()));
        } catch (WindowException e) {
            err.println("soliloquy: " + e.getMessage() + ".");
            return headless();
        }
        try (window) {
            return beside(window, frames, publish -> emulate(publish, this::paced), () -> {});
        }
    }

    /** What the emulation thread does; it hands the console to {@code publish} for its picture. */
    @FunctionalInterface
    private interface Emulated {
        Outcome run(Consumer<Console> publish) throws IOException, InterruptedException;
    }

    private Outcome beside(Window window, FrameQueue frames, Emulated emulated, Runnable closing)
            throws IOException, InterruptedException {
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        FramePublisher publisher = new FramePublisher(frames);
                        outcome.set(emulated.run(publisher::publish));
                    } catch (IOException | InterruptedException | RuntimeException | Error e) {
                        failure.set(e);
                    }
                },
                "emulation",
                EMULATION_STACK_BYTES);
        thread.start();
        closed.set(window.runUntil(() -> !thread.isAlive()));
        closing.run();
        thread.join();
        if (failure.get() instanceof IOException e) {
            throw e;
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the emulation thread failed", failure.get());
        }
        return outcome.get();
    }

    /** While nothing is being told the console only waits for its user, which needs no more than its own speed. */
    private boolean paced() {
        return request.consoleSpeed() || emulation.console().transcript().resting();
    }

    /** Hands the picture to the window when there is a new one and the window wants it. */
    private static final class FramePublisher {
        private final FrameQueue frames;
        private long last;

        FramePublisher(FrameQueue frames) {
            this.frames = frames;
        }

        void publish(Console console) {
            long now = System.nanoTime();
            if (now - last >= FRAME_NANOS) {
                Frame frame = frames.next();
                if (frame != null) {
                    last = now;
                    console.gs().frame(frame);
                    frames.publish(frame);
                }
            }
        }
    }

    /** Emulates; where the request says so, for debuggers. */
    private Outcome emulate(Consumer<Console> atSafePoint, BooleanSupplier paced)
            throws IOException, InterruptedException {
        RunRequest.Gdb gdb = request.gdb();
        if (gdb == null) {
            return emulate(atSafePoint, paced, false);
        }
        try (GdbServer server = new GdbServer(emulation.port(), emulation::console, gdb.host(), gdb.port())) {
            err.printf(
                    Locale.ROOT,
                    "soliloquy: GDB can attach to the EE at %1$s:%2$d and to the IOP at %1$s:%3$d%4$s%n",
                    gdb.host(),
                    server.eePort(),
                    server.iopPort(),
                    gdb.waits() ? "; the console waits for it" : "");
            return emulate(atSafePoint, paced, gdb.waits());
        }
    }

    private Outcome emulate(Consumer<Console> atSafePoint, BooleanSupplier paced, boolean waits) throws IOException {
        startNanos = System.nanoTime();
        Console console = emulation.console();
        request.instruments().forEach(instrument -> instrument.attach(console));
        StopReason reason;
        try {
            reason =
                    emulation.run(new Emulation.Host(atSafePoint, paced, closed::get, request.timeoutSeconds()), waits);
        } finally {
            request.instruments().forEach(instrument -> instrument.detach(console));
        }
        return outcome(reason, emulation.console());
    }

    private Outcome outcome(StopReason reason, Console console) {
        GuestTranscript transcript = console.transcript();
        transcript.flush();
        RunReport report = RunReport.of(
                transcript,
                console.ee().cycles(),
                startNanos,
                System.nanoTime(),
                console.discReport(),
                request.timing().label(),
                request.timing() == TimingProfile.CACHE ? console.ee().cacheCounts() : null,
                reason.exitStatus());
        Frame picture = new Frame();
        console.gs().frame(picture);
        return new Outcome(reason, report, List.copyOf(transcript.errors()), picture);
    }

    private int conclude(Outcome outcome, PrintStream out) throws Exception {
        out.flush();
        for (String error : outcome.guestErrors()) {
            err.println("soliloquy: the guest reports: " + error);
        }
        switch (outcome.reason()) {
            case StopReason.Crashed crashed -> err.println("soliloquy: the guest crashed: " + crashed.report());
            case StopReason.TimedOut timeout ->
                err.printf(
                        Locale.ROOT,
                        "soliloquy: the guest did not end within %.1f s (--timeout); it was at %08x after %.2f s of guest time.%n",
                        timeout.seconds(),
                        emulation.console().ee().pc,
                        Clocks.seconds(emulation.console().ee().cycles()));
            case StopReason.Exited exited -> {}
            case StopReason.Closed closedWindow -> {}
            case StopReason.Rewound rewound -> {}
        }
        write(request.screenshot(), outcome.picture());
        if (request.json() != null) {
            outcome.report().writeJson(request.json());
        }
        err.print("\n" + outcome.report().summary());
        return outcome.report().exitStatus();
    }

    private static void write(Path screenshot, Frame picture) throws Exception {
        if (screenshot != null) {
            PngWriter.write(picture, screenshot);
        }
    }
}
