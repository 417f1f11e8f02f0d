package soliloquy.ee;

/**
 * Makes HotSpot compile the second form of a region by calling it, from a thread of its own, while it does nothing. The launcher has
 * such calls wait until what they have asked for is compiled, so that the thread ends when it is; without that it ends earlier.
 */
final class WarmUp {
    /** Calls after which the first compiler has tried: it gives up on most, and the interpreter takes a profile then. */
    static final int FIRST_COMPILER = 100;
    /** Calls after which the second one has, long as its queue may be. */
    static final int SECOND_COMPILER = 100_000;

    private final Region region;
    private final RegionCode code;
    private volatile boolean running;

    WarmUp(Region region, RegionCode code) {
        this.region = region;
        this.code = code;
    }

    /** Begins to call; until that has ended, nobody else may run the code. */
    void begin(int calls) {
        running = true;
        region.idle = true;
        Thread.ofPlatform().daemon().name("warm-up").start(() -> call(calls));
    }

    private void call(int calls) {
        try {
            for (int i = 0; i < calls; i++) {
                code.run();
            }
        } finally {
            region.idle = false;
            running = false;
        }
    }

    boolean isRunning() {
        return running;
    }
}
