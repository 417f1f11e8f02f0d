package soliloquy.machine;

/**
 * Everything that can be scheduled in the console. At most one event of a type is pending at a time, so a pending event is
 * its type, its time and a payload, and the schedule can be saved as plain numbers.
 */
public enum EventType {
    /** A video line ends (HBLANK). */
    HBLANK,
    /** The vertical blank starts. */
    VBLANK_START,
    /** The vertical blank ends. */
    VBLANK_END,
    /** The GS reports its side of a vertical blank in CSR (FIELD and VSINT change after the INTC sees VBLANK). */
    GS_VSYNC,
    /** EE timer 0 reaches its target or overflows; likewise the three that follow. */
    EE_TIMER0,
    EE_TIMER1,
    EE_TIMER2,
    EE_TIMER3,
    /** EE COP0 Count equals Compare. */
    EE_COUNT_COMPARE,
    /** EE DMA channel 0 (VIF0) ends a slice; likewise the nine that follow, in channel order. */
    DMAC_VIF0,
    DMAC_VIF1,
    DMAC_GIF,
    DMAC_IPU_FROM,
    DMAC_IPU_TO,
    DMAC_SIF0,
    DMAC_SIF1,
    DMAC_SIF2,
    DMAC_SPR_FROM,
    DMAC_SPR_TO,
    /** IOP DMA channel 3 (CDVD) ends a block. */
    IOP_DMA_CDVD,
    /** IOP DMA channel 9 (SIF0) ends. */
    IOP_DMA_SIF0,
    /** IOP DMA channel 10 (SIF1) ends. */
    IOP_DMA_SIF1,
    /** SIO2 finishes a transfer. */
    SIO2_TRANSFER,
    /** IOP timers 0 to 5. */
    IOP_TIMER0,
    IOP_TIMER1,
    IOP_TIMER2,
    IOP_TIMER3,
    IOP_TIMER4,
    IOP_TIMER5,
    /** The drive's mechanism finishes a step: spin-up, seek, or one sector under the head. */
    CDVD_MECHANISM,
    /** The drive finishes an S-command. */
    CDVD_SYSTEM_COMMAND,
    /** A hand opens or closes the drive's tray. */
    CDVD_TRAY,
    /** High-level IOP software continues after the time its instructions would take. */
    IOP_SOFTWARE,
    /** An alarm of the high-level EE kernel is due. */
    EE_KERNEL_ALARM,
    /** The run loop takes commands from the host. */
    HOST_POLL
}
