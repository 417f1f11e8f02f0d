package soliloquy.gs;

import soliloquy.machine.Notices;

/** The registers behind the GIF, and the vertex queue they feed. Source: ps2tek "GS general registers". */
final class GeneralRegisters {
    private static final int PRIM = 0x00;
    private static final int RGBAQ = 0x01;
    private static final int ST = 0x02;
    private static final int UV = 0x03;
    private static final int XYZF2 = 0x04;
    private static final int XYZ2 = 0x05;
    private static final int TEX0_1 = 0x06;
    private static final int TEX0_2 = 0x07;
    private static final int CLAMP_1 = 0x08;
    private static final int CLAMP_2 = 0x09;
    private static final int FOG = 0x0A;
    private static final int XYZF3 = 0x0C;
    private static final int XYZ3 = 0x0D;
    private static final int A_D = 0x0E;
    private static final int NOP = 0x0F;
    private static final int TEX1_1 = 0x14;
    private static final int TEX1_2 = 0x15;
    private static final int TEX2_1 = 0x16;
    private static final int TEX2_2 = 0x17;
    private static final int XYOFFSET_1 = 0x18;
    private static final int XYOFFSET_2 = 0x19;
    private static final int PRMODECONT = 0x1A;
    private static final int PRMODE = 0x1B;
    private static final int TEXCLUT = 0x1C;
    private static final int SCANMSK = 0x22;
    private static final int MIPTBP1_1 = 0x34;
    private static final int MIPTBP1_2 = 0x35;
    private static final int MIPTBP2_1 = 0x36;
    private static final int MIPTBP2_2 = 0x37;
    private static final int TEXA = 0x3B;
    private static final int FOGCOL = 0x3D;
    private static final int TEXFLUSH = 0x3F;
    private static final int SCISSOR_1 = 0x40;
    private static final int SCISSOR_2 = 0x41;
    private static final int ALPHA_1 = 0x42;
    private static final int ALPHA_2 = 0x43;
    private static final int DIMX = 0x44;
    private static final int DTHE = 0x45;
    private static final int COLCLAMP = 0x46;
    private static final int TEST_1 = 0x47;
    private static final int TEST_2 = 0x48;
    private static final int PABE = 0x49;
    private static final int FBA_1 = 0x4A;
    private static final int FBA_2 = 0x4B;
    private static final int FRAME_1 = 0x4C;
    private static final int FRAME_2 = 0x4D;
    private static final int ZBUF_1 = 0x4E;
    private static final int ZBUF_2 = 0x4F;
    private static final int BITBLTBUF = 0x50;
    private static final int TRXPOS = 0x51;
    private static final int TRXREG = 0x52;
    private static final int TRXDIR = 0x53;

    private static final int ATTRIBUTES = 0x7F8;

    private final ImageTransfer transfer;
    private final Notices notices;
    private final Clut clut;
    private final TextureUnit texture;
    private final PixelUnit pixels;
    private final Rasterizer rasterizer;
    private final DrawingContext[] contexts = {new DrawingContext(), new DrawingContext()};
    private final Vertex vertex = new Vertex();
    private final Vertex[] queue = {new Vertex(), new Vertex(), new Vertex()};
    private int queued;
    private int prim;
    private int prmode;
    private boolean attributesFromPrim = true;
    private long texa;

    GeneralRegisters(LocalMemory memory, ImageTransfer transfer, Notices notices) {
        this.transfer = transfer;
        this.notices = notices;
        clut = new Clut(memory);
        texture = new TextureUnit(memory, clut);
        pixels = new PixelUnit(memory);
        rasterizer = new Rasterizer(pixels, texture);
    }

    /** CSR's RESET: vertices that wait are dropped. */
    void reset() {
        queued = 0;
        prim = 0;
        attributesFromPrim = true;
    }

