package soliloquy.console.step;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import soliloquy.machine.InputException;

/** Commands from a file, which are all checked before the first is executed. */
final class ScriptCommands implements CommandSource {
    private final Path file;
    private final List<String> lines;
    private final PrintStream out;
    private int line;

    private ScriptCommands(Path file, List<String> lines, PrintStream out) {
        this.file = file;
        this.lines = lines;
        this.out = out;
    }

    /**
     * Reads a script.
     *
     * @param out shows each command when its turn has come
     * @throws InputException a line is no command; the sentence names it
     */
    static ScriptCommands read(Path file, PrintStream out) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new InputException(file + " is no text in UTF-8; expected commands, one a line", e);
        }
        ScriptCommands script = new ScriptCommands(file, lines, out);
        for (String text : lines) {
            script.line++;
            try {
                Command.parse(text);
            } catch (InputException e) {
                throw new InputException(script.place() + ": " + e.getMessage(), e);
            }
        }
        script.line = 0;
        return script;
    }

    @Override
    public String next() throws InputException {
        while (line < lines.size()) {
            String text = lines.get(line++);
            if (!(Command.parse(text) instanceof Command.Nothing)) {
                out.println(TerminalCommands.PROMPT + text.strip());
                return text;
            }
        }
        return null;
    }

    @Override
    public String place() {
        return file + ", line " + line;
    }
}
