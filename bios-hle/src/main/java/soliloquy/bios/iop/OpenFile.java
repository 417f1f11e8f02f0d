package soliloquy.bios.iop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import soliloquy.machine.TextOutput;

/** A file that a program or a module has open. Errors of the IOP are negative numbers of errno. */
sealed interface OpenFile extends Closeable {
    /** Bytes in it. */
    default long size() throws IOException {
        return 0;
    }

    /** Where the next access begins. */
    default long position() throws IOException {
        return 0;
    }

    /** Sets where the next access begins; false if the file has no places. */
    boolean position(long place) throws IOException;

    /** Writes all of {@code bytes}; how many were written, or an error. */
    default int write(byte[] bytes) {
        return Errno.EBADF;
    }

    @Override
    default void close() throws IOException {}

    /** Fills {@code bytes} from {@code channel}, which has so many and may be open for writing only. */
    static void readWhole(SeekableByteChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new IOException("the file has become shorter");
                }
            }
        } catch (NonReadableChannelException e) {
            throw new IOException("the file is open for writing only", e);
        }
    }

    /** A file whose bytes are at hand. */
    sealed interface AtHand extends OpenFile {
        /** Fills {@code bytes}, which the file has from its position on. */
        void read(byte[] bytes) throws IOException;
    }

    /** The console's text device. */
    record Terminal(TextOutput text) implements OpenFile {
        @Override
        public boolean position(long place) {
            return false;
        }

        @Override
        public int write(byte[] bytes) {
            for (byte octet : bytes) {
                text.write(octet & 0xFF);
            }
            return bytes.length;
        }
    }

    /** A file on the disc. */
    final class OnDisc implements OpenFile {
        final int lsn;
        final int size;
        int position;

        OnDisc(int lsn, int size) {
            this.lsn = lsn;
            this.size = size;
        }

        @Override
        public long size() {
            return Integer.toUnsignedLong(size);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean position(long place) {
            position = (int) place;
            return true;
        }
    }

    /** A file of the ROM. */
    final class InRom implements AtHand {
        private final byte[] content;
        private int position;

        InRom(byte[] content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean position(long place) {
            position = (int) place;
            return true;
        }

        @Override
        public void read(byte[] bytes) {
            System.arraycopy(content, position, bytes, 0, bytes.length);
            position += bytes.length;
        }
    }

    /** A file in the folder of the host that was given to the guest. */
    record OnHost(SeekableByteChannel channel) implements AtHand {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public boolean position(long place) throws IOException {
            channel.position(place);
            return true;
        }

        @Override
        public void read(byte[] bytes) throws IOException {
            readWhole(channel, bytes);
        }

        @Override
        public int write(byte[] bytes) {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                return bytes.length;
            } catch (IOException | RuntimeException e) { // a channel for reading only throws an unchecked exception
                return Errno.EIO;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A file of a module's device, by ioman's number. */
    record OfModule(int number) implements OpenFile {
        @Override
        public boolean position(long place) {
            return false;
        }
    }
}
