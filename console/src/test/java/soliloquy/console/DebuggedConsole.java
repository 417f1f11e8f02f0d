package soliloquy.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import soliloquy.console.gdb.GdbServer;

/** A console on a thread of its own, with its debugger's ports open. */
final class DebuggedConsole implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final CompletableFuture<StopReason> end = new CompletableFuture<>();
    private final BootMedium medium;
    private final Emulation emulation;
    final GdbServer server;

    /** Boots {@code medium}; with {@code waits} a debugger must let it go. */
    DebuggedConsole(BootMedium medium, List<String> words, boolean waits) throws Exception {
        this.medium = medium;
        emulation = new Emulation(
                (noticed, out, pad, port) -> {
                    Console console = new Console(noticed, out, pad, port);
                    console.boot(medium, words);
                    return console;
                },
                text,
                notice -> {});
        server = new GdbServer(emulation.port(), emulation::console, "localhost", 0);
        Thread thread = new Thread(null, () -> emulate(waits), "emulation", 16 << 20);
        thread.setDaemon(true);
        thread.start();
    }

    private void emulate(boolean waits) {
        try {
            end.complete(
                    emulation.run(new Emulation.Host(console -> {}, () -> false, () -> false, LONGEST_SECONDS), waits));
        } catch (IOException | RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    Console console() {
        return emulation.console();
    }

    /** Waits for the end of the run. */
    StopReason reason() throws Exception {
        return end.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** What the guest has printed, once the run has ended. */
    String text() throws Exception {
        reason();
        console().transcript().flush();
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        console().stop(new StopReason.Closed());
        server.close();
        medium.close();
    }
}
