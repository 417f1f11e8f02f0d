package soliloquy.cdvd;

/**
 * A file or directory of an ISO 9660 file system.
 *
 * @param path from the root with backslashes, as the console's programs write it, for example {@code \DIR\NAME.EXT;1}
 * @param lsn logical sector number of its first sector
 * @param size in bytes
 * @param directory true for a directory
 */
public record IsoEntry(String path, int lsn, long size, boolean directory) {
    /** The last component of the path, with the version of a file. */
    public String name() {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    /** Sectors it occupies. */
    public int sectors() {
        return (int) ((size + DiscImage.SECTOR_BYTES - 1) / DiscImage.SECTOR_BYTES);
    }
}
