package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import soliloquy.machine.InputException;

/** A disc whose data track is a stretch of a host file of sectors, which may have headers and codes around their 2048 bytes of user data. */
final class TrackFile implements DiscImage {
    /** Bytes of a sector as it stands on a CD (ECMA-130, clause 14). */
    static final int RAW_BYTES = 2352;

    private final Path path;
    private final FileChannel channel;
    private final long start;
    private final SectorForm form;
    private final int sectorCount;

    /**
     * What stands in the file for each sector.
     *
     * @param bytes of a sector in the file
     * @param offset of the user data in it
     */
    record SectorForm(int bytes, int offset) {
        /** Mode 1: sync and header, user data, codes. */
        static final SectorForm MODE_1 = new SectorForm(RAW_BYTES, 16);
        /** Mode 2, form 1: sync, header and subheader, user data, codes. */
        static final SectorForm MODE_2 = new SectorForm(RAW_BYTES, 24);
        /** Mode 2 without sync and header. */
        static final SectorForm MODE_2_SHORT = new SectorForm(2336, 8);
        /** User data alone. */
        static final SectorForm PLAIN = new SectorForm(SECTOR_BYTES, 0);
    }

    private TrackFile(Path path, FileChannel channel, long start, SectorForm form, int sectorCount) {
        this.path = path;
        this.channel = channel;
        this.start = start;
        this.form = form;
        this.sectorCount = sectorCount;
    }

    /**
     * Opens a track.
     *
     * @param start sectors of the file before the track's
     * @param end sectors of the file up to the track's end, or -1 for those that are there
     * @throws InputException if the file is missing or does not hold the track
     */
    static TrackFile open(Path path, SectorForm form, long start, long end) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new InputException("There is no disc image " + path + ".", e);
        } catch (IOException e) {
            throw new InputException("The disc image " + path + " cannot be opened: " + e.getMessage() + ".", e);
        }
        try {
            long size = channel.size();
            long last = end < 0 ? size / form.bytes : end;
            if (end < 0 && size % form.bytes != 0) {
                throw InputException.at(
                        path.toString(),
                        size,
                        "the end of the file",
                        "a whole number of " + form.bytes + "-byte sectors");
            }
            if (size == 0) {
                throw InputException.at(path.toString(), 0, "the end of the file", "at least one sector");
            }
            if (last <= start || last * form.bytes > size || last - start > Integer.MAX_VALUE) {
                throw InputException.at(
                        path.toString(),
                        size,
                        "the end of the file",
                        "the data track, from sector " + start + " of the file on");
            }
            return new TrackFile(path, channel, start * form.bytes, form, (int) (last - start));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens a whole file of raw sectors; their first header tells the mode. */
    static TrackFile open(Path path) throws IOException {
        int mode;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(16);
            mode = channel.read(header, 0) == 16 ? header.get(15) : -1;
        }
        return switch (mode) {
            case 1 -> open(path, SectorForm.MODE_1, 0, -1);
            case 2 -> open(path, SectorForm.MODE_2, 0, -1);
            default -> throw InputException.at(path.toString(), 15, "sector mode " + mode, "1 or 2, those of data");
        };
    }

    @Override
    public int sectorCount() {
        return sectorCount;
    }

    @Override
    public DiscType type() {
        return DiscType.forSectors(sectorCount);
    }

    @Override
    public void read(int lsn, byte[] destination, int offset) throws IOException {
        Objects.checkIndex(lsn, sectorCount);
        ByteBuffer buffer = ByteBuffer.wrap(destination, offset, SECTOR_BYTES);
        long position = start + (long) lsn * form.bytes + form.offset;
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
