package soliloquy.ee;

/** The interrupt sources of INTC, in the order of their bits in INTC_STAT. Source: ps2tek "EE Interrupts". */
public enum IntcSource {
    GS,
    SBUS,
    VBLANK_START,
    VBLANK_END,
    VIF0,
    VIF1,
    VU0,
    VU1,
    IPU,
    TIMER0,
    TIMER1,
    TIMER2,
    TIMER3,
    SFIFO,
    VU0_WATCHDOG
}
