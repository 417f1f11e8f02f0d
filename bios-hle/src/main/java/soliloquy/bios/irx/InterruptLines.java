package soliloquy.bios.irx;

import java.util.function.IntConsumer;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;
import soliloquy.machine.InterruptPin;

/**
 * The hardware's half of intrman: takes the interrupt pin, acknowledges lines and DMA channels, and tells who asked for them. Lines
 * are numbered as intrman does: 0 to 25 those of the interrupt controller, 0x20 to 0x26 DMA channels 0 to 6, 0x28 to 0x2D
 * channels 7 to 12. Source: ps2sdk {@code intrman}, {@code dmacman}.
 */
final class InterruptLines implements InterruptPin {
    /** Line of DMA channel 0. */
    static final int CHANNEL_0 = 0x20;
    /** Line of DMA channel 7. */
    static final int CHANNEL_7 = 0x28;
    /** One more than the last line. */
    static final int COUNT = 0x2E;

    private static final int I_STAT = IopIntc.BASE;
    private static final int I_MASK = IopIntc.BASE + 4;
    private static final int I_CTRL = IopIntc.BASE + 8;
    private static final int DPCR = IopDma.BASE + 0x70;
    private static final int DICR = IopDma.BASE + 0x74;
    private static final int DPCR2 = IopDma.BASE2 + 0x70;
    private static final int DICR2 = IopDma.BASE2 + 0x74;
    private static final int DICR_MASTER = 1 << 23;
    private static final int DICR_KEPT = 0x00FF_FFFF;
    private static final int LINES = 26;
    private static final int OLD_CHANNELS = 7;

    /** From the pin to the first instruction of a handler: exception entry and intrman's dispatch; estimate. */
    private static final int LATENCY = 250;

    private final IopBus bus;
    private final IopTime time;
    private final IntConsumer toModules;
    private final Runnable[] handlers = new Runnable[COUNT];
    private boolean pending;

    /** @param toModules told every line that interrupts */
    InterruptLines(IopBus bus, IopTime time, IntConsumer toModules) {
        this.bus = bus;
        this.time = time;
        this.toModules = toModules;
    }

    /** Calls {@code handler} on interrupts of {@code line}, after those that asked before, and enables it. */
    void handle(int line, Runnable handler) {
        Runnable others = handlers[line];
        handlers[line] = others == null
                ? handler
                : () -> {
                    others.run();
                    handler.run();
                };
        enable(line, true);
    }

    /** Calls {@code handler} when DMA channel {@code number} ends; enables the channel and its interrupt. */
    void handleChannel(int number, Runnable handler) {
        if (number < OLD_CHANNELS) {
            bus.write32(DPCR, bus.read32(DPCR) | 8 << 4 * number);
        } else {
            bus.write32(DPCR2, bus.read32(DPCR2) | 8 << 4 * (number - OLD_CHANNELS));
        }
        handle(number < OLD_CHANNELS ? CHANNEL_0 + number : CHANNEL_7 + number - OLD_CHANNELS, handler);
    }

    /** True if software of the ROM handles {@code line}. */
    boolean handled(int line) {
        return handlers[line] != null;
    }

    /** Sets or clears the mask bit of {@code line}; one that the ROM's software handles stays enabled. */
    void enable(int line, boolean on) {
        boolean wanted = on || handlers[line] != null;
        if (line < LINES) {
            mask(I_MASK, -1, 1 << line, wanted);
        } else if (line >= CHANNEL_0 && line < CHANNEL_0 + OLD_CHANNELS) {
            mask(DICR, DICR_KEPT, 1 << line - CHANNEL_0 + 16, wanted);
            mask(DICR, DICR_KEPT, DICR_MASTER, true);
        } else if (line >= CHANNEL_7) {
            mask(DICR2, DICR_KEPT, 1 << line - CHANNEL_7 + 16, wanted);
        }
    }

    private void mask(int register, int kept, int bit, boolean on) {
        int value = bus.read32(register) & kept;
        bus.write32(register, on ? value | bit : value & ~bit);
    }

    /** Lets interrupts through. */
    void start() {
        enable(IopIntc.DMA, true);
        bus.write32(I_CTRL, 1);
    }

    @Override
    public void drive(boolean asserted) {
        if (asserted && !pending) {
            pending = true;
            time.after(LATENCY, this::dispatch);
        }
    }

    private void dispatch() {
        pending = false;
        int active = bus.read32(I_STAT) & bus.read32(I_MASK);
        while (active != 0) {
            int line = Integer.numberOfTrailingZeros(active);
            bus.write32(I_STAT, ~(1 << line));
            if (line == IopIntc.DMA) {
                channels(DICR, CHANNEL_0);
                channels(DICR2, CHANNEL_7);
            } else {
                dispatch(line);
            }
            active = bus.read32(I_STAT) & bus.read32(I_MASK);
        }
    }

    private void channels(int register, int first) {
        int value = bus.read32(register);
        int flags = value >>> 24 & 0x7F;
        bus.write32(register, value & DICR_KEPT | flags << 24);
        while (flags != 0) {
            dispatch(first + Integer.numberOfTrailingZeros(flags));
            flags &= flags - 1;
        }
    }

    private void dispatch(int line) {
        if (line >= COUNT) {
            return;
        }
        if (handlers[line] != null) {
            handlers[line].run();
        }
        toModules.accept(line);
    }
}
