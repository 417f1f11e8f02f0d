package soliloquy.console.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Commands from a pipe, or wherever there is no terminal. */
final class PlainCommands implements CommandSource {
    private final BufferedReader in;
    private final PrintStream out;

    PlainCommands(InputStream in, PrintStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    @Override
    public String next() throws IOException {
        out.print(TerminalCommands.PROMPT);
        out.flush();
        String line = in.readLine();
        out.println(line == null ? "" : line);
        return line;
    }

    @Override
    public String place() {
        return null;
    }
}
