package soliloquy.bios.iop;

import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;
import soliloquy.machine.InterruptPin;

/** intrman and dmacman: takes the interrupt pin, acknowledges lines and DMA channels, and calls what the modules registered. */
final class IopInterrupts implements InterruptPin {
    private static final int I_STAT = IopIntc.BASE;
    private static final int I_MASK = IopIntc.BASE + 4;
    private static final int I_CTRL = IopIntc.BASE + 8;
    private static final int DPCR = IopDma.BASE + 0x70;
    private static final int DICR = IopDma.BASE + 0x74;
    private static final int DPCR2 = IopDma.BASE2 + 0x70;
    private static final int DICR2 = IopDma.BASE2 + 0x74;
    private static final int DICR_MASTER = 1 << 23;
    private static final int LINES = 26;
    private static final int CHANNELS = 13;

    /** From the pin to the first instruction of a handler: exception entry and intrman's dispatch; estimate. */
    private static final int LATENCY = 250;

    private final IopBus bus;
    private final IopTime time;
    private final Runnable[] lines = new Runnable[LINES];
    private final Runnable[] channels = new Runnable[CHANNELS];
    private boolean pending;

    IopInterrupts(IopBus bus, IopTime time) {
        this.bus = bus;
        this.time = time;
        lines[IopIntc.DMA] = this::dma;
    }

    /** Calls {@code handler} on interrupts of {@code line} and unmasks it. */
    void onLine(int line, Runnable handler) {
        lines[line] = handler;
        bus.write32(I_MASK, bus.read32(I_MASK) | 1 << line);
    }

    /** Calls {@code handler} when DMA channel {@code number} ends; enables the channel and its interrupt. */
    void onChannel(int number, Runnable handler) {
        channels[number] = handler;
        if (number < 7) {
            bus.write32(DPCR, bus.read32(DPCR) | 8 << 4 * number);
            bus.write32(DICR, bus.read32(DICR) & 0x00FF_FFFF | DICR_MASTER | 1 << number + 16);
        } else {
            bus.write32(DPCR2, bus.read32(DPCR2) | 8 << 4 * (number - 7));
            bus.write32(DICR2, bus.read32(DICR2) & 0x00FF_FFFF | 1 << number - 7 + 16);
        }
    }

    /** Lets interrupts through. */
    void enable() {
        bus.write32(I_MASK, bus.read32(I_MASK) | 1 << IopIntc.DMA);
        bus.write32(I_CTRL, 1);
    }

    @Override
    public void drive(boolean asserted) {
        if (asserted && !pending) {
            pending = true;
            time.after(LATENCY, this::handle);
        }
    }

    private void handle() {
        pending = false;
        int active = bus.read32(I_STAT) & bus.read32(I_MASK);
        while (active != 0) {
            int line = Integer.numberOfTrailingZeros(active);
            bus.write32(I_STAT, ~(1 << line));
            if (lines[line] != null) {
                lines[line].run();
            }
            active = bus.read32(I_STAT) & bus.read32(I_MASK);
        }
    }

    private void dma() {
        int flags = bus.read32(DICR) >>> 24 & 0x7F;
        int flags2 = bus.read32(DICR2) >>> 24 & 0x7F;
        bus.write32(DICR, bus.read32(DICR) & 0x00FF_FFFF | flags << 24);
        bus.write32(DICR2, bus.read32(DICR2) & 0x00FF_FFFF | flags2 << 24);
        for (int i = 0; i < CHANNELS; i++) {
            boolean ended = (i < 7 ? flags >> i & 1 : flags2 >> i - 7 & 1) != 0;
            if (ended && channels[i] != null) {
                channels[i].run();
            }
        }
    }
}
