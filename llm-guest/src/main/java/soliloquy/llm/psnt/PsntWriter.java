package soliloquy.llm.psnt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import soliloquy.machine.InputException;

/** Writes PSNT files of any version, one tensor at a time. */
public final class PsntWriter {
    private static final long LARGEST_FILE = 0xFFFF_FFFFL;
    private static final int CHUNK_ROWS = 256;

    /** Where the writer gets a tensor's contents from. */
    @FunctionalInterface
    public interface Source {
        /** The contents of {@code tensor}, in the tensor's own encoding, group, rows and columns. */
        TensorData read(PsntTensor tensor) throws IOException;
    }

    private PsntWriter() {}

    /**
     * Writes a whole file from the channel's beginning.
     *
     * @param written told after each tensor
     * @throws InputException the header describes a model that this version cannot hold
     */
    public static void write(
            SeekableByteChannel channel, PsntHeader header, Source source, Consumer<PsntTensor> written)
            throws IOException {
        String fault = header.fault();
        if (fault != null) {
            throw new InputException("The model cannot be written as PSNT: " + fault);
        }
        PsntLayout layout = PsntLayout.of(header);
        if (layout.fileBytes() > LARGEST_FILE) {
            throw new InputException("The model cannot be written as PSNT: " + layout.fileBytes()
                    + " bytes; expected less than 4 GiB, the largest file of a disc");
        }
        List<PsntTensor> tensors = layout.tensors();
        long[] checksums = new long[tensors.size()];
        for (int i = 0; i < checksums.length; i++) {
            PsntTensor tensor = tensors.get(i);
            channel.position(tensor.offset());
            checksums[i] = write(channel, tensor, source.read(tensor));
            written.accept(tensor);
        }
        ByteBuffer start;
        if (header.version() >= 4) {
            start = TableOfContents.write(header, PsntFile.withChecksums(tensors, checksums), layout.fileBytes());
        } else {
            start = ByteBuffer.allocate(PsntHeader.bytes(header.version()));
            header.write(start);
        }
        writeAll(channel.position(0), start.clear());
        if (channel.size() < layout.fileBytes()) {
            writeAll(channel.position(layout.fileBytes() - 1), ByteBuffer.allocate(1));
        }
    }

    private static long write(SeekableByteChannel channel, PsntTensor tensor, TensorData data) throws IOException {
        if (data.rows() != tensor.rows() || data.columns() != tensor.columns()) {
            throw new IllegalArgumentException(tensor.name() + " of the wrong shape");
        }
        CRC32 crc = new CRC32();
        switch (data) {
            case FloatTensor values
            when tensor.encoding() == PsntEncoding.FLOAT32 -> writeFloats(channel, values.values(), crc);
            case QuantizedMatrix matrix
            when matrix.encoding() == tensor.encoding() && matrix.group() == tensor.group() -> {
                if (tensor.tiled()) {
                    writeTiles(channel, tensor.tiles(), matrix, crc);
                } else {
                    writeFloats(channel, matrix.scales(), crc);
                    writeCodes(channel, matrix, crc);
                }
            }
            default -> throw new IllegalArgumentException(tensor.name() + " in the wrong encoding");
        }
        return crc.getValue();
    }

    private static void writeFloats(SeekableByteChannel channel, float[] values, CRC32 crc) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
            if (!buffer.hasRemaining()) {
                put(channel, buffer.flip(), crc);
                buffer.clear();
            }
        }
        put(channel, buffer.flip(), crc);
    }

    private static void writeCodes(SeekableByteChannel channel, QuantizedMatrix matrix, CRC32 crc) throws IOException {
        int columns = matrix.columns();
        // A multiple of four rows: codes then fill whole bytes up to the last chunk.
        for (int first = 0; first < matrix.rows(); first += CHUNK_ROWS) {
            int rows = Math.min(CHUNK_ROWS, matrix.rows() - first);
            ByteBuffer buffer = ByteBuffer.allocate(
                    (int) (((long) rows * columns * matrix.encoding().bits() + 7) / 8));
            CodePacking.pack(matrix.encoding(), matrix.codes(), first * columns, rows * columns, buffer);
            put(channel, buffer.flip(), crc);
        }
    }

    private static void writeTiles(SeekableByteChannel channel, TileLayout tiles, QuantizedMatrix matrix, CRC32 crc)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_ROWS / TileLayout.ROWS * tiles.tileBytes());
        for (int row = 0; row < matrix.rows(); row += TileLayout.ROWS) {
            tiles.pack(matrix, row, buffer);
            if (!buffer.hasRemaining()) {
                put(channel, buffer.flip(), crc);
                buffer.clear();
            }
        }
        put(channel, buffer.flip(), crc);
    }

    private static void put(SeekableByteChannel channel, ByteBuffer buffer, CRC32 crc) throws IOException {
        crc.update(buffer.duplicate());
        writeAll(channel, buffer);
    }

    private static void writeAll(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
