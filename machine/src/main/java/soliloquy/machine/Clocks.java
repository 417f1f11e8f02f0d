package soliloquy.machine;

/**
 * Clock rates of the console. Source: ps2tek "EE Architecture"; DobieStation's scheduler; EE : bus : IOP is exactly
 * 8 : 4 : 1, so one count of EE cycles drives everything.
 */
public final class Clocks {
    /** Emotion Engine core and both vector units, in Hz. The master clock of the {@link Scheduler}. */
    public static final long EE_HZ = 294_912_000L;

    /** Main bus, DMA controller, EE timers and the Graphics Synthesizer port, in Hz. */
    public static final long BUS_HZ = EE_HZ / 2;

    /** I/O processor in PlayStation 2 mode, in Hz. */
    public static final long IOP_HZ = EE_HZ / 8;

    /** EE cycles in one cycle of the main bus. */
    public static final int EE_CYCLES_PER_BUS_CYCLE = 2;

    /** EE cycles in one cycle of the I/O processor. */
    public static final int EE_CYCLES_PER_IOP_CYCLE = 8;

    private Clocks() {}

    /** Seconds of guest time in {@code eeCycles} cycles. */
    public static double seconds(long eeCycles) {
        return eeCycles / (double) EE_HZ;
    }

    /** EE cycles in {@code seconds} of guest time, rounded to the nearest. */
    public static long cycles(double seconds) {
        return Math.round(seconds * EE_HZ);
    }
}
