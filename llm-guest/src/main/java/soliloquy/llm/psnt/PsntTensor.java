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
 * @param aligned version 4: codes begin, and each row of codes begins, at a multiple of 16 bytes
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
        boolean aligned) {

    /** Scales of one row. */
    public int scalesPerRow() {
        return scalesPerRow(encoding, group, columns);
    }

    /** Bytes from one row of codes to the next (version 4), or 0 where rows do not begin on a byte. */
    public int rowStride() {
        return aligned ? alignedStride(encoding, columns) : 0;
    }

    /** Bytes from the tensor's start to its codes. */
    public long codesOffset() {
        long scales = 4L * rows * scalesPerRow();
        return aligned ? align16(scales) : scales;
    }

    /** The same entry with its checksum. */
    PsntTensor withCrc32(long checksum) {
        return new PsntTensor(name, kind, layer, encoding, group, rows, columns, offset, bytes, checksum, aligned);
    }

    /** The same entry at another place. */
    PsntTensor at(long place) {
        return new PsntTensor(name, kind, layer, encoding, group, rows, columns, place, bytes, crc32, aligned);
    }

    static int scalesPerRow(PsntEncoding encoding, int group, int columns) {
        if (encoding == PsntEncoding.FLOAT32) {
            return 0;
        }
        return group == 0 ? 1 : (columns + group - 1) / group;
    }

    static int alignedStride(PsntEncoding encoding, int columns) {
        int bytes = (int) (((long) columns * encoding.bits() + 7) / 8);
        return encoding == PsntEncoding.FLOAT32 ? bytes : (int) align16(bytes);
    }

    /** Stored size of a tensor. */
    static long size(PsntEncoding encoding, int group, int rows, int columns, boolean aligned) {
        long scales = 4L * rows * scalesPerRow(encoding, group, columns);
        if (aligned) {
            return align16(scales) + (long) rows * alignedStride(encoding, columns);
        }
        return scales + ((long) rows * columns * encoding.bits() + 7) / 8;
    }

    static long align16(long value) {
        return (value + 15) & ~15L;
    }
}
