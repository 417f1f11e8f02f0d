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

    private final byte[] bytes = new byte[CdSector.BYTES + Subchannel.BYTES];
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
            case 0 -> DiscImage.SECTOR_BYTES;
            case 1 -> CdSector.BYTES - CdSector.DATA;
            case 2 -> CdSector.BYTES - CdSector.HEADER;
            default -> -1;
        };
    }

    /** The same for READ_CDDA and READ_XCDDA (0: 2352, 1: 2368, 2: 2448), or -1. */
    static int audioBytes(int pattern) {
        return switch (pattern) {
            case 0 -> CdSector.BYTES;
            case 1 -> CdSector.BYTES + Subchannel.Q_BYTES;
            case 2 -> CdSector.BYTES + Subchannel.BYTES;
            default -> -1;
        };
    }

    /**
     * Loads a CD sector of {@code size} bytes: the user data alone, what follows the subheader, what follows the synchronisation, the
     * whole sector, or the whole sector and its subchannels.
     */
    void loadCd(DiscImage disc, int lsn, int size) throws IOException {
        if (size == DiscImage.SECTOR_BYTES) {
            disc.read(lsn, bytes, 0);
            dataOffset = 0;
            start(size);
            return;
        }
        disc.read(lsn, bytes, CdSector.DATA);
        dataOffset = CdSector.DATA;
        CdSector.wrap(bytes, lsn);
        position = Math.max(0, CdSector.BYTES - size);
        length = Math.max(CdSector.BYTES, size);
        if (size == CdSector.BYTES + Subchannel.Q_BYTES) {
            Subchannel.q(lsn, bytes, CdSector.BYTES);
        } else if (size > CdSector.BYTES) {
            Subchannel.interleaved(lsn, bytes, CdSector.BYTES);
        }
    }

    /**
     * What register DEC_SET does to a sector: bit 0, exclusive or with byte 4 of the disc's key, which is 0 because none was read; bit 1,
     * rotation of each byte to the right by bits 4 to 6. Source: PCSX2.
     */
    void decrypt(int setting) {
        int shift = setting >> 4 & 7;
        if ((setting & 2) != 0) {
            for (int i = position; i < length; i++) {
                int octet = bytes[i] & 0xFF;
                bytes[i] = (byte) (octet >> shift | octet << 8 - shift);
            }
        }
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
