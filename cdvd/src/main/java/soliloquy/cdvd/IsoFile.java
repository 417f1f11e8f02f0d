package soliloquy.cdvd;

import java.io.IOException;
import java.nio.file.Path;
import soliloquy.machine.InputException;

/** A disc image in a host file of plain 2048-byte sectors. Read sector by sector; never whole in memory. */
public final class IsoFile implements DiscImage {
    private final Path path;
    private final TrackFile sectors;
    private final DiscType type;

    private IsoFile(Path path, TrackFile sectors, DiscType type) {
        this.path = path;
        this.sectors = sectors;
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
        if (DiscFile.startsWithSync(path)) {
            throw InputException.at(path.toString(), 0, "raw 2352-byte sectors", "plain 2048-byte sectors");
        }
        TrackFile sectors = TrackFile.open(path, TrackFile.SectorForm.PLAIN, 0, -1);
        return new IsoFile(path, sectors, type == null ? sectors.type() : type);
    }

    /** The host file. */
    public Path path() {
        return path;
    }

    @Override
    public int sectorCount() {
        return sectors.sectorCount();
    }

    @Override
    public DiscType type() {
        return type;
    }

    @Override
    public void read(int lsn, byte[] destination, int offset) throws IOException {
        sectors.read(lsn, destination, offset);
    }

    @Override
    public void close() throws IOException {
        sectors.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
