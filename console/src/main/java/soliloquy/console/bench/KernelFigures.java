package soliloquy.console.bench;

/**
 * What was measured of one kernel.
 *
 * @param name the kernel's
 * @param checksum what it computed
 * @param instructions guest instructions of one run
 * @param guestMips million guest instructions in a second of one core, the median when warm
 * @param slowestMips the lower decile of the same windows
 * @param fastestMips the upper decile of them
 * @param warmupSeconds wall time until the rate first reached 90 % of the median
 * @param realTimeSeconds wall time until it first reached 300 million instructions a second, as a console's; negative if never
 * @param regions compiled regions at the end
 * @param guestBytes guest code in them, each byte counted once
 * @param regionBytes JVM code in them
 */
public record KernelFigures(
        String name,
        int checksum,
        long instructions,
        double guestMips,
        double slowestMips,
        double fastestMips,
        double warmupSeconds,
        double realTimeSeconds,
        int regions,
        int guestBytes,
        int regionBytes) {
    /** Nanoseconds of one run when warm. */
    public double nanos() {
        return instructions * 1e3 / guestMips;
    }
}
