package soliloquy.cdvd;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads bytes that are in memory. */
final class MemoryChannel implements SeekableByteChannel {
    private final byte[] content;
    private long position;
    private boolean open = true;

    MemoryChannel(byte[] content) {
        this.content = content;
    }

    @Override
    public int read(ByteBuffer destination) {
        if (position >= content.length) {
            return -1;
        }
        int length = Math.min(destination.remaining(), content.length - (int) position);
        destination.put(content, (int) position, length);
        position += length;
        return length;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