    void write(int register, long value) {
        switch (register) {
            case PRIM -> {
                prim = (int) value & 0x7FF;
                queued = 0;
            }
            case RGBAQ -> {
                vertex.colour = (int) value;
                vertex.q = Float.intBitsToFloat((int) (value >>> 32));
            }
            case ST -> {
                vertex.s = Float.intBitsToFloat((int) value);
                vertex.t = Float.intBitsToFloat((int) (value >>> 32));
            }
            case UV -> {
                vertex.u = (int) value & 0x3FFF;
                vertex.v = (int) (value >>> 16) & 0x3FFF;
            }
            case XYZF2 -> positionWithFog(value, true);
            case XYZ2 -> position(value, value >>> 32, true);
            case XYZF3 -> positionWithFog(value, false);
            case XYZ3 -> position(value, value >>> 32, false);
            case TEX0_1, TEX0_2 -> {
                contexts[register - TEX0_1].tex0 = value;
                clut.load(value);
            }
            case CLAMP_1, CLAMP_2 -> contexts[register - CLAMP_1].clamp = value;
            case FOG -> vertex.fog = (int) (value >>> 56);
            case TEX1_1, TEX1_2 -> contexts[register - TEX1_1].tex1 = value;
            case TEX2_1, TEX2_2 -> {
                contexts[register - TEX2_1].tex2(value);
                clut.load(contexts[register - TEX2_1].tex0);
            }
            case XYOFFSET_1, XYOFFSET_2 -> contexts[register - XYOFFSET_1].xyoffset(value);
            case PRMODECONT -> attributesFromPrim = (value & 1) != 0;
            case PRMODE -> prmode = (int) value & ATTRIBUTES;
            case TEXCLUT -> clut.texclut(value);
            case SCANMSK -> pixels.scanMask = (int) value & 3;
            case TEXA -> texa = value;
            case FOGCOL -> rasterizer.fogColour = (int) value & 0xFF_FFFF;
            case TEXFLUSH, A_D, NOP -> {
                // There is no texture page buffer to flush; the other two numbers mean something to the GIF only.
            }
            case MIPTBP1_1, MIPTBP1_2, MIPTBP2_1, MIPTBP2_2 -> {
                // Bases of mipmaps, which are not drawn; a primitive that asks for them says so.
            }
            case SCISSOR_1, SCISSOR_2 -> contexts[register - SCISSOR_1].scissor(value);
            case ALPHA_1, ALPHA_2 -> contexts[register - ALPHA_1].alpha(value);
            case DIMX -> pixels.ditherMatrix = value;
            case DTHE -> pixels.dithering = (value & 1) != 0;
            case COLCLAMP -> pixels.clampColours = (value & 1) != 0;
            case TEST_1, TEST_2 -> contexts[register - TEST_1].test(value);
            case PABE -> pixels.perPixelBlending = (value & 1) != 0;
            case FBA_1, FBA_2 -> contexts[register - FBA_1].alphaCorrection = (value & 1) != 0;
            case FRAME_1, FRAME_2 -> frame(contexts[register - FRAME_1], value);
            case ZBUF_1, ZBUF_2 -> zbuf(contexts[register - ZBUF_1], value);
            case BITBLTBUF -> transfer.bitbltbuf(value);
            case TRXPOS -> transfer.trxpos(value);
            case TRXREG -> transfer.trxreg(value);
            case TRXDIR -> transfer.trxdir((int) value);
            default ->
                report(
                        Notices.Kind.UNHANDLED,
                        "write to general register 0x%02X, which does not exist".formatted(register));
        }
    }

    /** FRAME: 8..0 FBP in pages, 21..16 FBW, 29..24 PSM, 63..32 FBMSK. */
    private void frame(DrawingContext context, long value) {
        context.frameBase = ((int) value & 0x1FF) << 5;
        context.frameWidth = (int) (value >>> 16) & 0x3F;
        context.frameKeep = (int) (value >>> 32);
        int psm = (int) (value >>> 24) & 0x3F;
        PixelFormat format = PixelFormat.of(psm);
        if (format == null || format.isIndexed()) {
            report(Notices.Kind.UNHANDLED, "FRAME names pixel format 0x%02X, which holds no frame".formatted(psm));
            format = PixelFormat.CT32;
        }
        context.frameFormat = format;
    }

