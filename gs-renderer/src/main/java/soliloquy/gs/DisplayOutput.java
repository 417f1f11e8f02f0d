package soliloquy.gs;

import java.util.Arrays;
import soliloquy.machine.Frame;

/**
 * The PCRTC: two read circuits and the circuit that merges them into the picture. A frame has a row for each line of the
 * signal's two fields (interlaced) or of its one; in FIELD mode these are successive rows of the buffer, in FRAME mode both fields
 * show the same rows. A frame's pixel is as wide as the narrower pixel of the two circuits.
 */
final class DisplayOutput {
    private static final int OPAQUE = 0xFF00_0000;
    private static final int LARGEST = 2048;

    private final LocalMemory memory;
    private final PrivilegedRegisters registers;
    private final Circuit first = new Circuit();
    private final Circuit second = new Circuit();

    DisplayOutput(LocalMemory memory, PrivilegedRegisters registers) {
        this.memory = memory;
        this.registers = registers;
    }

    /** One read circuit, as DISPFB and DISPLAY set it. */
    private final class Circuit {
        boolean enabled;
        int base;
        int width;
        PixelFormat format;
        int bufferX;
        int bufferY;
        int x;
        int y;
        int magnifyX;
        int magnifyY;
        int displayWidth;
        int displayHeight;

        void latch(int number, boolean on) {
            long dispfb = registers.dispfb(number);
            long display = registers.display(number);
            base = (int) (dispfb & 0x1FF) << 5;
            width = (int) (dispfb >>> 9) & 0x3F;
            format = PixelFormat.of((int) (dispfb >>> 15) & 0x1F);
            bufferX = (int) (dispfb >>> 32) & 0x7FF;
            bufferY = (int) (dispfb >>> 43) & 0x7FF;
            x = (int) display & 0xFFF;
            y = (int) (display >>> 12) & 0x7FF;
            magnifyX = ((int) (display >>> 23) & 0xF) + 1;
            magnifyY = ((int) (display >>> 27) & 3) + 1;
            displayWidth = ((int) (display >>> 32) & 0xFFF) + 1;
            displayHeight = ((int) (display >>> 44) & 0x7FF) + 1;
            enabled = on && format != null && format.isColour();
        }

        /** ABGR of the pixel at a video clock and a line, or 0 (transparent) outside. */
        int pixel(int clock, int row) {
            int column = clock - x;
            int lineOfCircuit = row - y;
            if (!enabled
                    || column < 0
                    || column >= displayWidth
                    || lineOfCircuit < 0
                    || lineOfCircuit >= displayHeight) {
                return 0;
            }
            int lineOfBuffer = (registers.frameMode() ? lineOfCircuit >> 1 : lineOfCircuit) / magnifyY;
            int value = memory.read(
                    format, base, width, column / magnifyX + bufferX & 0x7FF, lineOfBuffer + bufferY & 0x7FF);
            return format.unitBits == 16 ? Colours.from16(value) : format.bits == 24 ? value | 0x8000_0000 : value;
        }
    }

    /** Reads the picture. */
    void read(Frame frame) {
        long pmode = registers.pmode();
        first.latch(1, (pmode & 1) != 0);
        second.latch(2, (pmode & 2) != 0);
        if (!first.enabled && !second.enabled) {
            frame.resize(640, registers.videoMode().name().startsWith("PAL") ? 512 : 448);
            Arrays.fill(frame.pixels, 0, frame.width * frame.height, OPAQUE);
            return;
        }
        Circuit one = first.enabled ? first : second;
        Circuit other = second.enabled ? second : first;
        int left = Math.min(one.x, other.x);
        int top = Math.min(one.y, other.y);
        int unit = Math.min(one.magnifyX, other.magnifyX);
        int right = Math.max(one.x + one.displayWidth, other.x + other.displayWidth);
        int bottom = Math.max(one.y + one.displayHeight, other.y + other.displayHeight);
        frame.resize(Math.clamp((right - left) / unit, 1, LARGEST), Math.min(bottom - top, LARGEST));
        int i = 0;
        for (int row = 0; row < frame.height; row++) {
            for (int column = 0; column < frame.width; column++) {
                frame.pixels[i++] = merge(pmode, left + column * unit, top + row);
            }
        }
    }

    /** The merge circuit: circuit 1 over circuit 2 or BGCOLOR. */
    private int merge(long pmode, int clock, int row) {
        boolean background = (pmode >>> 7 & 1) != 0;
        int behind = background ? (int) registers.bgcolor() & 0xFF_FFFF : second.pixel(clock, row);
        int colour = first.pixel(clock, row);
        boolean covered = first.enabled
                && clock >= first.x
                && clock < first.x + first.displayWidth
                && row >= first.y
                && row < first.y + first.displayHeight;
        // MMOD: the fixed ALP, of which 0xFF is opaque, or the pixel's alpha, of which 0x80 is.
        int fixed = (int) (pmode >>> 8) & 0xFF;
        int alpha = !covered ? 0 : (pmode >>> 5 & 1) != 0 ? fixed : Math.min(255, (colour >>> 24) * 2);
        int red = mix(colour & 0xFF, behind & 0xFF, alpha);
        int green = mix(colour >>> 8 & 0xFF, behind >>> 8 & 0xFF, alpha);
        int blue = mix(colour >>> 16 & 0xFF, behind >>> 16 & 0xFF, alpha);
        return OPAQUE | red << 16 | green << 8 | blue;
    }

    private static int mix(int front, int back, int alpha) {
        return (front * alpha + back * (255 - alpha)) / 255;
    }
}
