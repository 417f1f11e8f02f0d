package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import soliloquy.iop.IopIntc;

/** The library vblank: handlers and waits for the beginning and the end of the vertical blank. Source: ps2sdk {@code vblank}. */
final class Vblank implements Library {
    /** Handlers that the module has room for, its own two included. */
    private static final int MOST = 14;

    private record Handler(int priority, int function, int argument) {}

    private final IopKernel kernel;
    private final List<Handler> atStart = new ArrayList<>();
    private final List<Handler> atEnd = new ArrayList<>();
    private WaitQueue starting;
    private WaitQueue ending;
    private boolean listens;
    private boolean blank;

    Vblank(IopKernel kernel) {
        this.kernel = kernel;
        reset();
    }

    @Override
    public void reset() {
        atStart.clear();
        atEnd.clear();
        starting = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
        ending = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
    }

    @Override
    public String name() {
        return "vblank";
    }

    @Override
    public int functions() {
        return 10;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 9;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return false;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        listen();
        List<Handler> handlers = call.argument(0) == 0 ? atStart : atEnd;
        return switch (ordinal) {
            case 4 -> await(starting, false); // WaitVblankStart
            case 5 -> await(ending, false); // WaitVblankEnd
            case 6 -> await(starting, blank); // WaitVblank
            case 7 -> await(ending, !blank); // WaitNonVblank
            case 8 -> register(handlers, call.argument(1), call.argument(2), call.argument(3));
            default -> {
                int function = call.argument(1);
                yield handlers.removeIf(handler -> handler.function == function) ? 0 : KernelError.NO_HANDLER;
            }
        };
    }

    /** Takes the interrupts from the first use on. */
    private void listen() {
        if (!listens) {
            listens = true;
            kernel.handle(IopIntc.VBLANK, () -> edge(true, atStart, starting));
            kernel.handle(IopIntc.EVBLANK, () -> edge(false, atEnd, ending));
        }
    }

    private void edge(boolean begins, List<Handler> handlers, WaitQueue waiting) {
        blank = begins;
        kernel.threads().wakeAll(waiting, 0);
        for (Handler handler : List.copyOf(handlers)) {
            kernel.interrupt(
                    handler.function,
                    result -> {
                        if (result == 0) {
                            handlers.remove(handler);
                        }
                    },
                    handler.argument,
                    0);
        }
    }

    private int await(WaitQueue queue, boolean over) {
        if (!over) {
            kernel.threads().block(queue);
        }
        return 0;
    }

    private int register(List<Handler> handlers, int priority, int function, int argument) {
        if (atStart.size() + atEnd.size() >= MOST) {
            return KernelError.NO_MEMORY;
        }
        if (handlers.stream().anyMatch(handler -> handler.function == function)) {
            return KernelError.HANDLER_EXISTS;
        }
        int at = 0;
        while (at < handlers.size() && handlers.get(at).priority <= priority) {
            at++;
        }
        handlers.add(at, new Handler(priority, function, argument));
        return 0;
    }
}
