package soliloquy.console.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import soliloquy.machine.InputException;

/** The C compiler of this machine, for programs that guest programs are compared with. */
public final class HostCompiler {
    private HostCompiler() {}

    /**
     * Runs it.
     *
     * @param command the compiler's name and what it is given
     * @param what is compiled, for messages
     * @return false if there is no such compiler
     * @throws InputException it refuses the sources; its words are in the message
     */
    public static boolean run(List<String> command, Path folder, String what) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return false; // no such program
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new InputException("The host's gcc does not compile " + what + ":\n" + text);
        }
        return true;
    }
}
