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
        try (CommandSource source = source(script, in, out);
                BootMedium medium = BootMedium.open(request.program())) {
            String name = request.program() == null
                    ? "the default disc"
                    : request.program().toString();
            ModelDisc model = ModelDisc.of(medium, name);
            if (records == null) {
                return run(request, medium, model, source, null, out, err);
            }
            RunSession.Outcome[] outcome = new RunSession.Outcome[1];
            WholeFile.write(
                    records,
                    channel -> outcome[0] = run(request, medium, model, source, new StepRecords(channel), out, err));
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

    private static RunSession.Outcome run(
            RunRequest request,
            BootMedium medium,
            ModelDisc model,
            CommandSource source,
            StepRecords records,
            PrintStream out,
            PrintStream err)
            throws IOException {
        GuestText guest = new GuestText(out);
        StepSession session = new StepSession(model, source, guest, out, records);
        PrintStream guestOut = new PrintStream(guest, false, StandardCharsets.UTF_8);
        RunSession.Outcome outcome = RunSession.stepped(request, medium, session::begin, guestOut, err);
        session.end();
        return outcome;
    }
}
