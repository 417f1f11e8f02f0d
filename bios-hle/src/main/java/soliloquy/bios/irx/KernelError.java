package soliloquy.bios.irx;

/** What calls of the IOP's kernel return when they fail. Source: ps2sdk {@code kerr.h}. */
final class KernelError {
    static final int ILLEGAL_CONTEXT = -100;
    static final int ILLEGAL_INTERRUPT = -101;
    static final int INTERRUPTS_SUSPENDED = -102;
    static final int INTERRUPT_DISABLED = -103;
    static final int HANDLER_EXISTS = -104;
    static final int NO_HANDLER = -105;
    static final int NO_MEMORY = -400;
    static final int ILLEGAL_ATTRIBUTE = -401;
    static final int ILLEGAL_ENTRY = -402;
    static final int ILLEGAL_PRIORITY = -403;
    static final int ILLEGAL_STACK_SIZE = -404;
    static final int ILLEGAL_MODE = -405;
    static final int ILLEGAL_THREAD = -406;
    static final int UNKNOWN_THREAD = -407;
    static final int UNKNOWN_SEMAPHORE = -408;
    static final int UNKNOWN_EVENT_FLAG = -409;
    static final int UNKNOWN_MESSAGE_BOX = -410;
    static final int UNKNOWN_VARIABLE_POOL = -411;
    static final int DORMANT = -413;
    static final int NOT_DORMANT = -414;
    static final int NOT_SUSPENDED = -415;
    static final int NOT_WAITING = -416;
    static final int RELEASED = -418;
    static final int SEMAPHORE_ZERO = -419;
    static final int SEMAPHORE_OVERFLOW = -420;
    static final int EVENT_CONDITION = -421;
    static final int EVENT_MULTIPLE = -422;
    static final int EVENT_PATTERN = -423;
    static final int NO_MESSAGE = -424;
    static final int DELETED = -425;
    static final int ILLEGAL_MEMORY_BLOCK = -426;
    static final int ILLEGAL_MEMORY_SIZE = -427;

    private KernelError() {}
}
