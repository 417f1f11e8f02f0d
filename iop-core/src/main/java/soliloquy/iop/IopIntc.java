package soliloquy.iop;

import java.util.function.IntConsumer;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.InterruptPin;
import soliloquy.machine.MemoryMapped;

/**
 * The IOP's interrupt controller: I_STAT, I_MASK and I_CTRL. The pin is high while interrupts are enabled globally and an
 * unmasked source is pending. Source: ps2tek "IOP Interrupts"; ps2sdk {@code intrman}.
 */
public final class IopIntc implements MemoryMapped {
    /** Physical address on the IOP bus at which the registers start. */
    public static final int BASE = 0x1F80_1070;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x10;

    /** Line numbers. */
    public static final int VBLANK = 0;

    public static final int SBUS = 1;
    public static final int CDVD = 2;
    public static final int DMA = 3;
    public static final int TIMER0 = 4;
    public static final int EVBLANK = 11;
    public static final int TIMER3 = 14;
    public static final int SIO2 = 17;

    private static final int LINES = 0x03FF_FFFF;

    private final InterruptPin pin;
    private final InterruptLine[] lines = new InterruptLine[26];
    private IntConsumer observer = line -> {};
    private int status;
    private int mask;
    private boolean enabled;
    private boolean asserted;

    /** @param pin driven when the interrupt input of the processor changes */
    public IopIntc(InterruptPin pin) {
        this.pin = pin;
        for (int i = 0; i < lines.length; i++) {
            int line = i;
            lines[i] = () -> {
                status |= 1 << line;
                observer.accept(line);
                update();
            };
        }
    }

    /** Tells {@code newObserver} each line that is raised, by its number. */
    public void observe(IntConsumer newObserver) {
        observer = newObserver;
    }

    /** Input {@code number}, 0 to 25; raising it sets its bit of I_STAT. */
    public InterruptLine line(int number) {
        return lines[number];
    }

    /** I_STAT, without side effects. */
    public int status() {
        return status;
    }

    /** I_MASK. */
    public int mask() {
        return mask;
    }

    @Override
    public long read(int address, int bytes) {
        return switch (address) {
            case 0x1F801070 -> status; // I_STAT
            case 0x1F801074 -> mask; // I_MASK
            case 0x1F801078 -> { // I_CTRL: reading disables
                boolean was = enabled;
                enabled = false;
                update();
                yield was ? 1 : 0;
            }
            default -> 0;
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address) {
            case 0x1F801070 -> status &= (int) value; // I_STAT: write 0 clears
            case 0x1F801074 -> mask = (int) value & LINES; // I_MASK
            case 0x1F801078 -> enabled = (value & 1) != 0; // I_CTRL
            default -> {}
        }
        update();
    }

    @Override
    public long peek(int address, int bytes) {
        return address == 0x1F801078 ? (enabled ? 1 : 0) : read(address, bytes);
    }

    private void update() {
        boolean now = enabled && (status & mask) != 0;
        if (now != asserted) {
            asserted = now;
            pin.drive(now);
        }
    }
}
