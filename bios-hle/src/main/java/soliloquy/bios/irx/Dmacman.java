package soliloquy.bios.irx;

import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;

/** The library dmacman: the registers of the DMA controller. Source: ps2sdk {@code iop/system/dmacman}. */
final class Dmacman implements Library {
    private static final int OLD_CHANNELS = 7;
    private static final int CHANNELS = 13;
    /** A channel that clears memory and cannot be given a slice. */
    private static final int OTC = 6;

    private static final int SPU = 4;
    private static final int SIF0 = 9;
    private static final int SIF1 = 10;

    private static final int MADR = 0x0;
    private static final int BCR = 0x4;
    private static final int CHCR = 0x8;
    private static final int TADR = 0xC;

    private static final int CHCR_SLICES = 0x200;
    private static final int CHCR_FROM_RAM = 1;
    private static final int CHCR_CHAIN_FROM_RAM = 0x601;
    private static final int CHCR_SIF0 = 0x701;
    private static final int CHCR_SIF1 = 0x4000_0300;
    private static final int CHCR_TO_RAM = 0x4000_0000;
    private static final int CHCR_BUSY = 1 << 24;

    private static final int DPCR = IopDma.BASE + 0x70;
    private static final int DPCR2 = IopDma.BASE2 + 0x70;

    /** DPCR, DPCR2, DPCR3, DICR, DICR2, DMACINTEN, DMACEN: pairs of functions set and get them, from ordinal 14 on. */
    private static final int[] REGISTERS = {
        DPCR, DPCR2, 0, IopDma.BASE + 0x74, IopDma.BASE2 + 0x74, IopDma.BASE2 + 0x7C, IopDma.BASE2 + 0x78
    };

    private final IopBus bus;

    Dmacman(IopBus bus) {
        this.bus = bus;
    }

    @Override
    public String name() {
        return "dmacman";
    }

    @Override
    public int functions() {
        return 36;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 35;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int channel = call.argument(0);
        int value = call.argument(1);
        return switch (ordinal) {
            case 4, 6, 8, 10 -> set(channel, 2 * (ordinal - 4), value);
            case 5, 7, 9, 11 -> get(channel, 2 * (ordinal - 5));
            case 12, 13 -> 0; // the fourth registers of SPU, SIF0 and SIF1 by another name; nothing uses them
            case 28 -> slice(call, channel);
            case 29 -> channel == SPU || channel == SIF0 ? chain(channel, call, CHCR_CHAIN_FROM_RAM) : 0;
            case 30 -> channel == SIF0 ? chain(channel, call, CHCR_SIF0) : 0;
            case 31 -> channel == SIF1 ? prepare(channel, value & 0xFFFF, CHCR_SIF1) : 0;
            case 32 -> set(channel, CHCR, get(channel, CHCR) | CHCR_BUSY); // sceStartDMA
            case 33 -> priority(channel, ~7, value & 7);
            case 34 -> priority(channel, -1, 8); // sceEnableDMAChannel
            case 35 -> priority(channel, ~8, 0);
            default -> register(REGISTERS[(ordinal - 14) / 2], (ordinal & 1) == 0, channel);
        };
    }

    private static int address(int channel, int register) {
        return channel < OLD_CHANNELS
                ? IopDma.BASE + 0x10 * channel + register
                : IopDma.BASE2 + 0x10 * (channel - OLD_CHANNELS) + register;
    }

    private static boolean exists(int channel) {
        return channel >= 0 && channel < CHANNELS;
    }

    private int set(int channel, int register, int value) {
        if (exists(channel)) {
            bus.write32(address(channel, register), value);
        }
        return 0;
    }

    private int get(int channel, int register) {
        return exists(channel) ? bus.read32(address(channel, register)) : 0;
    }

    private int register(int address, boolean set, int value) {
        if (set && address != 0) {
            bus.write32(address, value);
        }
        return set || address == 0 ? 0 : bus.read32(address);
    }

    private int prepare(int channel, int blocks, int control) {
        set(channel, BCR, blocks);
        set(channel, CHCR, control);
        return 1;
    }

    /** sceSetSliceDMA: channel, address, words of a block, blocks, direction. */
    private int slice(ModuleCall call, int channel) {
        if (!exists(channel) || channel == OTC) {
            return 0;
        }
        int direction = call.argument(4);
        set(channel, MADR, call.argument(1) & 0xFF_FFFF);
        return prepare(
                channel,
                call.argument(2) & 0xFFFF | call.argument(3) << 16,
                direction & CHCR_FROM_RAM | CHCR_SLICES | (direction == 0 ? CHCR_TO_RAM : 0));
    }

    private int chain(int channel, ModuleCall call, int control) {
        set(channel, TADR, call.argument(2) & 0xFF_FFFF);
        return prepare(channel, call.argument(1) & 0xFFFF, control);
    }

    /** Changes the four bits of a channel in DPCR or DPCR2: those of {@code kept} stay, those of {@code added} are set. */
    private int priority(int channel, int kept, int added) {
        if (exists(channel)) {
            int register = channel < OLD_CHANNELS ? DPCR : DPCR2;
            int shift = 4 * (channel < OLD_CHANNELS ? channel : channel - OLD_CHANNELS);
            int others = bus.read32(register) & ~(0xF << shift);
            int bits = bus.read32(register) >>> shift & 0xF & kept | added;
            bus.write32(register, others | bits << shift);
        }
        return 0;
    }
}
