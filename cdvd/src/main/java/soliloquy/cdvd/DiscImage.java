package soliloquy.cdvd;

import java.io.Closeable;
import java.io.IOException;

/** The user data of a disc: sectors of 2048 bytes, numbered from logical sector number (LSN) 0. */
public interface DiscImage extends Closeable {
    /** Bytes of user data in a sector. */
    int SECTOR_BYTES = 2048;

    /** Number of sectors. */
    int sectorCount();

    /** The medium it is pressed on. */
    DiscType type();

    /**
     * Reads one sector.
     *
     * @param lsn 0 to {@link #sectorCount()} - 1
     * @param destination takes {@link #SECTOR_BYTES} bytes from {@code offset}
     * @throws IndexOutOfBoundsException if there is no such sector
     * @throws IOException if the host cannot read it
     */
    void read(int lsn, byte[] destination, int offset) throws IOException;
}
