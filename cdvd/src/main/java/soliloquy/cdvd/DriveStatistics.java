package soliloquy.cdvd;

/**
 * What the drive has done since the console was switched on.
 *
 * @param sectorsRead sectors that passed under the head and were kept, read-ahead included
 * @param sectorsDelivered sectors given to the DMA channel completely
 * @param bytesDelivered bytes given to the DMA channel, block headers included
 * @param seeks movements of the head that took longer than reading on (fast and full seeks)
 * @param spinUps starts of the spindle from standstill
 * @param seekCycles EE cycles spent moving the head, waiting for rotation and spinning up
 * @param readCycles EE cycles spent with a wanted or read-ahead sector passing under the head
 */
public record DriveStatistics(
        long sectorsRead,
        long sectorsDelivered,
        long bytesDelivered,
        long seeks,
        long spinUps,
        long seekCycles,
        long readCycles) {}
