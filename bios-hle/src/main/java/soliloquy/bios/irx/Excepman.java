package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Notices;

/**
 * The library excepman: handlers of exceptions. They are kept, but the kernel takes all exceptions itself: an exception that is none
 * of its system calls ends the run. Source: ps2sdk {@code iop/system/excepman}.
 */
final class Excepman implements Library {
    private static final int EXCEPTIONS = 16;
    /** In place of an exception's number: the handler of those that no other takes. */
    private static final int DEFAULT = -1;

    private record Handler(int exception, int address) {}

    private final Notices notices;
    private final List<Handler> handlers = new ArrayList<>();

    Excepman(Notices notices) {
        this.notices = notices;
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
        return switch (ordinal) {
            case 4 -> register(call, first, call.argument(1));
            case 5 -> register(call, first, call.argument(2));
            case 6 -> register(call, DEFAULT, first);
            case 7 -> release(call, first, call.argument(1));
            default -> release(call, DEFAULT, first);
        };
    }

    private static boolean illegal(int exception) {
        return exception < DEFAULT || exception >= EXCEPTIONS;
    }

    private int register(ModuleCall call, int exception, int address) {
        if (call.word(address) != 0) {
            return KernelError.EXCEPTION_HANDLER_USED;
        }
        if (illegal(exception)) {
            return KernelError.ILLEGAL_EXCEPTION;
        }
        handlers.add(new Handler(exception, address));
        call.word(address, address);
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP excepman",
                call.returnAddress(),
                "a module handles exceptions; its handler is not called");
        return 0;
    }

    private int release(ModuleCall call, int exception, int address) {
        if (illegal(exception)) {
            return KernelError.ILLEGAL_EXCEPTION;
        }
        if (!handlers.remove(new Handler(exception, address))) {
            return KernelError.NO_EXCEPTION_HANDLER;
        }
        call.word(address, 0);
        return 0;
    }
}
