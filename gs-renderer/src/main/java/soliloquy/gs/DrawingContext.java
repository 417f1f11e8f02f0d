package soliloquy.gs;

/** One of the two sets of drawing registers, with its fields taken apart. Source: ps2tek "GS general registers". */
final class DrawingContext {
    /** XYOFFSET: OFX and OFY in sixteenths of a pixel. */
    int offsetX;

    int offsetY;

    /** SCISSOR, inclusive. */
    int scissorX0;

    int scissorX1 = 0x7FF;
    int scissorY0;
    int scissorY1 = 0x7FF;

    /** TEX0 as written; {@link TextureUnit} takes it apart. */
    long tex0;

    /** TEX1 and CLAMP as written. */
    long tex1;

    long clamp;

    /** ALPHA: selectors A, B, C, D and FIX. */
    int blendA;

    int blendB;
    int blendC;
    int blendD;
    int blendFix;

    /** TEST. */
    boolean alphaTest;

    int alphaMethod;
    int alphaReference;
    int alphaFail;
    boolean destinationAlphaTest;
    boolean destinationAlphaWanted;
    boolean depthTest;
    int depthMethod = 1;

    /** FBA: the top bit of a written alpha is set. */
    boolean alphaCorrection;

    /** FRAME: base in blocks, width in 64 pixels. */
    int frameBase;

    int frameWidth;
    PixelFormat frameFormat = PixelFormat.CT32;
    int frameKeep;

    /** ZBUF: base in blocks. */
    int depthBase;

    PixelFormat depthFormat = PixelFormat.Z32;
    boolean depthKeep;

    void xyoffset(long value) {
        offsetX = (int) value & 0xFFFF;
        offsetY = (int) (value >>> 32) & 0xFFFF;
    }

    void scissor(long value) {
        scissorX0 = (int) value & 0x7FF;
        scissorX1 = (int) (value >>> 16) & 0x7FF;
        scissorY0 = (int) (value >>> 32) & 0x7FF;
        scissorY1 = (int) (value >>> 48) & 0x7FF;
    }

    void alpha(long value) {
        blendA = (int) value & 3;
        blendB = (int) (value >>> 2) & 3;
        blendC = (int) (value >>> 4) & 3;
        blendD = (int) (value >>> 6) & 3;
        blendFix = (int) (value >>> 32) & 0xFF;
    }

    void test(long value) {
        alphaTest = (value & 1) != 0;
        alphaMethod = (int) (value >>> 1) & 7;
        alphaReference = (int) (value >>> 4) & 0xFF;
        alphaFail = (int) (value >>> 12) & 3;
        destinationAlphaTest = (value >>> 14 & 1) != 0;
        destinationAlphaWanted = (value >>> 15 & 1) != 0;
        depthTest = (value >>> 16 & 1) != 0;
        depthMethod = (int) (value >>> 17) & 3;
    }

    /** TEX2 changes the fields of TEX0 that concern format and CLUT: PSM, CBP, CPSM, CSM, CSA, CLD. */
    void tex2(long value) {
        long fields = 0x3FL << 20 | -1L << 37;
        tex0 = tex0 & ~fields | value & fields;
    }
}
