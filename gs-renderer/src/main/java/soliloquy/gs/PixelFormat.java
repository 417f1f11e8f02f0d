package soliloquy.gs;

/**
 * A pixel storage format (PSM): how pixels lie in a page of 8 KB. A page holds 32 blocks of 256 bytes in an order of the format; a
 * block holds four columns of 64 bytes. Source: the closed forms that reproduce DobieStation's tables.
 */
enum PixelFormat {
    CT32(0x00, 32, 32, 0, Blocks.A, 0),
    CT24(0x01, 32, 24, 0, Blocks.A, 0),
    CT16(0x02, 16, 16, 0, Blocks.B, 0),
    CT16S(0x0A, 16, 16, 0, Blocks.C, 0),
    T8(0x13, 8, 8, 0, Blocks.A, 0),
    T4(0x14, 4, 4, 0, Blocks.B, 0),
    T8H(0x1B, 32, 8, 24, Blocks.A, 0),
    T4HL(0x24, 32, 4, 24, Blocks.A, 0),
    T4HH(0x2C, 32, 4, 28, Blocks.A, 0),
    Z32(0x30, 32, 32, 0, Blocks.A, 24),
    Z24(0x31, 32, 24, 0, Blocks.A, 24),
    Z16(0x32, 16, 16, 0, Blocks.B, 24),
    Z16S(0x3A, 16, 16, 0, Blocks.C, 24);

    /** Order of the blocks in a page; the letters are those of the facts the tables come from. */
    private enum Blocks {
        A,
        B,
        C;

        int number(int x, int y) {
            return switch (this) {
                case A -> x & 1 | (y & 1) << 1 | (x & 2) << 1 | (y & 2) << 2 | (x & 4) << 2;
                case B -> y & 1 | (x & 1) << 1 | (y & 2) << 1 | (x & 2) << 2 | (y & 4) << 2;
                case C -> y & 1 | (x & 1) << 1 | y & 4 | (y & 2) << 2 | (x & 2) << 3;
            };
        }
    }

    private static final PixelFormat[] BY_CODE = new PixelFormat[64];

    static {
        for (PixelFormat format : values()) {
            BY_CODE[format.code] = format;
        }
    }

    /** The PSM field's value. */
    final int code;

    /** Bits of the unit that is addressed: 32, 16, 8 or 4. */
    final int unitBits;

    /** Bits of a pixel, in memory and in a transfer. */
    final int bits;

    /** Where the pixel's bits start in its unit. */
    final int shift;

    /** Bits of a pixel in its unit. */
    final int mask;

    /** Width of a page in pixels, as a power of two. */
    final int pageWidthLog;

    /** Height of a page in pixels, as a power of two. */
    final int pageHeightLog;

    /** Units in a page, as a power of two. */
    final int pageUnitsLog;

    /** Position in the page, in units, of pixel {@code x, y}: index {@code y << pageWidthLog | x}. */
    final int[] positions;

    PixelFormat(int code, int unitBits, int bits, int shift, Blocks blocks, int blockFlip) {
        this.code = code;
        this.unitBits = unitBits;
        this.bits = bits;
        this.shift = shift;
        mask = (bits == 32 ? -1 : (1 << bits) - 1) << shift;
        pageWidthLog = unitBits >= 16 ? 6 : 7;
        pageHeightLog = switch (unitBits) {
            case 32 -> 5;
            case 4 -> 7;
            default -> 6;
        };
        pageUnitsLog = pageWidthLog + pageHeightLog;
        positions = new int[1 << pageUnitsLog];
        int blockWidthLog = switch (unitBits) {
            case 32 -> 3;
            case 4 -> 5;
            default -> 4;
        };
        int blockHeightLog = unitBits >= 16 ? 3 : 4;
        for (int y = 0; y < 1 << pageHeightLog; y++) {
            for (int x = 0; x < 1 << pageWidthLog; x++) {
                int block = blocks.number(x >> blockWidthLog, y >> blockHeightLog) ^ blockFlip;
                positions[y << pageWidthLog | x] = block * (2048 / unitBits)
                        + inBlock(x & (1 << blockWidthLog) - 1, y & (1 << blockHeightLog) - 1);
            }
        }
    }

    /** The format with this PSM, or null: most of the 64 codes name none. */
    static PixelFormat of(int code) {
        return BY_CODE[code & 0x3F];
    }

    /** True for the formats that hold colours rather than CLUT indices or depth. */
    boolean isColour() {
        return code <= 0x0A;
    }

    /** True for the formats whose pixels are indices into the CLUT. */
    boolean isIndexed() {
        return bits <= 8;
    }

    private int inBlock(int x, int y) {
        return switch (unitBits) {
            case 32 -> inColumn(y, x) + 16 * (y >> 1);
            case 16 -> 2 * inColumn(y, x & 7) + (x >> 3) + 32 * (y >> 1);
            case 8 -> 4 * inColumn(y, (x ^ crossing(y)) & 7) + 2 * (x >> 3) + (y >> 1 & 1) + 64 * (y >> 2);
            default -> 8 * inColumn(y, (x ^ crossing(y)) & 7) + 2 * (x >> 3) + (y >> 1 & 1) + 128 * (y >> 2);
        };
    }

    /** Order of the 16 words of a column. */
    private static int inColumn(int y, int x) {
        return x & 1 | (y & 1) << 1 | (x >> 1) << 2;
    }

    /** In the 8-bit and 4-bit formats, half of the row pairs have their left and right four pixels crossed. */
    private static int crossing(int y) {
        return ((y >> 1 ^ y >> 2) & 1) << 2;
    }
}
