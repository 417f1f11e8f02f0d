package soliloquy.cdvd;

import java.io.IOException;
import java.util.Arrays;

/** The sector buffer that DMA empties: one sector in the form its read command asked for, or a table of contents. */
final class SectorBlock {
    /** A DVD sector with its identification and error detection code, as it reaches DMA. */
    static final int DVD_BYTES = 2064;

    private static final int DVD_HEADER = 12;

    /** Physical sector number of LSN 0 (ECMA-267, 17.1). */
    private static final int DVD_FIRST_SECTOR = 0x30000;

    private static final int[] EDC_TABLE = edcTable();

    private final byte[] bytes = new byte[2352];
    private int length;
    private int position;
    private int dataOffset;

    int available() {
        return length - position;
    }

    void clear() {
        length = 0;
        position = 0;
    }

    void take(byte[] destination, int offset, int count) {
        System.arraycopy(bytes, position, destination, offset, count);
        position += count;
    }

    /** Lets {@code faults} change the user data of the sector that was loaded last. */
    void corrupt(Faults faults, int lsn) {
        faults.corrupt(lsn, bytes, dataOffset);
    }

    /** Bytes of a CD sector for the data pattern of READ_CD (0: 2048, 1: 2328, 2: 2340), or -1. */
    static int cdBytes(int pattern) {
        return switch (pattern) {
            case 0 -> 2048;
            case 1 -> 2328;
            case 2 -> 2340;
            default -> -1;
        };
    }

    /**
     * Loads a CD sector of {@code size} bytes. Those of 2340 bytes begin with header and subheader (mode 2, form 1); the
     * bytes after the user data, error detection and correction codes, are 0 because the image does not hold them.
     */
    void loadCd(DiscImage disc, int lsn, int size) throws IOException {
        Arrays.fill(bytes, (byte) 0);
        int data = 0;
        if (size == 2340) {
            bytes[0] = (byte) Bcd.minute(lsn);
            bytes[1] = (byte) Bcd.second(lsn);
            bytes[2] = (byte) Bcd.frame(lsn);
            bytes[3] = 2;
            bytes[6] = 8;
            bytes[10] = 8;
            data = 12;
        }
        disc.read(lsn, bytes, data);
        dataOffset = data;
        start(size);
    }

    /** Loads a DVD sector: identification, 8 zero bytes, user data, error detection code (ECMA-267, 17). */
    void loadDvd(DiscImage disc, int lsn) throws IOException {
        Arrays.fill(bytes, 0, DVD_HEADER, (byte) 0);
        int sector = lsn + DVD_FIRST_SECTOR;
        bytes[0] = 0x20;
        bytes[1] = (byte) (sector >> 16);
        bytes[2] = (byte) (sector >> 8);
        bytes[3] = (byte) sector;
        disc.read(lsn, bytes, DVD_HEADER);
        dataOffset = DVD_HEADER;
        putBigEndian(DVD_HEADER + DiscImage.SECTOR_BYTES, edc(DVD_HEADER + DiscImage.SECTOR_BYTES));
        start(DVD_BYTES);
    }

    /** Loads the table of contents of a CD with one data track: entries of ten bytes of the Q channel, 1024 in all. */
    void loadCdContents(int sectorCount) {
        Arrays.fill(bytes, (byte) 0);
        putContentsEntry(0, 0xA0, 1, 0, 0);
        putContentsEntry(10, 0xA1, 1, 0, 0);
        putContentsEntry(20, 0xA2, Bcd.minute(sectorCount), Bcd.second(sectorCount), Bcd.frame(sectorCount));
        putContentsEntry(30, 1, Bcd.minute(0), Bcd.second(0), Bcd.frame(0));
        start(1024);
    }

    /** Control 4 (data) and mode 1, track 0, the point, then the time of the point in the last three bytes. */
    private void putContentsEntry(int at, int point, int minute, int second, int frame) {
        bytes[at] = 0x41;
        bytes[at + 2] = (byte) point;
        bytes[at + 7] = (byte) minute;
        bytes[at + 8] = (byte) second;
        bytes[at + 9] = (byte) frame;
    }

    /** Loads the sector of the lead-in with the physical format information (ECMA-267, 28.1.1), one layer. */
    void loadDvdContents(int sectorCount) {
        Arrays.fill(bytes, (byte) 0);
        // Identification and its error detection code as PCSX2 returns them.
        putBigEndian(0, 0x0402F200);
        bytes[4] = (byte) 0x86;
        bytes[5] = 0x72;
        bytes[12] = 0x01;
        bytes[13] = 0x02;
        bytes[14] = 0x01;
        putBigEndian(16, DVD_FIRST_SECTOR);
        putBigEndian(20, DVD_FIRST_SECTOR + sectorCount - 1);
        putBigEndian(DVD_HEADER + DiscImage.SECTOR_BYTES, edc(DVD_HEADER + DiscImage.SECTOR_BYTES));
        start(DVD_BYTES);
    }

    private void start(int size) {
        length = size;
        position = 0;
    }

    private void putBigEndian(int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    /** Remainder by x^32 + x^31 + x^4 + 1 of the first {@code count} bytes (ECMA-267, 17.4). */
    private int edc(int count) {
        int remainder = 0;
        for (int i = 0; i < count; i++) {
            remainder = remainder << 8 ^ EDC_TABLE[(remainder >>> 24 ^ bytes[i]) & 0xFF];
        }
        return remainder;
    }

    private static int[] edcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int remainder = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                remainder = remainder << 1 ^ (remainder < 0 ? 0x8000_0011 : 0);
            }
            table[i] = remainder;
        }
        return table;
    }
}
