package soliloquy.cdvd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Discs and contents for tests. */
final class Discs {
    private Discs() {}

    /** Bytes that differ from sector to sector, the same for the same seed. */
    static byte[] content(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** All sectors of an image. */
    static byte[] bytes(DiscImage image) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] sector = new byte[DiscImage.SECTOR_BYTES];
        for (int lsn = 0; lsn < image.sectorCount(); lsn++) {
            image.read(lsn, sector, 0);
            all.write(sector);
        }
        return all.toByteArray();
    }

    /** An image in memory, of any number of sectors, so that tests can damage it. */
    static final class Memory implements DiscImage {
        private final byte[] bytes;
        private final DiscType type;

        Memory(byte[] bytes, DiscType type) {
            this.bytes = bytes;
            this.type = type;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public DiscType type() {
            return type;
        }

        @Override
        public int sectorCount() {
            return bytes.length / SECTOR_BYTES;
        }

        @Override
        public void read(int lsn, byte[] destination, int offset) {
            System.arraycopy(bytes, lsn * SECTOR_BYTES, destination, offset, SECTOR_BYTES);
        }

        @Override
        public void close() {}
    }

    /** A disc of any size that changes nothing it is asked to read. */
    static DiscImage blank(DiscType type, int sectors) {
        return new DiscImage() {
            @Override
            public int sectorCount() {
                return sectors;
            }

            @Override
            public DiscType type() {
                return type;
            }

            @Override
            public void read(int lsn, byte[] destination, int offset) {}

            @Override
            public void close() {}
        };
    }

    /** A disc of {@code sectors} sectors of noise. */
    static Memory noise(DiscType type, int sectors) {
        return new Memory(content(type.code(), sectors * DiscImage.SECTOR_BYTES), type);
    }
}
