package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The library vblank: waits for the vertical blank and handlers for it. Source: ps2sdk {@code iop/system/vblank}. */
final class Vblank implements Library {
    /** A handler; {@code start} tells whether it is for the start of the blank or its end. */
    private record Handler(boolean start, int priority, int function, int argument) {}

    private final IopKernel kernel;
    private final ThreadManager threads;
    private final List<Handler> handlers = new ArrayList<>();
    private final WaitQueue starting = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
    private final WaitQueue ending = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
    private boolean blank;

    Vblank(IopKernel kernel, ThreadManager threads) {
        this.kernel = kernel;
        this.threads = threads;
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
    public int call(int ordinal, ModuleCall call) {
        return switch (ordinal) {
            case 4 -> wait(starting, true);
            case 5 -> wait(ending, true);
            case 6 -> wait(starting, !blank);
            case 7 -> wait(ending, blank);
            case 8 -> register(call);
            default -> release(call.argument(0) == 0, call.argument(1));
        };
    }

    private int wait(WaitQueue queue, boolean needed) {
        if (needed) {
            threads.block(queue);
        }
        return 0;
    }

    private int register(ModuleCall call) {
        boolean start = call.argument(0) == 0;
        int function = call.argument(2);
        if (handlers.stream().anyMatch(handler -> handler.start == start && handler.function == function)) {
            return KernelError.HANDLER_EXISTS;
        }
        handlers.add(new Handler(start, call.argument(1), function, call.argument(3)));
        handlers.sort(Comparator.comparingInt(Handler::priority));
        return 0;
    }

    private int release(boolean start, int function) {
        return handlers.removeIf(handler -> handler.start == start && handler.function == function)
                ? 0
                : KernelError.NO_HANDLER;
    }

    /** The vertical blank begins or ends. A handler that returns 0 is not called again. */
    void edge(boolean start) {
        blank = start;
        threads.wakeAll(start ? starting : ending, 0);
        for (Handler handler : handlers) {
            if (handler.start == start) {
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
    }
}
