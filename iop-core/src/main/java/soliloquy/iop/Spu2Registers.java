package soliloquy.iop;

import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;

/**
 * The registers of the sound processor, without sound: what is written is kept, transfers are over at once. Registers are halfwords;
 * the second core's lie 0x400 behind the first's. Source: ps2tek "SPU2"; ps2sdk {@code libsd} and {@code spu2regs.h}.
 */
final class Spu2Registers implements MemoryMapped {
    /** Physical address of the first register. */
    static final int BASE = 0x1F90_0000;

    /** Bytes from {@link #BASE}. */
    static final int SIZE = 0x800;

    private static final int CORE = 0x400;
    private static final int CORE_ATTRIBUTES = 0x19A;
    private static final int TRANSFER_MODE = 0x30;
    private static final int STATUS = 0x344;
    /** In the status: the transfer that the attributes began is over. */
    private static final int READY = 0x80;

    private final Notices notices;
    private final short[] registers = new short[SIZE / 2];

    Spu2Registers(Notices notices) {
        this.notices = notices;
    }

    private int halfword(int offset) {
        if (offset % CORE == STATUS) {
            int attributes = registers[(offset - STATUS + CORE_ATTRIBUTES) / 2];
            return (attributes & TRANSFER_MODE) == 0 ? 0 : READY;
        }
        return Short.toUnsignedInt(registers[offset / 2]);
    }

    @Override
    public long read(int address, int bytes) {
        int offset = address - BASE & ~1;
        if (bytes == 1) {
            return halfword(offset) >>> 8 * (address & 1) & 0xFF;
        }
        return bytes == 2 ? halfword(offset) : halfword(offset) | (long) halfword(offset + 2 & SIZE - 1) << 16;
    }

    @Override
    public void write(int address, int bytes, long value) {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "SPU2",
                0,
                "its registers are written; there is no sound, and transfers end at once");
        int offset = address - BASE & ~1;
        registers[offset / 2] = (short) value;
        if (bytes == 4) {
            registers[(offset + 2 & SIZE - 1) / 2] = (short) (value >> 16);
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
