package soliloquy.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import soliloquy.machine.InputException;

/** A file that is written whole or not at all: first under a temporary name beside its own, then renamed. */
public final class OutputFile {
    private OutputFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content to {@code stream}, which the caller closes. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /** Writes {@code content} to {@code file}; on failure nothing is left and the sentence names the file. */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".partial");
        try {
            try (OutputStream stream = Files.newOutputStream(temporary)) {
                content.writeTo(stream);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw new InputException(
                    file + " could not be written: " + e.getClass().getSimpleName() + " " + e.getMessage()
                            + "; choose a folder that is there, writable and has room",
                    e);
        }
    }

    /** Fails early, before long work, where {@code file} could not be written at its end. */
    public static void check(Path file) throws InputException {
        if (file != null && !RunReport.writable(file)) {
            throw new InputException(
                    file
                            + " cannot be written: its folder is missing or not writable, or a folder has this name; choose another place");
        }
    }
}
