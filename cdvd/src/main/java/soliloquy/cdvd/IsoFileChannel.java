package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file on a disc, read sector by sector; closing it does not close the disc. */
final class IsoFileChannel implements SeekableByteChannel {
    private final DiscImage image;
    private final IsoEntry file;
    private final byte[] sector = new byte[DiscImage.SECTOR_BYTES];
    private int loaded = -1;
    private long position;
    private boolean open = true;

    IsoFileChannel(DiscImage image, IsoEntry file) {
        this.image = image;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (position >= file.size()) {
            return -1;
        }
        int total = 0;
        while (destination.hasRemaining() && position < file.size()) {
            int index = (int) (position / DiscImage.SECTOR_BYTES);
            int offset = (int) (position % DiscImage.SECTOR_BYTES);
            if (index != loaded) {
                image.read(file.lsn() + index, sector, 0);
                loaded = index;
            }
            int length = (int) Math.min(
                    Math.min(destination.remaining(), DiscImage.SECTOR_BYTES - offset), file.size() - position);
            destination.put(sector, offset, length);
            position += length;
            total += length;
        }
        return total;
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
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return file.size();
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
