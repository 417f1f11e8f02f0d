package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import soliloquy.machine.InputException;

/** A disc image in a host file of plain 2048-byte sectors. Read sector by sector; never whole in memory. */
public final class IsoFile implements DiscImage {
    private static final int RAW_SECTOR_BYTES = 2352;

    private final Path path;
    private final FileChannel channel;
    private final int sectorCount;
    private final DiscType type;

    private IsoFile(Path path, FileChannel channel, int sectorCount, DiscType type) {
        this.path = path;
        this.channel = channel;
        this.sectorCount = sectorCount;
        this.type = type;
    }

    /** Opens an image; one that fits on a CD is taken as a CD. */
    public static IsoFile open(Path path) throws IOException {
        return open(path, null);
    }

    /**
     * Opens an image of a known medium.
     *
     * @param type the medium, or null to choose by size
     * @throws InputException if the file is missing or is not made of whole 2048-byte sectors
     */
    public static IsoFile open(Path path, DiscType type) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new InputException("There is no disc image " + path + ".", e);
        } catch (IOException e) {
            throw new InputException("The disc image " + path + " cannot be opened: " + e.getMessage() + ".", e);
        }
        try {
            int sectors = sectors(path, channel);
            return new IsoFile(path, channel, sectors, type == null ? DiscType.forSectors(sectors) : type);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static int sectors(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size % RAW_SECTOR_BYTES == 0 && size > 0 && startsWithSync(channel)) {
            throw InputException.at(path.toString(), 0, "raw 2352-byte sectors", "plain 2048-byte sectors");
        }
        if (size == 0 || size % SECTOR_BYTES != 0) {
            throw InputException.at(
                    path.toString(), size, "the end of the file", "a whole number of 2048-byte sectors");
        }
        if (size / SECTOR_BYTES > Integer.MAX_VALUE) {
            throw InputException.at(path.toString(), size, "the end of the file", "at most 2^31 - 1 sectors");
        }
        return (int) (size / SECTOR_BYTES);
    }

    /** Raw sectors begin with the sync pattern 00, ten FF, 00 (ECMA-130, 14.1). */
    private static boolean startsWithSync(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(12);
        if (channel.read(start, 0) < 12 || start.get(0) != 0 || start.get(11) != 0) {
            return false;
        }
        for (int i = 1; i <= 10; i++) {
            if (start.get(i) != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** The host file. */
    public Path path() {
        return path;
    }

    @Override
    public int sectorCount() {
        return sectorCount;
    }

    @Override
    public DiscType type() {
        return type;
    }

    @Override
    public void read(int lsn, byte[] destination, int offset) throws IOException {
        Objects.checkIndex(lsn, sectorCount);
        ByteBuffer buffer = ByteBuffer.wrap(destination, offset, SECTOR_BYTES);
        long position = (long) lsn * SECTOR_BYTES;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position + SECTOR_BYTES - buffer.remaining());
            if (read < 0) {
                throw InputException.at(path.toString(), position, "the end of the file", "sector " + lsn);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
