package soliloquy.ee;

import soliloquy.machine.MemoryMapped;
import soliloquy.machine.SifMailbox;

/**
 * The EE's view of the SIF registers. The EE sets flags of MSFLG and clears flags of SMFLG. Source: ps2tek "SIF"; CTRL as PCSX2
 * has it.
 */
public final class SifRegisters implements MemoryMapped {
    /** Physical address at which the registers start. */
    public static final int BASE = 0x1000_F200;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x100;

    private static final int CONTROL_EE_BIT = 0x100;
    private static final int CONTROL_READS_SET = 0xF000_0000;

    private final SifMailbox mailbox;

    /** @param mailbox shared with the IOP's registers */
    public SifRegisters(SifMailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public long read(int address, int bytes) {
        int value = switch (address) {
            case 0x1000F200 -> mailbox.mainAddress; // MSCOM
            case 0x1000F210 -> mailbox.subAddress; // SMCOM
            case 0x1000F220 -> mailbox.mainFlags; // MSFLG
            case 0x1000F230 -> mailbox.subFlags; // SMFLG
            case 0x1000F240 -> mailbox.control | CONTROL_READS_SET; // CTRL
            case 0x1000F260 -> mailbox.busDirection; // BD6
            default -> 0;
        };
        return value & 0xFFFF_FFFFL;
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address) {
            case 0x1000F200 -> mailbox.mainAddress = (int) value; // MSCOM
            case 0x1000F220 -> mailbox.mainFlags |= (int) value; // MSFLG: set
            case 0x1000F230 -> mailbox.subFlags &= ~(int) value; // SMFLG: clear
            case 0x1000F240 -> // CTRL
                mailbox.control = mailbox.control & ~CONTROL_EE_BIT | (int) value & CONTROL_EE_BIT;
            case 0x1000F260 -> mailbox.busDirection = (int) value; // BD6
            default -> {} // SMCOM is written by the IOP only
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
