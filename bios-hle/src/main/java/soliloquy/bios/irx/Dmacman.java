package soliloquy.bios.irx;

import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;

/** The library dmacman: the registers of the DMA controllers. Source: ps2sdk {@code iop/system/dmacman}. */
final class Dmacman implements Library {
    private static final int MADR = 0;
    private static final int BCR = 4;
    private static final int CHCR = 8;
    private static final int TADR = 12;
    private static final int DPCR = IopDma.BASE + 0x70;
    private static final int DICR = IopDma.BASE + 0x74;
    private static final int DPCR2 = IopDma.BASE2 + 0x70;
    private static final int DICR2 = IopDma.BASE2 + 0x74;
    private static final int DMACEN = IopDma.BASE2 + 0x78;
    private static final int DMACINTEN = IopDma.BASE2 + 0x7C;
    private static final int OLD_CHANNELS = 7;
    private static final int CHANNELS = 13;
    private static final int START = 1 << 24;
    /** CHCR of a transfer in slices: sync mode 1, and its direction in bit 0. */
    private static final int SLICES = 0x200;

    private final IopBus bus;

    Dmacman(IopBus bus) {
        this.bus = bus;
    }

    @Override
    public String name() {
        return "dmacman";
    }

    @Override
    public int version() {
        return 0x0102;
    }

    @Override
    public int functions() {
        return 36;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 11
                || ordinal >= 14 && ordinal <= 17
                || ordinal >= 20 && ordinal <= 28
                || ordinal >= 32 && ordinal <= 35;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int channel = call.argument(0);
        int value = call.argument(1);
        return switch (ordinal) {
            case 4, 6, 8, 10 -> write(register(channel, (ordinal - 4) / 2 * 4), value);
            case 5, 7, 9, 11 -> read(register(channel, (ordinal - 5) / 2 * 4));
            case 14 -> write(DPCR, channel);
            case 15 -> read(DPCR);
            case 16 -> write(DPCR2, channel);
            case 17 -> read(DPCR2);
            case 20 -> write(DICR, channel);
            case 21 -> read(DICR);
            case 22 -> write(DICR2, channel);
            case 23 -> read(DICR2);
            case 24 -> write(DMACINTEN, channel);
            case 25 -> read(DMACINTEN);
            case 26 -> write(DMACEN, channel);
            case 27 -> read(DMACEN);
            case 28 -> slices(channel, value, call.argument(2), call.argument(3), call.argument(4));
            case 32 -> {
                if (valid(channel)) {
                    write(register(channel, CHCR), read(register(channel, CHCR)) | START);
                }
                yield 0;
            }
            case 33 -> priority(channel, 7, value & 7);
            case 34 -> priority(channel, 8, 8);
            default -> priority(channel, 8, 0);
        };
    }

    private static boolean valid(int channel) {
        return channel >= 0 && channel < CHANNELS;
    }

    private static int register(int channel, int offset) {
        if (!valid(channel)) {
            return 0;
        }
        return channel < OLD_CHANNELS
                ? IopDma.BASE + 0x10 * channel + offset
                : IopDma.BASE2 + 0x10 * (channel - OLD_CHANNELS) + offset;
    }

    private int read(int register) {
        return register == 0 ? 0 : bus.read32(register);
    }

    private int write(int register, int value) {
        if (register != 0) {
            bus.write32(register, value);
        }
        return 0;
    }

    /** sceSetSliceDMA: address, words of a slice, slices, direction (1: from memory). 0 if there is no such channel. */
    private int slices(int channel, int address, int words, int count, int direction) {
        if (!valid(channel)) {
            return 0;
        }
        write(register(channel, MADR), address & 0x00FF_FFFF);
        write(register(channel, BCR), count << 16 | words & 0xFFFF);
        write(register(channel, CHCR), SLICES | direction & 1);
        if (channel == 4 || channel == 9) {
            write(register(channel, TADR), 0);
        }
        return 1;
    }

    private int priority(int channel, int mask, int bits) {
        if (valid(channel)) {
            int register = channel < OLD_CHANNELS ? DPCR : DPCR2;
            int shift = 4 * (channel < OLD_CHANNELS ? channel : channel - OLD_CHANNELS);
            write(register, read(register) & ~(mask << shift) | bits << shift);
        }
        return 0;
    }
}
