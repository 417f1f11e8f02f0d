package soliloquy.cdvd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which files go on a disc, and where. Files lie in the order in which they are added, each contiguous from a sector
 * boundary, so a file that is read from start to end is read strictly forward.
 */
public final class IsoLayout {
    /**
     * An empty disc.
     *
     * @param volume volume identifier, up to 32 of A-Z, 0-9 and _
     */
    public IsoLayout(String volume) {}

    /** Adds a file whose contents are in memory. */
    public IsoLayout add(String path, byte[] content) throws IOException {
        return this;
    }

    /** Adds a host file; its size is taken now. */
    public IsoLayout add(String path, Path file) throws IOException {
        return this;
    }

    /**
     * Adds a file of {@code size} bytes.
     *
     * @param path Level 1 names separated by / or \, for example {@code DIR/NAME.EXT}; directories are made as needed
     */
    public IsoLayout add(String path, long size, IsoSource source) throws IOException {
        return this;
    }

    /** Every file and directory with its place, directories first. */
    public List<IsoEntry> entries() {
        return List.of();
    }

    /** Sectors of the disc. */
    public int sectorCount() {
        return 0;
    }

    /** The disc, served straight from the sources without writing an image. */
    public DiscImage image() throws IOException {
        throw new IOException("no image");
    }
}
