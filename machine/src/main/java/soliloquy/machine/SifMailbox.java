package soliloquy.machine;

/**
 * The registers of the subsystem interface (SIF) that the EE (0x1000F200) and the IOP (0x1D000000) share. Who may set and
 * who may clear which flag is decided by each side's register file. Source: ps2tek "SIF".
 */
public final class SifMailbox {
    /** Written by the EE: address of its command buffer (MSCOM, MAINADDR). */
    public int mainAddress;

    /** Written by the IOP: address of its command buffer (SMCOM, SUBADDR). */
    public int subAddress;

    /** Flags from the EE to the IOP (MSFLG): the EE sets, the IOP clears. */
    public int mainFlags;

    /** Flags from the IOP to the EE (SMFLG): the IOP sets, the EE clears. */
    public int subFlags;

    /** CTRL. */
    public int control;

    /** BD6. */
    public int busDirection;
}
