package soliloquy.bios.kernel;

/** One thread and what ReferThreadStatus tells of it. Source: ps2sdk {@code kernel.h}. */
final class KernelThread {
    /** States as ReferThreadStatus gives them. */
    static final int RUN = 0x01;

    static final int READY = 0x02;
    static final int WAIT = 0x04;
    static final int SUSPEND = 0x08;
    static final int WAIT_SUSPEND = WAIT | SUSPEND;
    static final int DORMANT = 0x10;

    /** Kinds of waiting. */
    static final int WAIT_NONE = 0;

    static final int WAIT_SLEEP = 1;
    static final int WAIT_SEMAPHORE = 2;

    final int id;
    final ThreadContext context = new ThreadContext();
    int state = DORMANT;
    int waitType = WAIT_NONE;
    int waitId;
    int wakeupCount;
    int function;
    int stack;
    int stackSize;
    int gp;
    int initialPriority;
    int priority;
    int attributes;
    int option;
    int heapEnd;
    int root = KernelMemory.THREAD_RETURN;

    KernelThread(int id) {
        this.id = id;
    }

    /** What it does or waits for, in a few words. */
    String describe() {
        String waits = switch (waitType) {
            case WAIT_SLEEP -> "asleep";
            case WAIT_SEMAPHORE -> "waiting for semaphore " + waitId;
            default -> "waiting";
        };
        return switch (state) {
            case RUN -> "running";
            case READY -> "ready";
            case WAIT -> waits;
            case SUSPEND -> "suspended";
            case WAIT_SUSPEND -> waits + ", suspended";
            default -> "dormant";
        };
    }

    int stackTop() {
        return stack + stackSize;
    }
}
