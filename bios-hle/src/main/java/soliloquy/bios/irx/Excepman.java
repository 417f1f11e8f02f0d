package soliloquy.bios.irx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import soliloquy.machine.Ram;

/**
 * The library excepman: handlers of exceptions. A handler is a structure of two words and its code: its first word is where it goes
 * on with an exception that is not its own. The kernel takes its system calls itself, and for all other exceptions goes to the first
 * handler. Source: ps2sdk {@code iop/system/excepman}.
 */
final class Excepman implements Library {
    private static final int EXCEPTIONS = 16;
    /** Where the code of the first handler of each exception stands. */
    private static final int TABLE = 0x440;

    private static final int CODE = 8;
    private static final int USUAL_PRIORITY = 2;

    private record Handler(int address, int priority) {}

    private final Ram ram;
    private final int unhandled;
    private final List<List<Handler>> handlers = new ArrayList<>();
    private final Deque<Integer> defaults = new ArrayDeque<>();

    /** @param unhandled address of code for what no handler takes */
    Excepman(Ram ram, int unhandled) {
        this.ram = ram;
        this.unhandled = unhandled;
        for (int i = 0; i < EXCEPTIONS; i++) {
            handlers.add(new ArrayList<>());
        }
        link();
    }

    /** Address of the code that takes the exception with a code of Cause first. */
    int first(int exception) {
        return ram.read32(TABLE + 4 * exception);
    }

    @Override
    public String name() {
        return "excepman";
    }

    @Override
    public int functions() {
        return 9;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 8;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        return switch (ordinal) {
            case 4 -> register(first, USUAL_PRIORITY, second);
            case 5 -> register(first, second & 3, call.argument(2));
            case 6 -> registerDefault(first);
            case 7 -> release(first, second);
            default -> releaseDefault(first);
        };
    }

    private int next(int handler) {
        return ram.read32(handler & ~3);
    }

    private void next(int handler, int code) {
        ram.write32(handler & ~3, code);
    }

    private int register(int exception, int priority, int address) {
        if (next(address) != 0) {
            return KernelError.EXCEPTION_HANDLER_USED;
        }
        if (exception < 0 || exception >= EXCEPTIONS) {
            return KernelError.ILLEGAL_EXCEPTION;
        }
        List<Handler> chain = handlers.get(exception);
        int place = 0;
        while (place < chain.size() && chain.get(place).priority < priority) {
            place++;
        }
        chain.add(place, new Handler(address, priority));
        link();
        return 0;
    }

    private int registerDefault(int address) {
        if (next(address) != 0) {
            return KernelError.EXCEPTION_HANDLER_USED;
        }
        defaults.push(address);
        link();
        return 0;
    }

    private int release(int exception, int address) {
        if (exception < 0 || exception >= EXCEPTIONS) {
            return KernelError.ILLEGAL_EXCEPTION;
        }
        if (!handlers.get(exception).removeIf(handler -> handler.address == address)) {
            return KernelError.NO_EXCEPTION_HANDLER;
        }
        next(address, 0);
        link();
        return 0;
    }

    private int releaseDefault(int address) {
        if (!defaults.removeFirstOccurrence(address)) {
            return KernelError.NO_EXCEPTION_HANDLER;
        }
        next(address, 0);
        link();
        return 0;
    }

    /** Writes for each handler where it goes on, and the table. */
    private void link() {
        int last = unhandled;
        for (int address : (Iterable<Integer>) defaults::descendingIterator) {
            next(address, last);
            last = address + CODE;
        }
        for (int exception = 0; exception < EXCEPTIONS; exception++) {
            int code = last;
            for (Handler handler : handlers.get(exception).reversed()) {
                next(handler.address, code);
                code = handler.address + CODE;
            }
            ram.write32(TABLE + 4 * exception, code);
        }
    }
}
