package soliloquy.bios.iop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** A file that a program has open through FILEIO. */
sealed interface OpenFile {
    /** The console's text device, for reading and writing. */
    record Terminal() implements OpenFile {}

    /** A file on the disc. */
    final class OnDisc implements OpenFile {
        final int lsn;
        final int size;
        int position;

        OnDisc(int lsn, int size) {
            this.lsn = lsn;
            this.size = size;
        }
    }

    /** A file of the ROM. */
    final class InRom implements OpenFile {
        final byte[] bytes;
        int position;

        InRom(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** A file in the folder of the host that was given to the guest. */
    record OnHost(SeekableByteChannel channel) implements OpenFile, Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
