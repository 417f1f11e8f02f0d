package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import soliloquy.machine.InputException;

/** A disc whose sectors come straight from the sources of its files. */
final class SourceImage implements DiscImage {
    private final byte[] metadata;
    private final int sectorCount;
    private final List<IsoTree.File> files;
    private final int[] firstSectors;
    private final SeekableByteChannel[] channels;

    SourceImage(IsoPlan plan, List<IsoTree.File> files) {
        metadata = plan.metadata();
        sectorCount = plan.sectorCount();
        // Empty files share the sector of the file that follows them.
        this.files = files.stream().filter(file -> file.size() > 0).toList();
        firstSectors = this.files.stream().mapToInt(IsoTree.File::lsn).toArray();
        channels = new SeekableByteChannel[this.files.size()];
    }

    @Override
    public int sectorCount() {
        return sectorCount;
    }

    @Override
    public DiscType type() {
        return DiscType.forSectors(sectorCount);
    }

    @Override
    public void read(int lsn, byte[] destination, int offset) throws IOException {
        Objects.checkIndex(lsn, sectorCount);
        Objects.checkFromIndexSize(offset, SECTOR_BYTES, destination.length);
        long position = (long) lsn * SECTOR_BYTES;
        if (position < metadata.length) {
            System.arraycopy(metadata, (int) position, destination, offset, SECTOR_BYTES);
            return;
        }
        int found = Arrays.binarySearch(firstSectors, lsn);
        int index = found >= 0 ? found : -found - 2;
        int length = 0;
        if (index >= 0) {
            long inFile = (long) (lsn - firstSectors[index]) * SECTOR_BYTES;
            length = Math.clamp(files.get(index).size() - inFile, 0, SECTOR_BYTES);
            if (length > 0) {
                read(index, inFile, ByteBuffer.wrap(destination, offset, length));
            }
        }
        Arrays.fill(destination, offset + length, offset + SECTOR_BYTES, (byte) 0);
    }

    private void read(int index, long position, ByteBuffer buffer) throws IOException {
        if (channels[index] == null) {
            channels[index] = IsoLayout.open(files.get(index));
        }
        SeekableByteChannel channel = channels[index];
        channel.position(position);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new InputException("The source of " + files.get(index).path() + " became shorter than "
                        + files.get(index).size() + " bytes.");
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (int i = 0; i < channels.length; i++) {
            if (channels[i] != null) {
                try {
                    channels[i].close();
                } catch (IOException e) {
                    failure = e;
                }
                channels[i] = null;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
