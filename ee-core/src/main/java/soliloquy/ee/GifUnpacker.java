package soliloquy.ee;

import soliloquy.machine.GraphicsPort;
import soliloquy.machine.Ram;

/** What the GIF is doing with the current tag, and the three formats of its data. Source: ps2tek "GIF". */
final class GifUnpacker {
    private static final int PACKED = 0;
    private static final int REGLIST = 1;
    private static final int Q_ONE = 0x3F80_0000;
    private static final long ADC = 1L << 47;

    private static final int PRIM = 0x0;
    private static final int RGBAQ = 0x1;
    private static final int ST = 0x2;
    private static final int UV = 0x3;
    private static final int XYZF2 = 0x4;
    private static final int XYZ2 = 0x5;
    private static final int FOG = 0xA;
    private static final int XYZF3 = 0xC;
    private static final int XYZ3 = 0xD;
    private static final int A_D = 0xE;
    private static final int NOP = 0xF;

    private final GraphicsPort gs;
    private long tagLow;
    private long tagHigh;
    private int format;
    private int loops;
    private int registers;
    private int register;
    private int q = Q_ONE;

    GifUnpacker(GraphicsPort gs) {
        this.gs = gs;
    }

    long tagLow() {
        return tagLow;
    }

    long tagHigh() {
        return tagHigh;
    }

    int loopsLeft() {
        return loops;
    }

    /** True between packets: the last tag had EOP and its data have come. */
    boolean idle() {
        return loops == 0 && (tagLow >>> 15 & 1) != 0 || tagLow == 0 && loops == 0;
    }

    void reset() {
        tagLow = 0;
        tagHigh = 0;
        loops = 0;
        register = 0;
    }

    void receive(Ram memory, int start, int quadwords) {
        int offset = start;
        int left = quadwords;
        while (left > 0) {
            int used;
            if (loops == 0) {
                tag(memory.read64(offset), memory.read64(offset + 8));
                used = 1;
            } else if (format == PACKED) {
                used = packed(memory, offset, left);
            } else if (format == REGLIST) {
                used = list(memory, offset, left);
            } else {
                used = Math.min(loops, left);
                gs.transferImage(memory.bytes, memory.start + offset, used << 4);
                loops -= used;
            }
            offset += used << 4;
            left -= used;
        }
    }

    private void tag(long low, long high) {
        tagLow = low;
        tagHigh = high;
        loops = (int) low & 0x7FFF;
        format = (int) (low >>> 58) & 3;
        registers = (int) (low >>> 60) == 0 ? 16 : (int) (low >>> 60);
        register = 0;
        if (loops == 0) {
            return;
        }
        q = Q_ONE;
        gs.setQ(Q_ONE);
        if (format == PACKED && (low >>> 46 & 1) != 0) {
            gs.writeRegister(PRIM, low >>> 47 & 0x7FF);
        }
    }

    private int descriptor() {
        return (int) (tagHigh >>> 4 * register) & 0xF;
    }

    private void nextRegister() {
        if (++register == registers) {
            register = 0;
            loops--;
        }
    }

    private int packed(Ram memory, int start, int left) {
        int used = 0;
        while (used < left && loops > 0) {
            int offset = start + (used << 4);
            unpack(descriptor(), memory.read64(offset), memory.read64(offset + 8));
            nextRegister();
            used++;
        }
        return used;
    }

    private void unpack(int descriptor, long low, long high) {
        switch (descriptor) {
            case PRIM -> gs.writeRegister(PRIM, low & 0x7FF);
            case RGBAQ ->
                gs.writeRegister(
                        RGBAQ,
                        low & 0xFF
                                | (low >>> 32 & 0xFF) << 8
                                | (high & 0xFF) << 16
                                | (high >>> 32 & 0xFF) << 24
                                | (long) q << 32);
            case ST -> {
                q = (int) high;
                gs.setQ(q);
                gs.writeRegister(ST, low);
            }
            case UV -> gs.writeRegister(UV, low & 0x3FFF | (low >>> 32 & 0x3FFF) << 16);
            case XYZF2, XYZF3 ->
                gs.writeRegister(
                        descriptor == XYZF3 || (high & ADC) != 0 ? XYZF3 : XYZF2,
                        xy(low) | (high >>> 4 & 0xFF_FFFF) << 32 | (high >>> 36 & 0xFF) << 56);
            case XYZ2, XYZ3 ->
                gs.writeRegister(descriptor == XYZ3 || (high & ADC) != 0 ? XYZ3 : XYZ2, xy(low) | high << 32);
            case FOG -> gs.writeRegister(FOG, (high >>> 36 & 0xFF) << 56);
            case A_D -> gs.writeRegister((int) high & 0xFF, low);
            case NOP -> {}
            default -> gs.writeRegister(descriptor, low);
        }
    }

    private static long xy(long low) {
        return low & 0xFFFF | (low >>> 32 & 0xFFFF) << 16;
    }

    /** REGLIST: two registers in a quadword; with an odd count the last half is padding. */
    private int list(Ram memory, int start, int left) {
        int used = 0;
        while (used < left && loops > 0) {
            int offset = start + (used << 4);
            register(memory.read64(offset));
            if (loops > 0) {
                register(memory.read64(offset + 8));
            }
            used++;
        }
        return used;
    }

    private void register(long value) {
        int descriptor = descriptor();
        if (descriptor < A_D) {
            gs.writeRegister(descriptor, value);
        }
        nextRegister();
    }
}
