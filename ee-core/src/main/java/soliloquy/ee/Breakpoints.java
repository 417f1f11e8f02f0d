package soliloquy.ee;

import soliloquy.machine.Notices;

/**
 * The breakpoint registers behind COP0 register 24. They keep what is written; breakpoints never match here, and a notice says so
 * when one is enabled. Source: the names and numbers of the R5900's MFBPC, MFIAB and their kin in the EE core manual.
 */
final class Breakpoints {
    /** Instruction address, data read and data write breakpoints enabled, in BPC. */
    private static final int ENABLES = 0xE000_0000;

    private static final int BPC = 0;

    private final int[] registers = new int[8];
    private final Notices notices;

    Breakpoints(Notices notices) {
        this.notices = notices;
    }

    /** BPC 0, IAB 2, IABM 3, DAB 4, DABM 5, DVB 6, DVBM 7. */
    int read(int register) {
        return registers[register];
    }

    void write(int register, int value, int pc) {
        registers[register] = value;
        if (register == BPC && (value & ENABLES) != 0) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "EE",
                    pc,
                    "mtbpc enabled a hardware breakpoint with 0x%08x, which will not stop the program"
                            .formatted(value));
        }
    }
}
