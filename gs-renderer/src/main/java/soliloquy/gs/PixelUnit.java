package soliloquy.gs;

/**
 * What happens to a pixel between its colour and memory: tests, blending, dithering, the write. Set up once for each primitive.
 * Order: alpha test, destination alpha test, depth test. Source: GS description in ps2tek.
 */
final class PixelUnit {
    private static final int KEEP = 0;
    private static final int FRAME_ONLY = 1;
    private static final int DEPTH_ONLY = 2;

    private final LocalMemory memory;
    private DrawingContext context = new DrawingContext();
    private boolean blending;
    private long depthLimit;
    private boolean writesDepth;
    private int keep;

    /** COLCLAMP: colours saturate instead of wrapping. */
    boolean clampColours = true;

    /** PABE: a pixel is blended only if its alpha's top bit is set. */
    boolean perPixelBlending;

    /** DTHE, used for 16-bit frames. */
    boolean dithering;

    /** DIMX: sixteen 3-bit signed numbers. */
    long ditherMatrix;

    /** SCANMSK: 2 draws no even lines, 3 no odd ones. */
    int scanMask;

    PixelUnit(LocalMemory memory) {
        this.memory = memory;
    }

    void prepare(DrawingContext drawingContext, boolean alphaBlending) {
        context = drawingContext;
        blending = alphaBlending;
        depthLimit = (1L << context.depthFormat.bits) - 1;
        writesDepth = context.depthTest && !context.depthKeep;
        keep = context.frameKeep;
    }

    /** True if every pixel of this primitive is simply stored, so that whole rows may be filled with its colour. */
    boolean storesOnly() {
        return !blending
                && !context.alphaTest
                && !context.destinationAlphaTest
                && (!context.depthTest || context.depthMethod == 1)
                && !writesDepth
                && scanMask < 2
                && context.frameFormat == PixelFormat.CT32
                && keep == 0;
    }

    /** Fills pixels {@code x0} to {@code x1 - 1} of a row of a 32-bit frame. Only where {@link #storesOnly}. */
    void fillRow(int x0, int x1, int y, int colour) {
        int stored = context.alphaCorrection ? colour | 0x8000_0000 : colour;
        int row = LocalMemory.unit(PixelFormat.CT32, context.frameBase, context.frameWidth, 0, y);
        int[] positions = PixelFormat.CT32.positions;
        int[] words = memory.words;
        for (int x = x0; x < x1; x++) {
            // The position of (x, y) in a page is that of (0, y) plus that of (x, 0).
            words[row + ((x >> 6) << 11) + positions[x & 63] & LocalMemory.WORDS - 1] = stored;
        }
    }

    /** One pixel inside the scissor, with its depth and its colour after texture and fog. */
    void draw(int x, int y, long z, int colour) {
        if (scanMask >= 2 && (y & 1) == (scanMask & 1)) {
            return;
        }
        boolean frame = true;
        boolean depth = writesDepth;
        boolean alphaWritten = true;
        if (context.alphaTest && !alphaPasses(colour >>> 24)) {
            switch (context.alphaFail) {
                case KEEP -> {
                    return;
                }
                case FRAME_ONLY -> depth = false;
                case DEPTH_ONLY -> frame = false;
                default -> {
                    depth = false;
                    // RGB_ONLY exists for 32-bit frames; with others it is FB_ONLY.
                    alphaWritten = context.frameFormat != PixelFormat.CT32;
                }
            }
        }
        boolean readsFrame = blending || context.destinationAlphaTest;
        int destination = readsFrame ? destination(x, y) : 0;
        if (context.destinationAlphaTest
                && context.frameFormat.bits != 24
                && destination < 0 != context.destinationAlphaWanted) {
            return;
        }
        long limited = Math.min(z, depthLimit);
        if (context.depthTest && !depthPasses(x, y, limited)) {
            return;
        }
        if (depth) {
            memory.write(context.depthFormat, context.depthBase, context.frameWidth, x, y, (int) limited);
        }
        if (frame) {
            int blended = blending && (!perPixelBlending || colour < 0) ? blend(colour, destination) : colour;
            store(x, y, blended, alphaWritten);
        }
    }

    private boolean alphaPasses(int alpha) {
        int reference = context.alphaReference;
        return switch (context.alphaMethod) {
            case 0 -> false;
            case 1 -> true;
            case 2 -> alpha < reference;
            case 3 -> alpha <= reference;
            case 4 -> alpha == reference;
            case 5 -> alpha >= reference;
            case 6 -> alpha > reference;
            default -> alpha != reference;
        };
    }

    private boolean depthPasses(int x, int y, long z) {
        return switch (context.depthMethod) {
            case 0 -> false;
            case 1 -> true;
            default -> {
                long stored =
                        memory.read(context.depthFormat, context.depthBase, context.frameWidth, x, y) & 0xFFFF_FFFFL;
                yield context.depthMethod == 2 ? z >= stored : z > stored;
            }
        };
    }

    /** The frame's pixel as ABGR; 24-bit frames have alpha 0x80. */
    private int destination(int x, int y) {
        PixelFormat format = context.frameFormat;
        int value = memory.read(format, context.frameBase, context.frameWidth, x, y);
        return format.unitBits == 16 ? Colours.from16(value) : format.bits == 24 ? value | 0x8000_0000 : value;
    }

    /** ((A - B) * C >> 7) + D for each colour; alpha stays the source's. */
    private int blend(int source, int destination) {
        int factor = switch (context.blendC) {
            case 0 -> source >>> 24;
            case 1 -> destination >>> 24;
            default -> context.blendFix;
        };
        int a = select(context.blendA, source, destination);
        int b = select(context.blendB, source, destination);
        int d = select(context.blendD, source, destination);
        return channel(a & 0xFF, b & 0xFF, d & 0xFF, factor)
                | channel(a >>> 8 & 0xFF, b >>> 8 & 0xFF, d >>> 8 & 0xFF, factor) << 8
                | channel(a >>> 16 & 0xFF, b >>> 16 & 0xFF, d >>> 16 & 0xFF, factor) << 16
                | source & 0xFF00_0000;
    }

    private static int select(int selector, int source, int destination) {
        return switch (selector) {
            case 0 -> source;
            case 1 -> destination;
            default -> 0;
        };
    }

    private int channel(int a, int b, int d, int factor) {
        return limit(((a - b) * factor >> 7) + d);
    }

    private int limit(int value) {
        return clampColours ? Math.clamp(value, 0, 255) : value & 0xFF;
    }

    private void store(int x, int y, int colour, boolean alphaWritten) {
        PixelFormat format = context.frameFormat;
        int value = context.alphaCorrection ? colour | 0x8000_0000 : colour;
        int kept = alphaWritten ? keep : keep | 0xFF00_0000;
        if (format.unitBits == 16) {
            if (dithering) {
                value = dither(x, y, value);
            }
            value = Colours.to16(value);
            kept = Colours.to16(kept);
        }
        if (kept != 0) {
            int old = memory.read(format, context.frameBase, context.frameWidth, x, y);
            value = value & ~kept | old & kept;
        }
        memory.write(format, context.frameBase, context.frameWidth, x, y, value);
    }

    private int dither(int x, int y, int colour) {
        int shift = ((y & 3) << 4) + ((x & 3) << 2);
        int offset = (int) (ditherMatrix >>> shift) << 29 >> 29;
        return limit((colour & 0xFF) + offset)
                | limit((colour >>> 8 & 0xFF) + offset) << 8
                | limit((colour >>> 16 & 0xFF) + offset) << 16
                | colour & 0xFF00_0000;
    }
}
