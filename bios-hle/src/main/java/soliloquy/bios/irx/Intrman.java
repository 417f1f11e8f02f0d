package soliloquy.bios.irx;

import soliloquy.machine.Notices;

/**
 * The library intrman: interrupt lines and the handlers that modules register for them. Source: ps2sdk {@code iop/system/intrman};
 * ps2autotests kernel/iop/interrupt, every row.
 */
final class Intrman implements Library {
    static final int VBLANK = 0;

    /** Lines of the interrupt controller and channels of the DMA controllers, up to that of SIO2's output. */
    private static final int LINES = 0x2E;

    private final Notices notices;
    private final int[] handlers = new int[LINES];
    private final int[] arguments = new int[LINES];
    private long enabledLines;
    private long pending;
    private boolean enabled = true;
    private int handling = -1;

    Intrman(Notices notices) {
        this.notices = notices;
    }

    @Override
    public String name() {
        return "intrman";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 9 || ordinal >= 17 && ordinal <= 20 || ordinal == 23;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int line = call.argument(0);
        return switch (ordinal) {
            case 4 -> register(line, call.argument(2), call.argument(3), call);
            case 5 -> release(line);
            case 6 -> {
                enabledLines |= bit(line);
                yield bit(line) == 0 ? KernelError.ILLEGAL_INTERRUPT : 0;
            }
            case 7 -> disable(line, call.argument(1), call);
            case 8 -> suspend();
            case 9 -> resume(true);
            case 17, 19 -> {
                if (call.argument(0) != 0) {
                    call.word(call.argument(0), enabled ? 1 : 0);
                }
                yield suspend();
            }
            case 18, 20 -> resume(call.argument(0) != 0);
            default -> handling() ? 1 : 0;
        };
    }

    /** True while a handler runs. */
    boolean handling() {
        return handling >= 0;
    }

    /** An interrupt on {@code line}; it waits until it is enabled. */
    void raise(int line) {
        pending |= bit(line);
    }

    /** Begins the interrupt that is due, if one is, and returns its line; else -1. */
    int begin() {
        long due = enabled && !handling() ? pending & enabledLines : 0;
        while (due != 0) {
            int line = Long.numberOfTrailingZeros(due);
            due &= ~bit(line);
            pending &= ~bit(line);
            if (handlers[line] != 0) {
                handling = line;
                return line;
            }
        }
        return -1;
    }

    int handler(int line) {
        return handlers[line];
    }

    int argument(int line) {
        return arguments[line];
    }

    /** The handler came back; the line stays enabled unless {@code result} is 0. */
    void end(int result) {
        if (result == 0) {
            enabledLines &= ~bit(handling);
        }
        handling = -1;
    }

    private static long bit(int line) {
        return line >= 0 && line < LINES ? 1L << line : 0;
    }

    private int register(int line, int handler, int argument, ModuleCall call) {
        if (handling()) {
            return KernelError.ILLEGAL_CONTEXT;
        } else if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        } else if (handlers[line] != 0) {
            return KernelError.HANDLER_EXISTS;
        }
        handlers[line] = handler & ~3;
        arguments[line] = argument;
        if (line != VBLANK && handler != 0) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "IOP",
                    call.returnAddress(),
                    "a handler is registered for interrupt 0x%02x, which reaches no module yet".formatted(line));
        }
        return 0;
    }

    private int release(int line) {
        if (handling()) {
            return KernelError.ILLEGAL_CONTEXT;
        } else if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        } else if (handlers[line] == 0) {
            return KernelError.NO_HANDLER;
        }
        handlers[line] = 0;
        return 0;
    }

    private int disable(int line, int was, ModuleCall call) {
        if (bit(line) == 0) {
            return KernelError.ILLEGAL_INTERRUPT;
        }
        boolean on = (enabledLines & bit(line)) != 0;
        enabledLines &= ~bit(line);
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
