package soliloquy.cdvd;

/** What the drive reports a disc to be, in register 0x1F40200F. Source: libcdvd's media types. */
public enum DiscType {
    /** PlayStation 2 CD without audio tracks. */
    PS2_CD(0x12),
    /** PlayStation 2 DVD. */
    PS2_DVD(0x14);

    /** Sectors of an 80-minute CD, the largest the drive takes as one: 80 * 60 * 75. */
    public static final int CD_SECTORS = 360_000;

    private final int code;

    DiscType(int code) {
        this.code = code;
    }

    /** The value of the disc type register. */
    public int code() {
        return code;
    }

    /** The highest code of a speed that a read command of this medium takes: 24x of a CD, 4x of a DVD. Source: PCSX2. */
    int fastestSpindleCode() {
        return this == PS2_CD ? 5 : 3;
    }

    /** What the type register shows while the drive finds its place on a disc of this medium. */
    int detectedCode() {
        return this == PS2_CD ? 0x02 : 0x03;
    }

    /** The medium on which {@code sectorCount} sectors fit: a CD if they do, else a DVD. */
    public static DiscType forSectors(int sectorCount) {
        return sectorCount <= CD_SECTORS ? PS2_CD : PS2_DVD;
    }
}
