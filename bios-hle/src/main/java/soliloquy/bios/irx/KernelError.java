package soliloquy.bios.irx;

/** What calls of the IOP's kernel return when they fail. Source: ps2sdk {@code kerr.h}. */
public final class KernelError {
    public static final int ILLEGAL_EXCEPTION = -50;
    public static final int NO_EXCEPTION_HANDLER = -51;
    public static final int EXCEPTION_HANDLER_USED = -52;
    public static final int ILLEGAL_CONTEXT = -100;
    public static final int ILLEGAL_INTERRUPT = -101;
    public static final int INTERRUPTS_SUSPENDED = -102;
    public static final int INTERRUPT_DISABLED = -103;
    public static final int HANDLER_EXISTS = -104;
    public static final int NO_HANDLER = -105;
    public static final int NO_TIMER = -150;
    public static final int ILLEGAL_TIMER = -151;
    public static final int ILLEGAL_SOURCE = -152;
    public static final int ILLEGAL_PRESCALE = -153;
    public static final int TIMER_BUSY = -154;
    public static final int TIMER_NOT_SET_UP = -155;
    public static final int TIMER_NOT_IN_USE = -156;
    public static final int LINK = -200;
    public static final int ILLEGAL_OBJECT = -201;
    public static final int UNKNOWN_MODULE = -202;
    public static final int NO_FILE = -203;
    public static final int FILE = -204;
    public static final int MEMORY_IN_USE = -205;
    public static final int ALREADY_STARTED = -206;
    public static final int NOT_STARTED = -207;
    public static final int ALREADY_STOPPED = -208;
    public static final int CANNOT_STOP = -209;
    public static final int NOT_STOPPED = -210;
    public static final int NOT_REMOVABLE = -211;
    public static final int LIBRARY_FOUND = -212;
    public static final int LIBRARY_NOT_FOUND = -213;
    public static final int ILLEGAL_LIBRARY = -214;
    public static final int LIBRARY_IN_USE = -215;
    public static final int NO_MEMORY = -400;
    public static final int ILLEGAL_ATTRIBUTE = -401;
    public static final int ILLEGAL_ENTRY = -402;
    public static final int ILLEGAL_PRIORITY = -403;
    public static final int ILLEGAL_STACK_SIZE = -404;
    public static final int ILLEGAL_MODE = -405;
    public static final int ILLEGAL_THREAD = -406;
    public static final int UNKNOWN_THREAD = -407;
    public static final int UNKNOWN_SEMAPHORE = -408;
    public static final int UNKNOWN_EVENT_FLAG = -409;
    public static final int UNKNOWN_MESSAGE_BOX = -410;
    public static final int UNKNOWN_VARIABLE_POOL = -411;
    public static final int UNKNOWN_FIXED_POOL = -412;
    public static final int DORMANT = -413;
    public static final int NOT_DORMANT = -414;
    public static final int NOT_SUSPENDED = -415;
    public static final int NOT_WAITING = -416;
    public static final int RELEASED = -418;
    public static final int SEMAPHORE_ZERO = -419;
    public static final int SEMAPHORE_OVERFLOW = -420;
    public static final int EVENT_CONDITION = -421;
    public static final int EVENT_MULTIPLE = -422;
    public static final int EVENT_PATTERN = -423;
    public static final int NO_MESSAGE = -424;
    public static final int DELETED = -425;
    public static final int ILLEGAL_MEMORY_BLOCK = -426;
    public static final int ILLEGAL_MEMORY_SIZE = -427;
    public static final int ILLEGAL_TYPE = -431;
    public static final int ILLEGAL_SIZE = -432;

    private KernelError() {}
}
