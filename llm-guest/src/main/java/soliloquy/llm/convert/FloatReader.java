package soliloquy.llm.convert;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import soliloquy.machine.InputException;

/** Reads little-endian floating-point numbers of three widths from a file, in small pieces. */
final class FloatReader implements Closeable {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long LARGEST_COUNT = Integer.MAX_VALUE - 64L;

    private final String name;
    private final SeekableByteChannel channel;

    /** Stored number types. */
    enum Type {
        F32(4),
        F16(2),
        BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    FloatReader(String name, SeekableByteChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Bytes at an offset; the end of the file before that is an error. */
    ByteBuffer bytes(long offset, int count) throws IOException {
        if (offset + count > channel.size()) {
            throw InputException.at(
                    name, channel.size(), "the end of the file", offset + count - channel.size() + " more bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(offset, buffer);
        return buffer;
    }

    /**
     * A matrix of finite numbers.
     *
     * @param tensor its name, for messages
     */
    float[] read(String tensor, long offset, int rows, int columns, Type type) throws IOException {
        long total = (long) rows * columns;
        if (total > LARGEST_COUNT) {
            throw InputException.at(name, offset, "a tensor of " + total + " numbers", "at most " + LARGEST_COUNT);
        }
        if (offset + total * type.bytes > channel.size()) {
            throw InputException.at(name, offset, "the end of the file", total + " numbers");
        }
        float[] values = new float[(int) total];
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < values.length) {
            int count = Math.min(values.length - done, CHUNK_BYTES / type.bytes);
            buffer.clear().limit(count * type.bytes);
            fill(offset + (long) done * type.bytes, buffer);
            for (int i = 0; i < count; i++) {
                float value = switch (type) {
                    case F32 -> buffer.getFloat();
                    case F16 -> Float.float16ToFloat(buffer.getShort());
                    case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
                };
                if (!Float.isFinite(value)) {
                    int index = done + i;
                    throw InputException.at(
                            name,
                            offset + (long) index * type.bytes,
                            "tensor " + tensor + ", row " + index / columns + ", column " + index % columns
                                    + ": weight " + value,
                            "a finite number");
                }
                values[done + i] = value;
            }
            done += count;
        }
        return values;
    }

    private void fill(long offset, ByteBuffer buffer) throws IOException {
        channel.position(offset);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw InputException.at(
                        name, offset + buffer.position(), "the end of the file", buffer.remaining() + " more bytes");
            }
        }
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
