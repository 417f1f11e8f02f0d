package soliloquy.gs;

/**
 * The GS's 4 MB of memory. Pixels are addressed by a base in blocks of 256 bytes, a buffer width in units of 64 pixels and a
 * position; addresses wrap at the end.
 */
public final class LocalMemory {
    /** Size in 32-bit words. */
    static final int WORDS = 1 << 20;

    private static final int MASK = WORDS - 1;

    /** The contents; a word's low byte is the first. */
    final int[] words = new int[WORDS];

    /** Number of the unit (of the format's size) that holds a pixel, from the start of memory, before wrapping. */
    static int unit(PixelFormat format, int base, int width, int x, int y) {
        int pagesInRow = format.pageWidthLog == 6 ? width : width >> 1;
        int page = (y >> format.pageHeightLog) * pagesInRow + (x >> format.pageWidthLog);
        int inPage = (y & (1 << format.pageHeightLog) - 1) << format.pageWidthLog | x & (1 << format.pageWidthLog) - 1;
        return (base << format.pageUnitsLog - 5) + (page << format.pageUnitsLog) + format.positions[inPage];
    }

    /** Reads the bits of a pixel, unconverted. */
    int read(PixelFormat format, int base, int width, int x, int y) {
        int unit = unit(format, base, width, x, y);
        return switch (format.unitBits) {
            case 32 -> (words[unit & MASK] & format.mask) >>> format.shift;
            case 16 -> words[unit >> 1 & MASK] >>> ((unit & 1) << 4) & 0xFFFF;
            case 8 -> words[unit >> 2 & MASK] >>> ((unit & 3) << 3) & 0xFF;
            default -> words[unit >> 3 & MASK] >>> ((unit & 7) << 2) & 0xF;
        };
    }

    /** Writes the bits of a pixel; bits of its word that are another format's stay. */
    void write(PixelFormat format, int base, int width, int x, int y, int value) {
        int unit = unit(format, base, width, x, y);
        switch (format.unitBits) {
            case 32 -> {
                int index = unit & MASK;
                words[index] = words[index] & ~format.mask | value << format.shift & format.mask;
            }
            case 16 -> merge(unit >> 1 & MASK, (unit & 1) << 4, 0xFFFF, value);
            case 8 -> merge(unit >> 2 & MASK, (unit & 3) << 3, 0xFF, value);
            default -> merge(unit >> 3 & MASK, (unit & 7) << 2, 0xF, value);
        }
    }

    private void merge(int index, int shift, int mask, int value) {
        words[index] = words[index] & ~(mask << shift) | (value & mask) << shift;
    }

    /**
     * Reads the bits of a pixel for a debugger.
     *
     * @param psm format code of the manual, for example 0 for PSMCT32; codes that name no format read 0
     * @param base in blocks of 256 bytes
     * @param width of the buffer in units of 64 pixels
     */
    public int pixel(int psm, int base, int width, int x, int y) {
        PixelFormat format = PixelFormat.of(psm);
        return format == null ? 0 : read(format, base, width, x, y);
    }
}