    /** ZBUF: 8..0 ZBP in pages, 27..24 PSM, 32 ZMSK. */
    private void zbuf(DrawingContext context, long value) {
        context.depthBase = ((int) value & 0x1FF) << 5;
        context.depthKeep = (value >>> 32 & 1) != 0;
        int psm = (int) (value >>> 24) & 0xF | 0x30;
        PixelFormat format = PixelFormat.of(psm);
        if (format == null) {
            report(Notices.Kind.UNHANDLED, "ZBUF names depth format 0x%02X, which does not exist".formatted(psm));
            format = PixelFormat.Z32;
        }
        context.depthFormat = format;
    }

    private void positionWithFog(long value, boolean draws) {
        vertex.fog = (int) (value >>> 56);
        position(value, value >>> 32 & 0xFF_FFFF, draws);
    }

    private void position(long xy, long z, boolean draws) {
        DrawingContext context = contexts[attributes() >> 9 & 1];
        vertex.x = ((int) xy & 0xFFFF) - context.offsetX;
        vertex.y = ((int) (xy >>> 16) & 0xFFFF) - context.offsetY;
        vertex.z = z;
        queue[queued++].copy(vertex);
        switch (prim & 7) {
            case 0 -> complete(1, draws);
            case 1, 6 -> complete(2, draws);
            case 2 -> {
                if (complete(2, draws)) {
                    keepFrom(1);
                }
            }
            case 3 -> complete(3, draws);
            case 4 -> {
                if (complete(3, draws)) {
                    keepFrom(1);
                }
            }
            case 5 -> {
                if (complete(3, draws)) {
                    exchange(1, 2);
                    queued = 2;
                }
            }
            default -> {
                queued = 0;
                report(Notices.Kind.UNHANDLED, "a vertex came while PRIM names primitive 7, which does not exist");
            }
        }
    }

    /** True, and the queue empty, if the primitive has its vertices. */
    private boolean complete(int vertices, boolean draws) {
        if (queued < vertices) {
            return false;
        }
        if (draws) {
            draw();
        }
        queued = 0;
        return true;
    }

    /** Strips: all but the oldest vertex are the next primitive's. */
    private void keepFrom(int oldest) {
        int vertices = (prim & 7) == 2 ? 2 : 3;
        for (int i = oldest; i < vertices; i++) {
            exchange(i - oldest, i);
        }
        queued = vertices - oldest;
    }

    private void exchange(int i, int j) {
        Vertex vertexI = queue[i];
        queue[i] = queue[j];
        queue[j] = vertexI;
    }

    /** PRIM's attributes, or PRMODE's: 3 IIP, 4 TME, 5 FGE, 6 ABE, 7 AA1, 8 FST, 9 CTXT, 10 FIX. */
    private int attributes() {
        return attributesFromPrim ? prim : prmode;
    }

    private void draw() {
        int attributes = attributes();
        DrawingContext context = contexts[attributes >> 9 & 1];
        rasterizer.gouraud = (attributes >> 3 & 1) != 0;
        rasterizer.textured = (attributes >> 4 & 1) != 0;
        rasterizer.fogged = (attributes >> 5 & 1) != 0;
        rasterizer.texelCoordinates = (attributes >> 8 & 1) != 0;
        if ((attributes >> 7 & 1) != 0) {
            report(Notices.Kind.UNIMPLEMENTED, "PRIM asks for antialiasing (AA1), which is not emulated");
        }
        if (rasterizer.textured) {
            if ((context.tex1 >>> 2 & 7) != 0 && (context.tex1 >>> 6 & 7) >= 2) {
                report(Notices.Kind.UNIMPLEMENTED, "TEX1 asks for mipmaps; the full texture is used instead");
            }
            texture.prepare(context, texa, rasterizer.texelCoordinates ? 1 : vertex.q);
        }
        pixels.prepare(context, (attributes >> 6 & 1) != 0);
        rasterizer.prepare(context);
        switch (prim & 7) {
            case 0 -> rasterizer.point(queue[0]);
            case 1, 2 -> rasterizer.line(queue[0], queue[1]);
            case 6 -> rasterizer.sprite(queue[0], queue[1]);
            default -> rasterizer.triangle(queue[0], queue[1], queue[2]);
        }
    }

    private void report(Notices.Kind kind, String text) {
        notices.report(kind, "GS", 0, text);
    }
}
