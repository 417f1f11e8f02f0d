package soliloquy.ee;

/**
 * Goes from region to region. A region calls a guest function through here as a method of the JVM; all guest state is in the
 * registers of the processor then, so that it does not matter whether the function returns where it was called from.
 */
final class RegionCalls {
    /** Guest calls nested deeper than this give up their frames on the host's stack. */
    private static final int DEEPEST = 200;

    private final R5900 cpu;
    private final RegionTable table;
    private int depth;
    private Region refused;

    RegionCalls(R5900 cpu, RegionTable table) {
        this.cpu = cpu;
        this.table = table;
    }

    /**
     * Executes the function at {@code address} as far as it is compiled.
     *
     * @return {@code returnAddress} if it returned; else where to go on without the caller
     */
    int call(int address, int returnAddress) {
        if (depth == DEEPEST) {
            return address;
        }
        depth++;
        try {
            return run(address, returnAddress);
        } finally {
            depth--;
        }
    }

    /** The region that refused its registers since this was last asked, or null. */
    Region takeRefused() {
        Region taken = refused;
        refused = null;
        return taken;
    }

    /**
     * Executes compiled code from {@code address} until it gets to {@code stop}, or to an instruction that is not the first of a
     * region, or can do nothing more.
     *
     * @return address of the next instruction
     */
    int run(int address, int stop) {
        int next = address;
        Region region = table.at(next);
        while (region != null) {
            long before = cpu.clock;
            next = region.code.run();
            if (region.refused) {
                refused = region;
            }
            if (next == stop || cpu.clock == before || cpu.clock >= cpu.deadline) {
                break;
            }
            region = table.at(next);
        }
        return next;
    }
}
