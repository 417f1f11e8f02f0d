package soliloquy.ee;

import java.util.function.Consumer;
import soliloquy.machine.InterruptLine;

/** Registers of vector unit 0 as macro mode sees them. Source: ps2autotests cpu/vu0_macro/transfer. */
public final class Vu0Registers {
    private static final int ONE = 0x3F80_0000;

    /** Vector registers: four words (x, y, z, w) each, vf0 first. */
    public final int[] vf = new int[32 * 4];

    /** Control registers as CFC2 numbers them: 0 to 15 the 16-bit integer registers, then status, MAC, clip and the rest. */
    public final int[] vi = new int[32];

    /** ACC: four words. */
    final int[] accumulator = new int[4];

    private Consumer<InterruptLine> interruptReceiver = line -> {};

    Vu0Registers() {
        vf[3] = ONE;
        vi[19] = 0x2E30;
        vi[24] = 0xC0C;
    }

    /** Wires the interrupt that micro programs raise when bit D or T stops them. */
    public void interruptLine(InterruptLine line) {
        interruptReceiver.accept(line);
    }

    void onInterruptLine(Consumer<InterruptLine> receiver) {
        interruptReceiver = receiver;
    }

    /** Low 64 bits (x, y) of a vector register. */
    long low(int register) {
        return vf[4 * register] & 0xFFFF_FFFFL | (long) vf[4 * register + 1] << 32;
    }

    /** High 64 bits (z, w) of a vector register. */
    long high(int register) {
        return vf[4 * register + 2] & 0xFFFF_FFFFL | (long) vf[4 * register + 3] << 32;
    }

    /** Writes a vector register; vf0 stays what it is. */
    void write(int register, long low, long high) {
        if (register != 0) {
            vf[4 * register] = (int) low;
            vf[4 * register + 1] = (int) (low >> 32);
            vf[4 * register + 2] = (int) high;
            vf[4 * register + 3] = (int) (high >> 32);
        }
    }

    /** CFC2: integer registers read zero-extended, R without its exponent. */
    int control(int register) {
        return vi[register];
    }

    /** CTC2. */
    void control(int register, int value) {
        switch (register) {
            case 0, 17, 19, 23, 24, 25, 26, 28, 29, 30 -> {} // vi0, and what programs cannot write
            case 16 -> vi[16] = vi[16] & ~0xFC0 | value & 0xFC0;
            case 18 -> vi[18] = value & 0xFF_FFFF;
            case 20 -> vi[20] = value & 0x7F_FFFF;
            case 21, 22 -> vi[register] = value;
            case 27, 31 -> vi[register] = value & 0xFFFF;
            default -> vi[register] = value & 0xFFFF;
        }
    }
}
