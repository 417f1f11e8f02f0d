package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import soliloquy.machine.InputException;

/** Writes a disc to an image file. */
public final class IsoWriter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path target;
    private final long size;
    private final LongConsumer progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long written;

    private IsoWriter(Path target, long size, LongConsumer progress) {
        this.target = target;
        this.size = size;
        this.progress = progress;
    }

    /** Writes {@code layout} to {@code target}, replacing it only when the image is complete. */
    public static void write(IsoLayout layout, Path target) throws IOException {
        write(layout, target, bytes -> {});
    }

    /**
     * Writes {@code layout} to {@code target}. The image grows under a temporary name in the same folder and takes its own
     * name when it is complete; on failure nothing is left.
     *
     * @param progress told the number of bytes written so far, about every 64 KB
     * @throws InputException if a source is not what it was or the image cannot be written, for example on a full disk
     */
    public static void write(IsoLayout layout, Path target, LongConsumer progress) throws IOException {
        IsoPlan plan = layout.plan();
        new IsoWriter(target, (long) plan.sectorCount() * DiscImage.SECTOR_BYTES, progress).write(layout, plan);
    }

    private void write(IsoLayout layout, IsoPlan plan) throws IOException {
        Path temporary = target.toAbsolutePath()
                .resolveSibling("." + target.getFileName() + "-"
                        + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel out = create(temporary)) {
                put(out, ByteBuffer.wrap(plan.metadata()));
                for (IsoTree.File file : layout.files()) {
                    copy(file, out);
                }
                pad(out, size - written);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw cannotWrite(e);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private FileChannel create(Path temporary) throws InputException {
        try {
            return FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void copy(IsoTree.File file, FileChannel out) throws IOException {
        if (written != (long) file.lsn() * DiscImage.SECTOR_BYTES) {
            throw new IllegalStateException(
                    file.path() + " is planned for sector " + file.lsn() + ", written at byte " + written);
        }
        try (SeekableByteChannel in = IsoLayout.open(file)) {
            long left = file.size();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
                int read = in.read(buffer);
                if (read < 0) {
                    throw new InputException(
                            "The source of " + file.path() + " became shorter than " + file.size() + " bytes.");
                }
                left -= read;
                put(out, buffer.flip());
            }
        }
        pad(out, -file.size() & DiscImage.SECTOR_BYTES - 1);
    }

    private void pad(FileChannel out, long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            int length = (int) Math.min(left, BUFFER_BYTES);
            put(out, ByteBuffer.wrap(new byte[length]));
            left -= length;
        }
    }

    private void put(FileChannel out, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                written += out.write(bytes);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        progress.accept(written);
    }

    private InputException cannotWrite(IOException cause) {
        return new InputException(
                "The disc image " + target + " of " + size + " bytes cannot be written: " + reason(cause) + ".", cause);
    }

    /** The host's reason; a file system error is told by its class and file names alone when it has no other text. */
    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "there is no folder for it";
            case AccessDeniedException e -> "the folder does not allow it";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage();
        };
    }
}
