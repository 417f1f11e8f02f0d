package soliloquy.bios.kernel;

import soliloquy.ee.Cop0;
import soliloquy.ee.EeBus;
import soliloquy.ee.R5900;

/**
 * Interrupts of the EE: acknowledges each pending source of INTC, then of DMAC, and runs the guest's handlers for it one
 * after the other, in guest code on the kernel's stack with interrupts off. A handler returns through a stub to
 * {@link #handlerReturned}; when all are done the interrupted code goes on.
 */
final class InterruptHandlers {
    static final int INTC_STAT = 0x1000_F000;
    static final int INTC_MASK = 0x1000_F010;
    static final int D_STAT = 0x1000_E010;

    private static final int INTC_CAUSES = 15;
    private static final int DMAC_CAUSES = 16;
    /** D_STAT bit 15, a bus error, has no mask bit. */
    private static final int D_STAT_ALWAYS = 1 << 15;

    private static final int STATUS_IE = 1;
    private static final int STATUS_EXL = 1 << 1;
    private static final int STATUS_KSU = 3 << 3;

    /** What the kernel itself does about a source before the guest's handlers; may add calls with {@link #call}. */
    @FunctionalInterface
    interface KernelHandler {
        void interrupt();
    }

    private final R5900 cpu;
    private final EeBus bus;
    private final Threads threads;
    private final HandlerTable intc = new HandlerTable(INTC_CAUSES);
    private final HandlerTable dmac = new HandlerTable(DMAC_CAUSES);
    private final KernelHandler[] intcKernel = new KernelHandler[INTC_CAUSES];
    private final KernelHandler[] dmacKernel = new KernelHandler[DMAC_CAUSES];
    private final ThreadContext interrupted = new ThreadContext();
    private final GuestCalls extra = new GuestCalls();
    private int interruptedStatus;
    private boolean active;
    private HandlerTable.Handler[] chain = {};
    private int nextInChain;
    private int cause;

    InterruptHandlers(R5900 cpu, EeBus bus, Threads threads) {
        this.cpu = cpu;
        this.bus = bus;
        this.threads = threads;
    }

    /** Forgets the guest's handlers and masks every source that the kernel does not use itself. */
    void reset() {
        intc.clear();
        dmac.clear();
        extra.clear();
        active = false;
        chain = new HandlerTable.Handler[0];
        int mask = bus.read32(INTC_MASK);
        int dmaMask = bus.read32(D_STAT) >>> 16;
        for (int i = 0; i < INTC_CAUSES; i++) {
            if ((mask >> i & 1) != (intcKernel[i] == null ? 0 : 1)) {
                bus.write32(INTC_MASK, 1 << i);
            }
        }
        for (int i = 0; i < 10; i++) {
            if ((dmaMask >> i & 1) != (dmacKernel[i] == null ? 0 : 1)) {
                bus.write32(D_STAT, 1 << i + 16);
            }
        }
    }

    HandlerTable intc() {
        return intc;
    }

    HandlerTable dmac() {
        return dmac;
    }

    /** Installs what the kernel does about an INTC source; {@link #reset} then leaves the source on. */
    void kernelIntc(int source, KernelHandler handler) {
        intcKernel[source] = handler;
    }

    /** Installs what the kernel does about a DMA channel; {@link #reset} then leaves its interrupt on. */
    void kernelDmac(int channel, KernelHandler handler) {
        dmacKernel[channel] = handler;
    }

    /** True while guest code runs as an interrupt handler. */
    boolean active() {
        return active;
    }

    /** Turns an INTC source on or off; returns 1 if that changed anything. */
    int maskIntc(int source, boolean on) {
        if (source < 0 || source >= INTC_CAUSES) {
            return 0;
        }
        boolean was = (bus.read32(INTC_MASK) >> source & 1) != 0;
        if (was != on) {
            bus.write32(INTC_MASK, 1 << source);
        }
        return was == on ? 0 : 1;
    }

    /** Turns the interrupt of a DMA channel on or off; returns 1 if that changed anything. */
    int maskDmac(int channel, boolean on) {
        if (channel < 0 || channel >= 15) {
            return 0;
        }
        boolean was = (bus.read32(D_STAT) >>> channel + 16 & 1) != 0;
        if (was != on) {
            bus.write32(D_STAT, 1 << channel + 16);
        }
        return was == on ? 0 : 1;
    }

    /** Queues a guest function to be run before the handlers of the present source; for {@link KernelHandler}s. */
    void call(int function, int a0, int a1, int a2, int gp) {
        extra.add(function, a0, a1, a2, gp);
    }

    /** The processor has taken an interrupt at {@code epc}. */
    void enter(int epc) {
        Cop0 cop0 = cpu.cop0();
        interruptedStatus = cop0.status();
        interrupted.save(cpu, epc);
        active = true;
        cop0.status(interruptedStatus & ~(STATUS_IE | STATUS_KSU));
        next();
    }

    /** A handler has returned; a negative result ends the chain of its source. */
    void handlerReturned(int result) {
        if (result < 0) {
            nextInChain = chain.length;
        }
        next();
    }

    private void next() {
        while (true) {
            if (!extra.isEmpty()) {
                extra.runFirst(cpu);
                return;
            }
            while (nextInChain < chain.length) {
                HandlerTable.Handler handler = chain[nextInChain++];
                if (handler.enabled) {
                    GuestCalls.run(cpu, handler.function, cause, handler.argument, interrupted.pc, handler.gp);
                    return;
                }
            }
            if (!nextSource()) {
                leave();
                return;
            }
        }
    }

    /** Acknowledges the next pending source and takes up its chain; false if there is none. */
    private boolean nextSource() {
        int pending = bus.read32(INTC_STAT) & bus.read32(INTC_MASK) & (1 << INTC_CAUSES) - 1;
        if (pending != 0) {
            cause = Integer.numberOfTrailingZeros(pending);
            bus.write32(INTC_STAT, 1 << cause);
            begin(intcKernel[cause], intc.chain(cause));
            return true;
        }
        int status = bus.read32(D_STAT);
        pending = status & (status >>> 16 | D_STAT_ALWAYS) & 0xE3FF;
        if (pending != 0) {
            cause = 31 - Integer.numberOfLeadingZeros(pending);
            bus.write32(D_STAT, 1 << cause);
            begin(dmacKernel[cause], dmac.chain(cause));
            return true;
        }
        return false;
    }

    private void begin(KernelHandler kernel, HandlerTable.Handler[] handlers) {
        chain = handlers;
        nextInChain = 0;
        if (kernel != null) {
            kernel.interrupt();
        }
    }

    private void leave() {
        active = false;
        int address = interrupted.restore(cpu);
        cpu.cop0().status(interruptedStatus | STATUS_EXL);
        cpu.returnFromException(threads.dispatch(address));
    }
}
