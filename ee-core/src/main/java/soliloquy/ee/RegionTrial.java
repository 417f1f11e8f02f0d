package soliloquy.ee;

import java.util.function.Supplier;

/**
 * Runs a region in its first form until it is hot, then in both until it is known which is faster. HotSpot needs long for the second
 * form, being large, and what it runs until then is up to a thousand times slower where there are vectors. So the second form runs
 * a few times, which resolves what it names, then not before {@link WarmUp} has ended. After that it gets a share of the region's time
 * only, in short slices, and takes over once it has been measured to be faster. What the guest sees is the same in both.
 */
final class RegionTrial extends RegionCode {
    /** Runs before the second compiler is asked for: they resolve what the method names. */
    private static final int RESOLVING_RUNS = 12;
    /** Runs in short slices after that, while it may not be compiled yet. */
    private static final int SHORT_RUNS = 200;
    /** Runs after which HotSpot has begun to compile code that is not warmed up: without vectors a profile is worth the time. */
    private static final int PROFILING_RUNS = 2000;

    private static final int SHORT_SLICE = 256;
    /** The last of the runs that resolve is to see more of the code: what no run has seen is left out by the second compiler. */
    private static final int LAST_RESOLVING_SLICE = 1 << 12;

    private static final int LONG_SLICE = 1 << 15;
    /** Nanoseconds over which a rate is taken. */
    private static final long WINDOW = 100_000;
    /** How much faster the second form must be, and in how many windows one after the other. */
    private static final double FASTER = 1.05;

    private static final int WINS = 3;
    /** What the second form may take of the first one's time, and how many nanoseconds before it is given up. */
    private static final int SHARE = 7;

    /** How much slower vectors are at least while they are interpreted, and how many nanoseconds a run takes then at least. */
    private static final int INTERPRETED_SLOWER = 64;

    private static final long SHORTEST_INTERPRETED = 100_000;

    private static final long LONGEST_TRIAL = 1_500_000_000L;
    /** Nanoseconds of a run of the first form after which so many are not timed. */
    private static final int SHORT_RUN = 2000;

    private static final int UNTIMED = 15;

    /** What the compiler of second forms answers to be asked again when the region has run as long once more. */
    static final RegionCode LATER = new RegionCode() {
        @Override
        int run() {
            throw new IllegalStateException("there is no code yet");
        }
    };

    /** How fast a form is. */
    private static final class Speed {
        /** In all that was timed. */
        long nanoseconds;

        private long windowBegan;
        private long halfCycles;
        /** Half cycles in a nanosecond, in the last window and at best. */
        double rate;

        double best;

        /** Adds a run; true if that completes a window. */
        boolean add(long cycles, long time) {
            nanoseconds += time;
            halfCycles += cycles;
            if (nanoseconds - windowBegan < WINDOW) {
                return false;
            }
            rate = (double) halfCycles / (nanoseconds - windowBegan);
            best = Math.max(best, rate);
            beginWindow();
            return true;
        }

        void beginWindow() {
            windowBegan = nanoseconds;
            halfCycles = 0;
        }
    }

    private final R5900 cpu;
    private final Region region;
    private final RegionCode first;
    private final Supplier<RegionCode> compiler;
    private final Speed firstSpeed = new Speed();
    private final Speed secondSpeed = new Speed();
    private final int longestPath;
    private RegionCode second;
    /** Null if the second form has no vectors. */
    private WarmUp warmUp;

    private long passed;
    private long firstNanoseconds;
    private int untimed;
    private int runs;
    private int wins;

    /**
     * @param first its first form
     * @param longestPath half cycles it must be given to be entered
     * @param compiler compiles the second form; null if there is nothing to gain
     */
    RegionTrial(R5900 cpu, Region region, RegionCode first, int longestPath, Supplier<RegionCode> compiler) {
        this.cpu = cpu;
        this.region = region;
        this.first = first;
        this.longestPath = longestPath;
        this.compiler = compiler;
    }

    @Override
    int run() {
        if (second == null) {
            return runUntilHot();
        }
        if (untimed > 0) {
            untimed--;
            return first.run();
        }
        if (warmUp != null && warmUp.isRunning()) {
            return first.run();
        }
        if (warmUp != null && runs < RESOLVING_RUNS || secondSpeed.nanoseconds * SHARE <= firstNanoseconds) {
            return trySecond();
        }
        long clock = cpu.clock;
        long time = System.nanoTime();
        int next = first.run();
        time = System.nanoTime() - time;
        firstSpeed.add(cpu.clock - clock, time);
        untimed = time < SHORT_RUN ? UNTIMED : 0;
        firstNanoseconds += time * (untimed + 1);
        return next;
    }

    private int runUntilHot() {
        long clock = cpu.clock;
        int next = first.run();
        passed += cpu.clock - clock;
        if (passed >= region.hot) {
            RegionCode compiled = compiler.get();
            if (compiled == null) {
                region.code = first;
            } else if (compiled == LATER) {
                passed = 0;
            } else {
                second = compiled;
                if (region.hasVectors) {
                    warmUp = new WarmUp(region, second);
                    warmUp.begin(WarmUp.FIRST_COMPILER);
                }
            }
        }
        return next;
    }

    /** True if the second form is being tried, and the code at {@code address} is in it. */
    boolean holds(int address) {
        return second != null && region.overlaps(address, 4);
    }

    /** True if a run was so slow that HotSpot must have given its code up, having met what it had not seen before. */
    private boolean isInterpreted(long cycles, long time) {
        return warmUp != null && time > SHORTEST_INTERPRETED && cycles * INTERPRETED_SLOWER < time * firstSpeed.best;
    }

    private int trySecond() {
        boolean isShort = runs++ < (warmUp == null ? PROFILING_RUNS : RESOLVING_RUNS + SHORT_RUNS);
        int slice =
                !isShort ? LONG_SLICE : warmUp != null && runs == RESOLVING_RUNS ? LAST_RESOLVING_SLICE : SHORT_SLICE;
        long clock = cpu.clock;
        long outerSlice = cpu.sliceEnd;
        cpu.sliceEnd = Math.min(outerSlice, clock + 2L * longestPath + slice);
        long time = System.nanoTime();
        int next;
        try {
            next = second.run();
        } finally {
            cpu.sliceEnd = outerSlice;
        }
        time = System.nanoTime() - time;
        if (warmUp != null && runs <= RESOLVING_RUNS) {
            if (runs == RESOLVING_RUNS) {
                warmUp.begin(WarmUp.SECOND_COMPILER);
            }
        } else if (isShort || isInterpreted(cpu.clock - clock, time)) {
            secondSpeed.nanoseconds += time;
            secondSpeed.beginWindow();
            if (isInterpreted(cpu.clock - clock, time)) {
                warmUp.begin(WarmUp.SECOND_COMPILER);
            }
        } else if (secondSpeed.add(cpu.clock - clock, time)) {
            wins = secondSpeed.rate > FASTER * firstSpeed.best ? wins + 1 : 0;
        }
        if (wins == WINS) {
            region.settleOnSecond(second);
        } else if (secondSpeed.nanoseconds > LONGEST_TRIAL) {
            region.settleOnFirst(first);
        }
        return next;
    }
}
