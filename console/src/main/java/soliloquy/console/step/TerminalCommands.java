package soliloquy.console.step;

import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Commands from a terminal, with history and completion; an empty line is the last step again. Ctrl-C stops a long step. */
final class TerminalCommands implements CommandSource {
    static final String PROMPT = "step> ";

    private final Terminal terminal;
    private final LineReader reader;
    private volatile boolean interrupted;
    private String last = "";

    TerminalCommands() throws IOException {
        terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        terminal.handle(Terminal.Signal.INT, signal -> interrupted = true);
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(new StringsCompleter(
                        Command.HELP.lines().map(line -> line.split(" ", 2)[0]).toList()))
                .build();
    }

    @Override
    public String next() {
        while (true) {
            try {
                String line = reader.readLine(PROMPT);
                interrupted = false;
                if (line.isBlank()) {
                    return last;
                }
                String name = line.strip().split("\\s+", 2)[0];
                last = name.equals("op") || name.equals("layer") || name.equals("token") ? line : "";
                return line;
            } catch (UserInterruptException e) {
                last = "";
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public String place() {
        return null;
    }

    @Override
    public boolean interrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
