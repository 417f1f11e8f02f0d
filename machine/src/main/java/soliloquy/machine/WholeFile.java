package soliloquy.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files whole or not at all: under a temporary name in the same folder, which becomes the real one at the end. */
public final class WholeFile {
    private WholeFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it to {@code channel}, which the caller closes. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes {@code content} to {@code target} and replaces what was there; after any failure the folder is as before.
     *
     * @throws InputException if the file cannot be written: one sentence with its name and the host's reason; those that
     *     {@code content} throws pass through
     */
    public static void write(Path target, Content content) throws IOException {
        Path temporary = target.toAbsolutePath()
                .resolveSibling("." + target.getFileName() + "-"
                        + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
            }
            rename(temporary, target);
        } catch (InputException e) {
            throw e;
        } catch (IOException e) {
            throw cannotWrite(target, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes {@code bytes} to {@code target}, likewise. */
    public static void write(Path target, byte[] bytes) throws IOException {
        write(target, channel -> {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        });
    }

    /**
     * Fails early, before long work, where {@code target} could not be written at its end; null is a file that nobody asked for.
     *
     * @throws InputException if its folder is missing or not writable, or a folder has its name
     */
    public static void check(Path target) throws InputException {
        if (target == null) {
            return;
        }
        Path folder = target.toAbsolutePath().getParent();
        boolean writable = folder != null
                && Files.isWritable(folder)
                && Files.isDirectory(folder)
                && !Files.isDirectory(target)
                && (!Files.exists(target) || Files.isWritable(target));
        if (!writable) {
            throw new InputException(
                    target
                            + " cannot be written: its folder is missing or not writable, or a folder has this name; choose another place");
        }
    }

    /** The sentence for a file that cannot be written. */
    public static InputException cannotWrite(Path target, IOException cause) {
        return new InputException(target + " cannot be written: " + reason(cause) + "; choose another place", cause);
    }

    private static void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A file system error is told by its class, and names files alone, where it has no other text. */
    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "there is no folder for it";
            case AccessDeniedException e -> "its folder does not allow it";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
