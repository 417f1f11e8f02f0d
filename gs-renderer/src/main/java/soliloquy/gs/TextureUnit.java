package soliloquy.gs;

/**
 * Reads texels: wrapping, lookup, conversion to 32 bits, nearest or bilinear filtering, and the texture function. Set up once for
 * each primitive.
 */
final class TextureUnit {
    private static final int CLAMP = 1;
    private static final int REGION_CLAMP = 2;
    private static final int REGION_REPEAT = 3;

    private final LocalMemory memory;
    private final Clut clut;
    private int base;
    private int width;
    private PixelFormat format = PixelFormat.CT32;
    private PixelFormat clutFormat = PixelFormat.CT32;
    private int clutStart;
    private int maskU;
    private int maskV;
    private int wrapU;
    private int wrapV;
    private int minU;
    private int maxU;
    private int minV;
    private int maxV;
    private boolean textureAlpha;
    private int function;
    private int alpha0;
    private int alpha1;
    private boolean blackTransparent;

    /** True if the primitive's texels are filtered bilinearly. */
    boolean bilinear;

    TextureUnit(LocalMemory memory, Clut clut) {
        this.memory = memory;
        this.clut = clut;
    }

    void prepare(DrawingContext context, long texa, float q) {
        long tex0 = context.tex0;
        base = (int) tex0 & 0x3FFF;
        width = (int) (tex0 >>> 14) & 0x3F;
        PixelFormat named = PixelFormat.of((int) (tex0 >>> 20));
        format = named == null ? PixelFormat.CT32 : named;
        maskU = (1 << Math.min(10, (int) (tex0 >>> 26) & 0xF)) - 1;
        maskV = (1 << Math.min(10, (int) (tex0 >>> 30) & 0xF)) - 1;
        textureAlpha = (tex0 >>> 34 & 1) != 0;
        function = (int) (tex0 >>> 35) & 3;
        clutFormat = Clut.format(tex0);
        clutStart = Clut.start(tex0);
        wrapU = (int) context.clamp & 3;
        wrapV = (int) (context.clamp >>> 2) & 3;
        minU = (int) (context.clamp >>> 4) & 0x3FF;
        maxU = (int) (context.clamp >>> 14) & 0x3FF;
        minV = (int) (context.clamp >>> 24) & 0x3FF;
        maxV = (int) (context.clamp >>> 34) & 0x3FF;
        alpha0 = (int) texa & 0xFF;
        blackTransparent = (texa >>> 15 & 1) != 0;
        alpha1 = (int) (texa >>> 32) & 0xFF;
        bilinear = filter(context.tex1, q);
    }

    /** MMAG where the texture is magnified (level of detail 0 or less), else MMIN. */
    private static boolean filter(long tex1, float q) {
        boolean magnified = (tex1 >>> 5 & 1) != 0;
        boolean minified = ((int) (tex1 >>> 6) & 7) == 1 || ((int) (tex1 >>> 6) & 7) >= 4;
        if (magnified == minified) {
            return magnified;
        }
        float k = ((int) (tex1 >>> 32) << 20 >> 20) / 16f;
        boolean fixed = (tex1 & 1) != 0;
        float level = fixed || q == 0
                ? k
                : (float) (-Math.log(Math.abs(q)) / Math.log(2)) * (1 << (int) (tex1 >>> 19 & 3)) + k;
        return level <= 0 ? magnified : minified;
    }

    /** Width of the texture by TW, in texels; S and T are fractions of it. */
    int textureWidth() {
        return maskU + 1;
    }

    /** Height of the texture by TH. */
    int textureHeight() {
        return maskV + 1;
    }

    /** The texel at a position in sixteenths of a texel, filtered. ABGR. */
    int sample(int u16, int v16) {
        if (!bilinear) {
            return texel(u16 >> 4, v16 >> 4);
        }
        int u = u16 - 8;
        int v = v16 - 8;
        int x = u >> 4;
        int y = v >> 4;
        int fractionU = u & 15;
        int fractionV = v & 15;
        int upperLeft = texel(x, y);
        int upperRight = texel(x + 1, y);
        int lowerLeft = texel(x, y + 1);
        int lowerRight = texel(x + 1, y + 1);
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int upper = (upperLeft >>> shift & 0xFF) * (16 - fractionU) + (upperRight >>> shift & 0xFF) * fractionU;
            int lower = (lowerLeft >>> shift & 0xFF) * (16 - fractionU) + (lowerRight >>> shift & 0xFF) * fractionU;
            result |= (upper * (16 - fractionV) + lower * fractionV >> 8) << shift;
        }
        return result;
    }

    private int texel(int u, int v) {
        int value =
                memory.read(format, base, width, wrap(u, wrapU, maskU, minU, maxU), wrap(v, wrapV, maskV, minV, maxV));
        PixelFormat stored = format;
        if (format.isIndexed()) {
            value = clut.colour(clutFormat, clutStart + value);
            stored = clutFormat;
        }
        if (stored.unitBits == 16) {
            int colour = Colours.from16(value) & 0xFF_FFFF;
            int alpha = (value & 0x8000) != 0 ? alpha1 : blackTransparent && colour == 0 ? 0 : alpha0;
            return colour | alpha << 24;
        }
        if (stored.bits == 24) {
            int colour = value & 0xFF_FFFF;
            return colour | (blackTransparent && colour == 0 ? 0 : alpha0) << 24;
        }
        return value;
    }

    private static int wrap(int position, int mode, int mask, int minimum, int maximum) {
        return switch (mode) {
            case CLAMP -> Math.clamp(position, 0, mask);
            case REGION_CLAMP -> Math.max(minimum, Math.min(maximum, position));
            case REGION_REPEAT -> position & minimum | maximum;
            default -> position & mask;
        };
    }

    /** The texture function (TFX, TCC) of a texel and the primitive's colour. */
    int apply(int texel, int colour) {
        int texelAlpha = texel >>> 24;
        int alpha = colour >>> 24;
        int resultAlpha;
        int red;
        int green;
        int blue;
        if (function == 1) {
            red = texel & 0xFF;
            green = texel >>> 8 & 0xFF;
            blue = texel >>> 16 & 0xFF;
        } else {
            int add = function == 0 ? 0 : alpha;
            red = modulate(texel & 0xFF, colour & 0xFF, add);
            green = modulate(texel >>> 8 & 0xFF, colour >>> 8 & 0xFF, add);
            blue = modulate(texel >>> 16 & 0xFF, colour >>> 16 & 0xFF, add);
        }
        if (!textureAlpha) {
            resultAlpha = alpha;
        } else {
            resultAlpha = switch (function) {
                case 0 -> modulate(texelAlpha, alpha, 0);
                case 2 -> Math.min(255, texelAlpha + alpha);
                default -> texelAlpha;
            };
        }
        return red | green << 8 | blue << 16 | resultAlpha << 24;
    }

    private static int modulate(int texel, int colour, int add) {
        return Math.min(255, (texel * colour >> 7) + add);
    }
}
