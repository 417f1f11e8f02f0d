package soliloquy.gs;

/**
 * The colour lookup table and its 1 KB buffer: 256 colours of 32 bits or 512 of 16. A 32-bit colour's halves lie 256 entries
 * apart. Loaded when TEX0 or TEX2 is written, as CLD says.
 */
final class Clut {
    private static final int ENTRIES = 512;

    private final LocalMemory memory;
    private final int[] buffer = new int[ENTRIES];
    private int remembered0;
    private int remembered1;
    private long texclut;

    Clut(LocalMemory memory) {
        this.memory = memory;
    }

    /** TEXCLUT: 5..0 CBW, 11..6 COU in 16 pixels, 21..12 COV; used by CSM2. */
    void texclut(long value) {
        texclut = value;
    }

    /** Loads the buffer if the CLD of this TEX0 says so. */
    void load(long tex0) {
        int base = (int) (tex0 >>> 37) & 0x3FFF;
        switch ((int) (tex0 >>> 61)) {
            case 1 -> {}
            case 2 -> remembered0 = base;
            case 3 -> remembered1 = base;
            case 4 -> {
                if (remembered0 == base) {
                    return;
                }
                remembered0 = base;
            }
            case 5 -> {
                if (remembered1 == base) {
                    return;
                }
                remembered1 = base;
            }
            default -> {
                return;
            }
        }
        PixelFormat texture = PixelFormat.of((int) (tex0 >>> 20));
        if (texture == null || !texture.isIndexed()) {
            return;
        }
        int count = 1 << texture.bits;
        PixelFormat format = format(tex0);
        int start = start(tex0);
        boolean linear = (tex0 >>> 55 & 1) != 0;
        for (int i = 0; i < count; i++) {
            int value = linear ? readLinear(format, base, i) : readImage(format, base, i, count);
            store(format, start + i, value);
        }
    }

    /** CSM1: 16 by 16 pixels with bits 3 and 4 of the index exchanged, or 8 by 2. */
    private int readImage(PixelFormat format, int base, int index, int count) {
        int x = count == 16 ? index & 7 : index & 7 | index >> 1 & 8;
        int y = count == 16 ? index >> 3 : index >> 4 & 0xE | index >> 3 & 1;
        return memory.read(format, base, 1, x, y);
    }

    private int readLinear(PixelFormat format, int base, int index) {
        int width = (int) texclut & 0x3F;
        int x = (int) (texclut >>> 6 & 0x3F) * 16 + index;
        int y = (int) (texclut >>> 12) & 0x3FF;
        return memory.read(format, base, width, x, y);
    }

    private void store(PixelFormat format, int entry, int value) {
        if (format.unitBits == 16) {
            buffer[entry & ENTRIES - 1] = value;
        } else {
            buffer[entry & 0xFF] = value & 0xFFFF;
            buffer[entry & 0xFF | 0x100] = value >>> 16;
        }
    }

    /** The colour of an index, unconverted: 32 or 16 bits by CPSM. */
    int colour(PixelFormat format, int entry) {
        return format.unitBits == 16
                ? buffer[entry & ENTRIES - 1]
                : buffer[entry & 0xFF] | buffer[entry & 0xFF | 0x100] << 16;
    }

    /** Format of the CLUT by TEX0's CPSM. */
    static PixelFormat format(long tex0) {
        PixelFormat format = PixelFormat.of((int) (tex0 >>> 51) & 0xF);
        return format == null ? PixelFormat.CT32 : format;
    }

    /** First entry of the buffer by TEX0's CSA. */
    static int start(long tex0) {
        return ((int) (tex0 >>> 56) & 0x1F) * 16;
    }
}
