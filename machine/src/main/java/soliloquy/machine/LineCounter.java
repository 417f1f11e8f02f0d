package soliloquy.machine;

/** Those who can count the lines of the video signal. */
public interface LineCounter {
    /** A line ends (HBLANK). Not called while nobody counts. */
    void lineEnds();

    /** True if anybody counts now. Whoever begins to tells the video signal's source. */
    boolean counting();
}
