package soliloquy.iop;

import soliloquy.machine.MemoryMapped;
import soliloquy.machine.SifMailbox;

/**
 * The IOP's view of the SIF registers. The IOP clears flags of MSFLG and sets flags of SMFLG. Source: ps2tek "SIF"; ps2sdk
 * {@code sifman}; CTRL as PCSX2 has it.
 */
public final class IopSifRegisters implements MemoryMapped {
    /** Physical address on the IOP bus at which the registers start. */
    public static final int BASE = 0x1D00_0000;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x100;

    private static final int CONTROL_READS_SET = 0xF000_0002;

    private final SifMailbox mailbox;

    /** @param mailbox shared with the EE's {@code SifRegisters} */
    public IopSifRegisters(SifMailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public long read(int address, int bytes) {
        return switch (address) {
            case 0x1D000000 -> mailbox.mainAddress; // MSCOM
            case 0x1D000010 -> mailbox.subAddress; // SMCOM
            case 0x1D000020 -> mailbox.mainFlags; // MSFLG
            case 0x1D000030 -> mailbox.subFlags; // SMFLG
            case 0x1D000040 -> mailbox.control | CONTROL_READS_SET; // CTRL
            case 0x1D000060 -> mailbox.busDirection; // BD6
            default -> 0;
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address) {
            case 0x1D000010 -> mailbox.subAddress = (int) value; // SMCOM
            case 0x1D000020 -> mailbox.mainFlags &= ~(int) value; // MSFLG: clear
            case 0x1D000030 -> mailbox.subFlags |= (int) value; // SMFLG: set
            case 0x1D000040 -> mailbox.control ^= (int) value & 0xF0; // CTRL: bits 7..4 toggle
            case 0x1D000060 -> mailbox.busDirection = (int) value; // BD6
            default -> {} // MSCOM is written by the EE only
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
