package soliloquy.gs;

/** Conversions between the GS's colour formats. Colours are ABGR words: red in the low byte, alpha 0x80 for 1.0. */
final class Colours {
    private Colours() {}

    /** A 1-5-5-5 pixel as drawing and display see it: low bits 0, alpha 0x80 or 0. */
    static int from16(int value) {
        return (value & 0x1F) << 3 | (value & 0x3E0) << 6 | (value & 0x7C00) << 9 | (value & 0x8000) << 16;
    }

    /** The 1-5-5-5 pixel of a colour: the low bits are cut. */
    static int to16(int colour) {
        return colour >>> 3 & 0x1F | colour >>> 6 & 0x3E0 | colour >>> 9 & 0x7C00 | colour >>> 16 & 0x8000;
    }
}
