package soliloquy.console.step;

import soliloquy.cdvd.DriveStatistics;
import soliloquy.console.Console;
import soliloquy.ee.CacheCounts;

/** Guest time and what the drive and the caches have done up to it. */
record Snapshot(long cycles, long waiting, long checking, DriveStatistics drive, CacheCounts caches) {
    static Snapshot of(Console console, OperationTracker tracker) {
        return new Snapshot(
                console.ee().cycles(),
                tracker.waitCycles(),
                tracker.checkCycles(),
                console.drive().statistics(),
                console.ee().cacheCounts());
    }

    /** What has happened since {@code earlier}. */
    Cost since(Snapshot earlier) {
        return new Cost(
                cycles - earlier.cycles,
                waiting - earlier.waiting,
                checking - earlier.checking,
                drive.sectorsDelivered() - earlier.drive.sectorsDelivered(),
                drive.bytesDelivered() - earlier.drive.bytesDelivered(),
                drive.seeks() - earlier.drive.seeks(),
                caches.fetchMisses() - earlier.caches.fetchMisses(),
                caches.dataMisses() - earlier.caches.dataMisses());
    }

    /**
     * What some of the run has cost.
     *
     * @param waiting EE cycles in which the engine waited for the disc
     * @param checking EE cycles in which it checked what had come
     * @param sectors that the drive delivered
     * @param seeks movements of the head
     * @param fetchMisses of the instruction cache; 0 in timings without caches
     */
    record Cost(
            long cycles,
            long waiting,
            long checking,
            long sectors,
            long bytes,
            long seeks,
            long fetchMisses,
            long dataMisses) {}
}
