package soliloquy.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.Halt;
import soliloquy.console.gdb.GdbServer;

/** A console on a thread of its own, with its debugger's ports open. */
final class DebuggedConsole implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final CompletableFuture<StopReason> end = new CompletableFuture<>();
    private final BootMedium medium;
    final Console console;
    final GdbServer server;

    /** Boots {@code medium}; with {@code waits} a debugger must let it go. */
    DebuggedConsole(BootMedium medium, List<String> words, boolean waits) throws Exception {
        this.medium = medium;
        console = new Console(notice -> {}, new PrintStream(text, true, StandardCharsets.UTF_8));
        console.boot(medium, words);
        server = new GdbServer(console, "localhost", 0);
        Thread thread = new Thread(null, () -> emulate(waits), "emulation", 16 << 20);
        thread.setDaemon(true);
        thread.start();
    }

    private void emulate(boolean waits) {
        try {
            RunLoop loop = new RunLoop(console, () -> {}, () -> false, () -> false, LONGEST_SECONDS);
            if (waits) {
                console.debugPort().halt(DebugPort.Cpu.EE, new Halt.PoweredOn());
            }
            end.complete(loop.run());
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** Waits for the end of the run. */
    StopReason reason() throws Exception {
        return end.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** What the guest has printed, once the run has ended. */
    String text() throws Exception {
        reason();
        console.transcript().flush();
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws java.io.IOException {
        console.stop(new StopReason.Closed());
        server.close();
        medium.close();
    }
}
