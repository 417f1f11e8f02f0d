package soliloquy.llm.convert;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import soliloquy.machine.InputException;

/** A file that appears under its name only when all of it is written. */
final class WholeFile {
    private WholeFile() {}

    /** Writes the content. */
    @FunctionalInterface
    interface Body {
        void write(SeekableByteChannel channel) throws IOException;
    }

    /** Writes a temporary file beside {@code target} and renames it; after any failure nothing is left behind. */
    static void write(Path target, Body body) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(target)) {
            throw new InputException(
                    target + " cannot be written: expected an existing folder and the name of a file in it");
        }
        Path temporary = folder.resolve(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            try (SeekableByteChannel channel = Files.newByteChannel(
                    temporary,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                body.write(channel);
            } catch (FileSystemException e) {
                throw new InputException(target + " cannot be written: " + e.getReason() + " at " + e.getFile(), e);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
