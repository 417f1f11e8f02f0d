package soliloquy.ee;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import soliloquy.machine.StopPoints;

/** A debugger without sense: sets stops at random, steps, goes on. Nothing of it may be seen by the program. */
final class FuzzDebugger implements StopPoints.Listener {
    private static final int MOST_STOPS = 4;
    private static final int LONGEST_WATCHED = 64;
    /** Half cycles to a time that is asked for. */
    private static final int LONGEST_WAY = 200;

    private final StopPoints stops;
    private final SplittableRandom random;
    private final LongSupplier clock;
    private final int words;
    private final List<StopPoints.Breakpoint> breakpoints = new ArrayList<>();
    private final List<StopPoints.Watchpoint> watchpoints = new ArrayList<>();
    private long told;

    /**
     * Begins to debug.
     *
     * @param clock the processor's
     * @param words length of the program
     */
    FuzzDebugger(StopPoints stops, LongSupplier clock, long seed, int words) {
        this.stops = stops;
        this.clock = clock;
        this.words = words;
        random = new SplittableRandom(seed);
        stops.listener(this);
        for (int i = random.nextInt(MOST_STOPS); i >= 0; i--) {
            setStop();
        }
        stops.arriveAt(clock.getAsLong() + random.nextInt(LONGEST_WAY));
    }

    private void setStop() {
        if (random.nextInt(4) > 0) {
            int address = FuzzProgram.CODE + 4 * random.nextInt(words);
            boolean holds = random.nextBoolean();
            StopPoints.Breakpoint breakpoint = new StopPoints.Breakpoint(address, () -> holds || told % 2 == 0);
            breakpoints.add(breakpoint);
            stops.add(breakpoint);
        } else {
            StopPoints.Watchpoint watchpoint = new StopPoints.Watchpoint(
                    random.nextInt(3) == 0
                            ? EeBus.SCRATCHPAD_START + random.nextInt(EeBus.SCRATCHPAD_SIZE)
                            : FuzzProgram.DATA + random.nextInt(FuzzProgram.DATA_BYTES),
                    1 + random.nextInt(LONGEST_WATCHED),
                    StopPoints.Access.values()[random.nextInt(3)]);
            watchpoints.add(watchpoint);
            stops.add(watchpoint);
        }
    }

    private void removeStop() {
        if (!breakpoints.isEmpty()) {
            stops.remove(breakpoints.removeLast());
        } else if (!watchpoints.isEmpty()) {
            stops.remove(watchpoints.removeLast());
        }
    }

    @Override
    public void stopped(StopPoints.Stop stop) {
        told++;
        switch (random.nextInt(16)) {
            case 0 -> removeStop();
            case 1 -> {
                if (breakpoints.size() + watchpoints.size() < MOST_STOPS) {
                    setStop();
                }
            }
            case 2 -> stops.arriveAt(clock.getAsLong() + random.nextInt(LONGEST_WAY));
            case 3, 4, 5, 6, 7 -> {}
            default -> stops.step();
        }
    }

    /** How often the processor stopped. */
    long told() {
        return told;
    }

    /** Removes all stops. */
    void detach() {
        while (!breakpoints.isEmpty() || !watchpoints.isEmpty()) {
            removeStop();
        }
        stops.arriveAt(Long.MAX_VALUE);
        stops.listener(stop -> {});
    }
}
