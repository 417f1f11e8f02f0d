package soliloquy.cdvd;

/**
 * What the drive does at one moment, for people who look on.
 *
 * @param command the N-command under way, or null
 * @param status what the drive status register shows: for example {@code READING}, {@code SEEKING} or {@code PAUSED}
 * @param spinning the disc turns
 * @param head LSN under the head
 * @param bufferedFirst LSN of the first sector in the read-ahead buffer
 * @param buffered sectors in it
 * @param bufferSectors sectors it has room for
 * @param wanted LSN of the next sector that the command will give
 * @param remaining sectors that the command has still to give
 * @param profile name of the speed profile
 */
public record DriveState(
        String command,
        String status,
        boolean spinning,
        int head,
        int bufferedFirst,
        int buffered,
        int bufferSectors,
        int wanted,
        int remaining,
        String profile) {}
