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

    private final PrivilegedRegisters registers;
    private final ReadCircuit first;
    private final ReadCircuit second;

    DisplayOutput(LocalMemory memory, PrivilegedRegisters registers) {
        this.registers = registers;
        first = new ReadCircuit(memory);
        second = new ReadCircuit(memory);
    }

    /** Reads the picture; black where no circuit is on. */
    void read(Frame frame) {
        long pmode = registers.pmode();
        first.latch(registers.dispfb(1), registers.display(1), (pmode & 1) != 0);
        second.latch(registers.dispfb(2), registers.display(2), (pmode & 2) != 0);
        if (!first.enabled && !second.enabled) {
            frame.resize(640, registers.videoMode().visibleLines());
            Arrays.fill(frame.pixels, 0, frame.width * frame.height, OPAQUE);
            return;
        }
        ReadCircuit one = first.enabled ? first : second;
        ReadCircuit other = second.enabled ? second : first;
        int left = Math.min(one.x, other.x);
        int top = Math.min(one.y, other.y);
        int unit = Math.min(one.magnifyX, other.magnifyX);
        int right = Math.max(one.x + one.displayWidth, other.x + other.displayWidth);
        int bottom = Math.max(one.y + one.displayHeight, other.y + other.displayHeight);
        frame.resize(Math.clamp((right - left) / unit, 1, LARGEST), Math.min(bottom - top, LARGEST));
        first.prepare(left, unit, frame.width);
        second.prepare(left, unit, frame.width);
        for (int row = 0; row < frame.height; row++) {
            boolean covered = first.read(top + row, registers.frameMode(), frame.width);
            if ((pmode >>> 7 & 1) != 0) {
                // SLBG: behind circuit 1 is BGCOLOR.
                Arrays.fill(second.row, 0, frame.width, (int) registers.bgcolor());
            } else {
                second.read(top + row, registers.frameMode(), frame.width);
            }
            merge(pmode, covered, frame.pixels, row * frame.width, frame.width);
        }
    }

    /** The merge circuit, for a row: circuit 1 over circuit 2 or BGCOLOR. */
    private void merge(long pmode, boolean covered, int[] pixels, int offset, int count) {
        // MMOD: the fixed ALP, of which 0xFF is opaque, or the pixel's alpha, of which 0x80 is.
        boolean fixed = (pmode >>> 5 & 1) != 0;
        int alp = (int) (pmode >>> 8) & 0xFF;
        for (int i = 0; i < count; i++) {
            int front = first.row[i];
            int back = second.row[i];
            int alpha = 0;
            if (covered && first.covers(i)) {
                alpha = fixed ? alp : Math.min(255, (front >>> 24) * 2);
            }
            int colour = alpha == 255 ? front : alpha == 0 ? back : mix(front, back, alpha);
            pixels[offset + i] = OPAQUE | Integer.reverseBytes(colour) >>> 8;
        }
    }

    private static int mix(int front, int back, int alpha) {
        int colour = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            colour |= ((front >>> shift & 0xFF) * alpha + (back >>> shift & 0xFF) * (255 - alpha)) / 255 << shift;
        }
        return colour;
    }
}
