package soliloquy.ee;

import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;

/**
 * The rest of the EE's I/O page: the memory controller's start-up registers, and the places of VIF0, VIF1 and IPU, which are not
 * emulated and read as idle. Source: ps2tek "I/O Maps"; the RDRAM handshake as PCSX2 has it.
 */
public final class EeIo implements MemoryMapped {
    private static final int RDRAM_DEVICES = 2;
    private static final int RICM_BUSY = 0x8000_0000;

    private final Notices notices;
    private int ricm;
    private int drd;
    private int device;

    public EeIo(Notices notices) {
        this.notices = notices;
    }

    /** Puts this device at every place it stands for. */
    public void mapOn(EeBus bus) {
        bus.map(0x1000_2000, 0x100, this); // IPU
        bus.map(0x1000_3800, 0x200, this); // VIF0
        bus.map(0x1000_3C00, 0x200, this); // VIF1
        bus.map(0x1000_4000, 0x100, this); // VIF0 FIFO
        bus.map(0x1000_5000, 0x100, this); // VIF1 FIFO
        bus.map(0x1000_7000, 0x100, this); // IPU FIFOs
        bus.map(0x1000_F300, 0x200, this); // memory controller
    }

    @Override
    public long read(int address, int bytes) {
        return switch (address) {
            case 0x1000F430 -> 0; // MCH_RICM: never busy
            case 0x1000F440 -> rdramReply(); // MCH_DRD
            default -> 0;
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address >>> 12 & 0xF) {
            case 0x2 -> missing("IPU", address);
            case 0x4 -> missing("VIF0", address);
            case 0x5 -> missing("VIF1", address);
            case 0x7 -> missing("IPU", address);
            case 0xF -> memoryController(address, (int) value);
            default -> {} // VIF registers: resets and masks of an idle VIF change nothing that shows
        }
    }

    private void memoryController(int address, int value) {
        switch (address) {
            case 0x1000F430 -> { // MCH_RICM
                if ((value >>> 16 & 0xFFF) == 0x21 && (value >>> 6 & 0xF) == 1 && (drd >>> 7 & 1) == 0) {
                    device = 0;
                }
                ricm = value & ~RICM_BUSY;
            }
            case 0x1000F440 -> drd = value; // MCH_DRD
            default -> {}
        }
    }

    private long rdramReply() {
        if ((ricm >>> 6 & 0xF) != 0) {
            return 0;
        }
        return switch (ricm >>> 16 & 0xFFF) {
            case 0x21 -> device < RDRAM_DEVICES && device++ >= 0 ? 0x1F : 0;
            case 0x23 -> 0x0D0D;
            case 0x24 -> 0x0090;
            case 0x40 -> ricm & 0x1F;
            default -> 0;
        };
    }

    private void missing(String chip, int address) {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                chip,
                0,
                "register 0x%08x was written; this chip is not emulated".formatted(address));
    }
}
