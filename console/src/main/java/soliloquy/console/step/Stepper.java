package soliloquy.console.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import soliloquy.console.BootMedium;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
import soliloquy.llm.build.GuestSources;
import soliloquy.machine.WholeFile;

/** Runs a disc's language model under the control of commands. */
public final class Stepper {
    private Stepper() {}

    /**
     * Runs what {@code request} asks for.
     *
     * @param script commands, or null: they come from {@code in}, which may be a terminal
     * @param records file that takes a JSON record of each step, or null
     * @return what came of the run
     * @throws soliloquy.machine.InputException the disc has no model, its program no symbols, or a line of the script is wrong
     */
    public static RunSession.Outcome run(
            RunRequest request, Path script, Path records, InputStream in, PrintStream out, PrintStream err)
            throws Exception {
        try (CommandSource source = source(script, in, out)) {
            return run(request, source, records, out, (medium, session, guest) -> {
                RunSession.Outcome outcome = RunSession.stepped(request, medium, session::begin, guest, err);
                session.end();
                return outcome;
            });
        }
    }

    /**
     * The same with a window, its buttons and panels; blocks the main thread until the user closes it.
     *
     * @throws soliloquy.machine.InputException as above, or no window can be opened
     */
    public static RunSession.Outcome inWindow(RunRequest request, Path records, PrintStream out, PrintStream err)
            throws Exception {
        WindowCommands commands = new WindowCommands();
        byte[] glyphs = GuestSources.glyphs();
        return run(
                request,
                commands,
                records,
                out,
                (medium, session, guest) -> RunSession.steppedInWindow(
                        request, medium, session::begin, session::end, commands, glyphs, commands::end, guest, err));
    }

    /** A way to run a session. */
    @FunctionalInterface
    private interface Way {
        RunSession.Outcome run(BootMedium medium, StepSession session, PrintStream guest)
                throws IOException, InterruptedException;
    }

    private static RunSession.Outcome run(
            RunRequest request, CommandSource source, Path records, PrintStream out, Way way) throws Exception {
        try (BootMedium medium = BootMedium.open(request.program())) {
            String name = request.program() == null
                    ? "the default disc"
                    : request.program().toString();
            ModelDisc model = ModelDisc.of(medium, name);
            GuestText guest = new GuestText(out);
            PrintStream guestOut = new PrintStream(guest, false, StandardCharsets.UTF_8);
            if (records == null) {
                return way.run(medium, new StepSession(model, source, guest, out, null), guestOut);
            }
            RunSession.Outcome[] outcome = new RunSession.Outcome[1];
            WholeFile.write(records, channel -> {
                StepRecords written = new StepRecords(channel);
                try {
                    outcome[0] = way.run(medium, new StepSession(model, source, guest, out, written), guestOut);
                } catch (InterruptedException e) {
                    throw new IOException("the stepper was interrupted", e);
                }
            });
            return outcome[0];
        }
    }

    private static CommandSource source(Path script, InputStream in, PrintStream out) throws IOException {
        if (script != null) {
            return ScriptCommands.read(script, out);
        }
        boolean terminal = in.equals(System.in)
                && Optional.ofNullable(System.console())
                        .filter(java.io.Console::isTerminal)
                        .isPresent();
        return terminal ? new TerminalCommands() : new PlainCommands(in, out);
    }
}
