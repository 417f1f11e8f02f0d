package soliloquy.cdvd;

/**
 * What the drive has done since the console was switched on.
 *
 * @param sectorsRead sectors that passed under the head and were kept, read-ahead included
 * @param sectorsDelivered sectors given to the DMA channel completely
 * @param bytesDelivered bytes given to the DMA channel, block headers included
 * @param seeks movements of the head to another turn of the spiral
 * @param spinUps starts of the spindle from standstill
 * @param seekCycles EE cycles spent moving the head, waiting for rotation and spinning up
 * @param readCycles EE cycles spent with a wanted or read-ahead sector passing under the head
 * @param heldCycles EE cycles the head held its track because nobody wanted the sector under it or the buffer was full
 * @param idleCycles EE cycles without an N-command under way
 * @param limitCycles EE cycles the delivered sectors take at the profile's highest rate, one after the other
 * @param retries passes that failed and were tried again
 * @param failedSectors sectors given up after the tries a command allows
 * @param faultHits how often a fault on demand made a difference
 */
public record DriveStatistics(
        long sectorsRead,
        long sectorsDelivered,
        long bytesDelivered,
        long seeks,
        long spinUps,
        long seekCycles,
        long readCycles,
        long heldCycles,
        long idleCycles,
        long limitCycles,
        long retries,
        long failedSectors,
        long faultHits) {}
