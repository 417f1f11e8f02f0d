package soliloquy.llm.psnt;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import soliloquy.machine.InputException;

/**
 * A PSNT file of any version, opened for reading: the header and the directory are in memory, tensors are read and checked
 * one at a time.
 */
public final class PsntFile implements Closeable {
    private static final long LARGEST_TENSOR = Integer.MAX_VALUE - 64L;

    private final String name;
    private final SeekableByteChannel channel;
    private final PsntHeader header;
    private final List<PsntTensor> tensors;

    private PsntFile(String name, SeekableByteChannel channel, PsntHeader header, List<PsntTensor> tensors) {
        this.name = name;
        this.channel = channel;
        this.header = header;
        this.tensors = tensors;
    }

    /** Opens a file; it stays open until {@link #close}. */
    public static PsntFile open(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            return open(path.getFileName().toString(), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Opens whatever {@code channel} holds and takes the channel over.
     *
     * @param name for messages
     * @throws InputException header or table of contents are not those of a PSNT file, or its size is wrong
     */
    public static PsntFile open(String name, SeekableByteChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer start = read(name, channel, 0, (int) Math.min(size, PsntHeader.V4_BYTES));
        PsntHeader header = PsntHeader.read(name, start);
        PsntLayout layout = PsntLayout.of(header);
        if (size != layout.fileBytes()) {
            throw new InputException(
                    name + ": " + size + " bytes; expected " + layout.fileBytes() + " for the shape in its header");
        }
        for (PsntTensor tensor : layout.tensors()) {
            if (tensor.bytes() > LARGEST_TENSOR || (long) tensor.rows() * tensor.columns() > LARGEST_TENSOR) {
                throw InputException.at(
                        name, tensor.offset(), tensor.name() + " of " + tensor.bytes() + " bytes", "less than 2 GB");
            }
        }
        List<PsntTensor> tensors = layout.tensors();
        if (header.version() >= 4) {
            int tocBytes = tensors.size() * PsntLayout.ENTRY_BYTES;
            ByteBuffer toc = read(name, channel, PsntHeader.V4_BYTES, tocBytes);
            tensors = TableOfContents.read(name, start, toc, layout);
        }
        return new PsntFile(name, channel, header, tensors);
    }

    /** The file's name, for messages. */
    public String name() {
        return name;
    }

    /** The header. */
    public PsntHeader header() {
        return header;
    }

    /** The model's shape. */
    public ModelConfig config() {
        return header.config();
    }

    /** All tensors in file order. */
    public List<PsntTensor> tensors() {
        return tensors;
    }

    /** Size of the file in bytes. */
    public long size() throws IOException {
        return channel.size();
    }

    /**
     * The tensor with this name.
     *
     * @throws IllegalArgumentException there is none
     */
    public PsntTensor tensor(String tensorName) {
        for (PsntTensor tensor : tensors) {
            if (tensor.name().equals(tensorName)) {
                return tensor;
            }
        }
        throw new IllegalArgumentException(name + " has no tensor " + tensorName);
    }

    /** The tensor of this kind and unique layer (0 where the kind has one for the whole model). */
    public PsntTensor tensor(TensorKind kind, int layer) {
        return tensor(kind.tensorName(layer));
    }

    /**
     * Reads a tensor and checks it: CRC-32 where the version has one, finite scales and values, codes in range.
     *
     * @throws InputException the contents are damaged
     */
    public TensorData read(PsntTensor tensor) throws IOException {
        ByteBuffer stored = stored(tensor);
        if (tensor.encoding() == PsntEncoding.FLOAT32) {
            return new FloatTensor(
                    tensor.rows(), tensor.columns(), floats(tensor, stored, tensor.rows() * tensor.columns()));
        }
        if (tensor.tiled()) {
            return tensor.tiles().unpack(stored, tensor.rows(), name, tensor.name(), tensor.offset());
        }
        float[] scales = floats(tensor, stored, tensor.rows() * tensor.scalesPerRow());
        byte[] codes = new byte[tensor.rows() * tensor.columns()];
        int base = Float.BYTES * scales.length;
        stored.position(base);
        CodePacking.unpack(tensor.encoding(), stored, codes, 0, codes.length, name, tensor.offset() + base);
        return new QuantizedMatrix(tensor.encoding(), tensor.group(), tensor.rows(), tensor.columns(), scales, codes);
    }

    /** Reads a tensor that is stored as float32. */
    public float[] readFloats(TensorKind kind) throws IOException {
        return read(tensor(kind, 0)).toFloats();
    }

    /** The stored bytes of a tensor, little-endian, CRC-32 checked where the version has one. */
    public ByteBuffer stored(PsntTensor tensor) throws IOException {
        ByteBuffer stored = read(name, channel, tensor.offset(), (int) tensor.bytes());
        if (tensor.crc32() >= 0) {
            CRC32 crc = new CRC32();
            crc.update(stored.duplicate());
            if (crc.getValue() != tensor.crc32()) {
                throw InputException.at(
                        name,
                        tensor.offset(),
                        String.format("%s with CRC-32 %08x", tensor.name(), crc.getValue()),
                        String.format("%08x as in the table of contents", tensor.crc32()));
            }
        }
        return stored;
    }

    private float[] floats(PsntTensor tensor, ByteBuffer stored, int count) throws InputException {
        float[] values = new float[count];
        stored.asFloatBuffer().get(values);
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw InputException.at(
                        name, tensor.offset() + 4L * i, tensor.name() + " holds " + values[i], "a finite number");
            }
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static ByteBuffer read(String name, SeekableByteChannel channel, long offset, int count)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(offset);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw InputException.at(
                        name, offset + buffer.position(), "the end of the file", buffer.remaining() + " more bytes");
            }
        }
        return buffer.flip();
    }

    static String text(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    static List<PsntTensor> withChecksums(List<PsntTensor> tensors, long[] checksums) {
        List<PsntTensor> result = new ArrayList<>();
        for (int i = 0; i < checksums.length; i++) {
            result.add(tensors.get(i).withCrc32(checksums[i]));
        }
        return List.copyOf(result);
    }
}
