package soliloquy.machine;

/** The rows of a timeline: what has a part of the console to itself and does one thing at a time, or things within things. */
public enum TraceTrack {
    TOKENS("EE", "tokens"),
    EE_STAGE("EE", "stages"),
    EE_CALLS("EE", "calls"),
    EE_INTERRUPTS("EE", "interrupts"),
    SCRATCHPAD_FROM("EE", "DMA from the scratchpad"),
    SCRATCHPAD_TO("EE", "DMA to the scratchpad"),
    SIF0("SIF", "SIF0, IOP to EE"),
    SIF1("SIF", "SIF1, EE to IOP"),
    IOP_THREADS("IOP", "threads"),
    IOP_HANDLERS("IOP", "interrupt handlers"),
    IOP_INTERRUPTS("IOP", "interrupts"),
    DRIVE("drive", "mechanism"),
    DISC_RATE("drive", "disc rate"),
    GIF("GS", "GIF DMA"),
    VIDEO("GS", "video");

    /** The part of the console. */
    public final String part;

    /** What the row shows of it. */
    public final String title;

    TraceTrack(String part, String title) {
        this.part = part;
        this.title = title;
    }
}
