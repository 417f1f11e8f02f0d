package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** Writes a disc to an image file. */
public final class IsoWriter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final long size;
    private final LongConsumer progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long written;

    private IsoWriter(long size, LongConsumer progress) {
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
        new IsoWriter((long) plan.sectorCount() * DiscImage.SECTOR_BYTES, progress).write(layout, plan, target);
    }

    private void write(IsoLayout layout, IsoPlan plan, Path target) throws IOException {
        WholeFile.write(target, out -> {
            put(out, ByteBuffer.wrap(plan.metadata()));
            for (IsoTree.File file : layout.files()) {
                copy(file, out);
            }
            pad(out, size - written);
        });
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
        while (bytes.hasRemaining()) {
            written += out.write(bytes);
        }
        progress.accept(written);
    }
}
