package soliloquy.machine;

/** What chips and their software tell a {@link TraceSink}, each with a number of its own meaning. */
public enum TraceEvent {
    /** The guest has told a token of its text: its number, from 1. */
    TOKEN(TraceTrack.TOKENS, "token", "number", ""),
    /** A DMA channel of the EE moves data out of the scratchpad; its end has the bytes. */
    SCRATCHPAD_FROM(TraceTrack.SCRATCHPAD_FROM, "from scratchpad", "", "bytes"),
    /** A DMA channel of the EE moves data into the scratchpad; its end has the bytes. */
    SCRATCHPAD_TO(TraceTrack.SCRATCHPAD_TO, "to scratchpad", "", "bytes"),
    /** DMA channel 2 of the EE feeds the GIF; its end has the bytes. */
    GIF_TRANSFER(TraceTrack.GIF, "GIF", "", "bytes"),
    /** The IOP sends; the end has the bytes. */
    SIF0_TRANSFER(TraceTrack.SIF0, "SIF0", "", "bytes"),
    /** The EE sends; the end has the bytes. */
    SIF1_TRANSFER(TraceTrack.SIF1, "SIF1", "", "bytes"),
    /** A line of INTC was raised, masked or not: its number. */
    EE_INTERRUPT(TraceTrack.EE_INTERRUPTS, "INTC", "line", ""),
    /** A line of the IOP's interrupt controller was raised, masked or not: its number. */
    IOP_INTERRUPT(TraceTrack.IOP_INTERRUPTS, "IOP INTC", "line", ""),
    /** A thread has the IOP: its number. */
    IOP_THREAD(TraceTrack.IOP_THREADS, "thread", "id", ""),
    /** An interrupt handler of a module has the IOP: its address. */
    IOP_HANDLER(TraceTrack.IOP_HANDLERS, "handler", "address", ""),
    /** The disc comes up to speed; the LSN wanted. */
    DRIVE_SPIN_UP(TraceTrack.DRIVE, "spin-up", "lsn", ""),
    /** The head moves; the LSN it goes to. */
    DRIVE_SEEK(TraceTrack.DRIVE, "seek", "lsn", ""),
    /** A read command delivers or waits for its sectors; the first LSN, and at the end the bytes that DMA took. */
    DRIVE_READ(TraceTrack.DRIVE, "read", "lsn", "bytes"),
    /** DMA took data of the disc: the bytes. Told by {@link TraceSink#count}. */
    DISC_DATA(TraceTrack.DISC_RATE, "disc data", "bytes", ""),
    /** The vertical blank. */
    VBLANK(TraceTrack.VIDEO, "vertical blank", "", "");

    public final TraceTrack track;

    /** What it is called where nobody knows a better name. */
    public final String title;

    /** What the number of its beginning, or of an instant or a count, is; empty if it has none. */
    public final String argument;

    /** What the number of its end is; empty if it has none. */
    public final String result;

    TraceEvent(TraceTrack track, String title, String argument, String result) {
        this.track = track;
        this.title = title;
        this.argument = argument;
        this.result = result;
    }
}
