package soliloquy.bios.kernel;

/** Numbers of the general registers that the calling conventions name. Source: MIPS n32 and EABI64 conventions. */
final class Registers {
    static final int V0 = 2;
    static final int V1 = 3;
    static final int A0 = 4;
    static final int A1 = 5;
    static final int A2 = 6;
    static final int A3 = 7;
    /** First of the registers after a3: t0 in the old names, the fifth argument in the conventions of the EE. */
    static final int T0 = 8;

    static final int GP = 28;
    static final int SP = 29;
    static final int RA = 31;

    private Registers() {}
}
