package soliloquy.bios.irx;

import java.util.ArrayDeque;
import java.util.function.IntPredicate;

/**
 * The library intrman: interrupt lines and the handlers that modules register for them. Source: ps2sdk {@code iop/system/intrman};
 * ps2autotests kernel/iop/interrupt, every row.
 */
final class Intrman implements Library {
    static final int VBLANK = 0;

    /** Mode bits of EnableIntr, above the line's number. */
    private static final int LINE = 0xFF;

    /** Enables a line in the hardware. */
    interface Mask {
        void enable(int line, boolean on);
    }

    private final Mask mask;
    private final IntPredicate taken;
    private final int[] handlers = new int[InterruptLines.COUNT];
    private final int[] arguments = new int[InterruptLines.COUNT];
    private final ArrayDeque<InterruptCall> calls = new ArrayDeque<>();
    private long enabledLines;
    private long pending;
    private boolean enabled = true;
    private boolean handling;

    /**
     * @param mask sets the hardware's masks
     * @param taken true for lines that the ROM's own software handles and no module may
     */
    Intrman(Mask mask, IntPredicate taken) {
        this.mask = mask;
        this.taken = taken;
    }

    @Override
    public String name() {
        return "intrman";
    }

    @Override
    public int version() {
        return 0x0102;
    }

    @Override
    public int functions() {
        return 32;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 9 || ordinal >= 12 && ordinal <= 20 || ordinal >= 23 && ordinal <= 25;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int line = call.argument(0) & LINE;
        return switch (ordinal) {
            case 4 -> register(call.argument(0), call.argument(2), call.argument(3));
            case 5 -> release(call.argument(0));
            case 6, 16 -> enable(line);
            case 7 -> disable(line, call.argument(1), call);
            case 8 -> suspend();
            case 9, 13 -> resume(true);
            case 12 -> { // CpuGetICTRL: reading disables
                boolean was = enabled;
                enabled = false;
                yield was ? 1 : 0;
            }
            case 14 -> { // CpuInvokeInKmode: modules run in kernel mode
                call.invoke(call.argument(0), result -> result, call.argument(1), call.argument(2), call.argument(3));
                yield 0;
            }
            case 15 -> disable(line, 0, call);
            case 17, 19 -> {
                if (call.argument(0) != 0) {
                    call.word(call.argument(0), enabled ? 1 : 0);
                }
                yield suspend();
            }
            case 18, 20 -> resume(call.argument(0) != 0);
            case 23, 24 -> handling ? 1 : 0; // QueryIntrContext, QueryIntrStack
            default -> 0; // iCatchMultiIntr: handlers do not nest
        };
    }

    /** True while a handler runs. */
    boolean handling() {
        return handling;
    }

    /** False while a module has suspended interrupts. */
    boolean enabled() {
        return enabled;
    }

    /** An interrupt on {@code line}; it waits until it is enabled. */
    void raise(int line) {
        pending |= bit(line);
    }

    /** A function of a module is to run as an interrupt. */
    void queue(InterruptCall call) {
        calls.addLast(call);
    }

    /** True if {@link #begin} will give a handler. */
    boolean due() {
        return enabled && !handling && (!calls.isEmpty() || (pending & enabledLines) != 0);
    }

    /** The handler that is due, which runs from now on; null if none is. */
    InterruptCall begin() {
        if (!due()) {
            return null;
        }
        while ((pending & enabledLines) != 0) {
            int line = Long.numberOfTrailingZeros(pending & enabledLines);
            pending &= ~bit(line);
            if (handlers[line] != 0) {
                handling = true;
                return new InterruptCall(handlers[line], result -> ended(line, result), arguments[line], 0);
            }
        }
        handling = !calls.isEmpty();
        return calls.pollFirst();
    }

    /** The handler came back with {@code result}. */
    void end(InterruptCall handler, int result) {
        handling = false;
        handler.returned().accept(result);
    }

    /** A line stays enabled unless its handler returns 0. */
    private void ended(int line, int result) {
        if (result == 0) {
            enable(line, false);
        }
    }

    private static long bit(int line) {
        return line >= 0 && line < InterruptLines.COUNT ? 1L << line : 0;
    }

    private int register(int line, int handler, int argument) {
        if (handling) {
            return KernelError.ILLEGAL_CONTEXT;
        } else if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        } else if (handlers[line] != 0 || taken.test(line)) {
            return KernelError.HANDLER_EXISTS;
        }
        handlers[line] = handler & ~3;
        arguments[line] = argument;
        return 0;
    }

    private int release(int line) {
        if (handling) {
            return KernelError.ILLEGAL_CONTEXT;
        } else if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        } else if (handlers[line] == 0) {
            return KernelError.NO_HANDLER;
        }
        handlers[line] = 0;
        return 0;
    }

    private int enable(int line) {
        if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        }
        enable(line, true);
        return 0;
    }

    private void enable(int line, boolean on) {
        enabledLines = on ? enabledLines | bit(line) : enabledLines & ~bit(line);
        mask.enable(line, on);
    }

    private int disable(int line, int was, ModuleCall call) {
        if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        }
        boolean on = (enabledLines & bit(line)) != 0;
        enable(line, false);
        if (was != 0) {
            call.word(was, on ? line : KernelError.INTERRUPT_DISABLED);
        }
        return on ? 0 : KernelError.INTERRUPT_DISABLED;
    }

    private int suspend() {
        boolean was = enabled;
        enabled = false;
        return was ? 0 : KernelError.INTERRUPTS_SUSPENDED;
    }

    private int resume(boolean state) {
        enabled = state;
        return 0;
    }
}
