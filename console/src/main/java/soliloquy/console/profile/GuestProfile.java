package soliloquy.console.profile;

/**
 * Where the guest time of a run went.
 *
 * @param tree by call stack
 * @param stages by phase and stage
 * @param cycles EE cycles of the run; those of the tree and those of the stages sum up to them
 * @param samples how often somebody looked while the EE computed
 * @param period EE cycles of computing between two samples
 * @param caches true if misses were counted, as only one timing profile does
 * @param timing name of the timing profile
 */
public record GuestProfile(
        FunctionNames names,
        CallTree tree,
        StageCounts stages,
        long cycles,
        long samples,
        long period,
        boolean caches,
        String timing) {

    /** {@code cycles} as a share of the run, in percent. */
    double percent(long part) {
        return cycles == 0 ? 0 : 100.0 * part / cycles;
    }
}
