package soliloquy.llm.psnt;

/**
 * One entry of a PSNT directory.
 *
 * @param name for example {@code layers.3.w1}
 * @param layer unique layer, 0 where there is none
 * @param encoding how its numbers are stored
 * @param group columns that share a scale; 0: one scale for each row (or none for float32)
 * @param offset bytes from the start of the file
 * @param bytes stored size, padding behind it not counted
 * @param crc32 CRC-32 (zlib's) of the stored bytes, or -1 in versions that have none
 * @param tiled version 4: codes and scales stand in tiles ({@link TileLayout})
 */
public record PsntTensor(
        String name,
        TensorKind kind,
        int layer,
        PsntEncoding encoding,
        int group,
        int rows,
        int columns,
        long offset,
        long bytes,
        long crc32,
        boolean tiled) {

    /** Scales of one row. */
    public int scalesPerRow() {
        return scalesPerRow(encoding, group, columns);
    }

    /**
     * How its codes stand in version 4.
     *
     * @throws IllegalStateException it is float32, or of an older version
     */
    public TileLayout tiles() {
        if (!tiled || encoding == PsntEncoding.FLOAT32) {
            throw new IllegalStateException(name + " has no tiles");
        }
        return new TileLayout(encoding, group, columns);
    }

    /** The same entry with its checksum. */
    PsntTensor withCrc32(long checksum) {
        return new PsntTensor(name, kind, layer, encoding, group, rows, columns, offset, bytes, checksum, tiled);
    }

    /** The same entry at another place. */
    PsntTensor at(long place) {
        return new PsntTensor(name, kind, layer, encoding, group, rows, columns, place, bytes, crc32, tiled);
    }

    static int scalesPerRow(PsntEncoding encoding, int group, int columns) {
        if (encoding == PsntEncoding.FLOAT32) {
            return 0;
        }
        return group == 0 ? 1 : (columns + group - 1) / group;
    }

    /** Stored size of a tensor. */
    static long size(PsntEncoding encoding, int group, int rows, int columns, boolean tiled) {
        if (encoding != PsntEncoding.FLOAT32 && tiled) {
            return new TileLayout(encoding, group, columns).bytes(rows);
        }
        long scales = 4L * rows * scalesPerRow(encoding, group, columns);
        return scales + ((long) rows * columns * encoding.bits() + 7) / 8;
    }
}
