package soliloquy.ee;

import java.util.function.IntConsumer;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.InterruptPin;
import soliloquy.machine.MemoryMapped;

/**
 * The EE's interrupt controller. INTC_STAT keeps what was raised, masked or not, until 1 is written; writing 1 to INTC_MASK
 * toggles a bit; INT0 is high while an unmasked source is pending. Source: ps2tek "EE Interrupts".
 */
public final class Intc implements MemoryMapped {
    /** Physical address at which the registers start. */
    public static final int BASE = 0x1000_F000;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x100;

    private static final int SOURCES = (1 << IntcSource.values().length) - 1;

    private final InterruptPin int0;
    private final InterruptLine[] lines = new InterruptLine[IntcSource.values().length];
    private IntConsumer observer = line -> {};
    private int status;
    private int mask;
    private boolean asserted;

    /** @param int0 interrupt input 0 of the processor */
    public Intc(InterruptPin int0) {
        this.int0 = int0;
        for (IntcSource source : IntcSource.values()) {
            int bit = 1 << source.ordinal();
            lines[source.ordinal()] = () -> {
                status |= bit;
                observer.accept(source.ordinal());
                update();
            };
        }
    }

    /** Tells {@code newObserver} each source that is raised, by its number. */
    public void observe(IntConsumer newObserver) {
        observer = newObserver;
    }

    /** The input of {@code source}. */
    public InterruptLine line(IntcSource source) {
        return lines[source.ordinal()];
    }

    @Override
    public long read(int address, int bytes) {
        return switch (address) {
            case 0x1000F000 -> status; // INTC_STAT
            case 0x1000F010 -> mask; // INTC_MASK
            default -> 0;
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address) {
            case 0x1000F000 -> status &= ~(int) value; // INTC_STAT: 1 clears
            case 0x1000F010 -> mask ^= (int) value & SOURCES; // INTC_MASK: 1 toggles
            default -> {}
        }
        update();
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }

    private void update() {
        boolean now = (status & mask) != 0;
        if (now != asserted) {
            asserted = now;
            int0.drive(now);
        }
    }
}
