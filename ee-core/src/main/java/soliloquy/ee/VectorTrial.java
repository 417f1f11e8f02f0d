package soliloquy.ee;

import java.util.function.Supplier;

/**
 * A region in two forms, with vectors and without, until it is known which is faster. HotSpot's interpreter and first compiler are a
 * thousand times slower with vectors than its second compiler, so the form with vectors gets a share of the region's time only, in
 * short slices, and takes over once it has been measured to be faster. What the guest sees is the same in both.
 */
final class VectorTrial extends RegionCode {
    /** Half cycles the region must have run before vectors are tried. */
    private static final long HOT = 20_000_000;
    /** Runs after which HotSpot has begun to compile the method. */
    private static final int SHORT_RUNS = 2000;

    private static final int SHORT_SLICE = 256;
    private static final int LONG_SLICE = 1 << 15;
    /** Nanoseconds over which a rate is taken. */
    private static final long WINDOW = 100_000;
    /** How much faster vectors must be, and in how many windows one after the other. */
    private static final double FASTER = 1.1;

    private static final int WINS = 3;
    /** Of the time without vectors, what they may take, and how many nanoseconds before they are given up. */
    private static final int SHARE = 3;

    private static final long LONGEST_TRIAL = 1_500_000_000L;

    /** How fast a form is. */
    private static final class Speed {
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
            windowBegan = nanoseconds;
            halfCycles = 0;
            return true;
        }
    }

    private final R5900 cpu;
    private final Region region;
    private final RegionCode plain;
    private final Supplier<RegionCode> compiler;
    private final Speed plainSpeed = new Speed();
    private final Speed vectorSpeed = new Speed();
    private final int longestPath;
    private RegionCode vectors;
    private long passed;
    private int runs;
    private int wins;

    /**
     * @param plain the form without vectors
     * @param longestPath half cycles the region must be given to be entered
     * @param compiler compiles the form with vectors; null if that is impossible
     */
    VectorTrial(R5900 cpu, Region region, RegionCode plain, int longestPath, Supplier<RegionCode> compiler) {
        this.cpu = cpu;
        this.region = region;
        this.plain = plain;
        this.longestPath = longestPath;
        this.compiler = compiler;
    }

    @Override
    int run() {
        if (vectors == null) {
            return runUntilHot();
        }
        if (vectorSpeed.nanoseconds * SHARE <= plainSpeed.nanoseconds) {
            return tryVectors();
        }
        long clock = cpu.clock;
        long time = System.nanoTime();
        int next = plain.run();
        plainSpeed.add(cpu.clock - clock, System.nanoTime() - time);
        return next;
    }

    private int runUntilHot() {
        long clock = cpu.clock;
        int next = plain.run();
        passed += cpu.clock - clock;
        if (passed >= HOT) {
            vectors = compiler.get();
            if (vectors == null) {
                region.code = plain;
            }
        }
        return next;
    }

    private int tryVectors() {
        boolean isShort = runs++ < SHORT_RUNS;
        long clock = cpu.clock;
        long outerSlice = cpu.sliceEnd;
        cpu.sliceEnd = Math.min(outerSlice, clock + 2L * longestPath + (isShort ? SHORT_SLICE : LONG_SLICE));
        long time = System.nanoTime();
        int next;
        try {
            next = vectors.run();
        } finally {
            cpu.sliceEnd = outerSlice;
        }
        time = System.nanoTime() - time;
        if (isShort) {
            vectorSpeed.nanoseconds += time;
            vectorSpeed.windowBegan += time;
        } else if (vectorSpeed.add(cpu.clock - clock, time)) {
            wins = vectorSpeed.rate > FASTER * plainSpeed.best ? wins + 1 : 0;
        }
        if (wins == WINS) {
            region.code = vectors;
        } else if (vectorSpeed.nanoseconds > LONGEST_TRIAL) {
            region.code = plain;
        }
        return next;
    }
}
