package soliloquy.cdvd;

/** Something that is wrong with the drive or the disc, on demand. {@link FaultText} reads them from text. */
public sealed interface Fault {
    /** How many tries fail, when all do. */
    int ALWAYS = Integer.MAX_VALUE;

    /**
     * Sectors that cannot be read at once. A try is one pass of the sector under the head.
     *
     * @param first the first of them
     * @param last the last of them
     * @param rate share of them that is concerned, chosen by {@code seed}
     * @param times tries that fail before the sector reads, or {@link #ALWAYS}
     */
    record ReadError(int first, int last, double rate, long seed, int times) implements Fault {}

    /**
     * Somebody opens the tray and closes it again.
     *
     * @param at seconds of guest time
     * @param duration seconds it stays open
     */
    record TrayOpen(double at, double duration) implements Fault {}

    /** Spindle and head take {@code factor} times as long for everything; 1 or more. */
    record Slow(double factor) implements Fault {}

    /** A pass of any sector fails with probability {@code rate}. */
    record Vibration(double rate, long seed) implements Fault {}

    /**
     * A byte of a sector that the drive delivers inverted, without noticing.
     *
     * @param index of the byte in the sector's user data
     * @param after deliveries that are right before the first wrong one
     * @param times deliveries that are wrong, or {@link #ALWAYS}
     */
    record Corrupt(int lsn, int index, int after, int times) implements Fault {}
}
