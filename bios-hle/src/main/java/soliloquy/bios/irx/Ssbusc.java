package soliloquy.bios.irx;

import soliloquy.iop.IopBus;

/** The library ssbusc: the timing of the buses of the IOP's devices, in their registers. Source: ps2sdk {@code iop/system/ssbusc}. */
final class Ssbusc implements Library {
    /** Registers of the delays of devices 0 to 12; 0: there is none. */
    private static final int[] DELAYS = {
        0x1F80_1008,
        0x1F80_100C,
        0x1F80_1010,
        0,
        0x1F80_1014,
        0x1F80_1018,
        0,
        0,
        0x1F80_101C,
        0x1F80_1414,
        0x1F80_1418,
        0x1F80_141C,
        0x1F80_1420
    };

    /** Registers of their base addresses. */
    private static final int[] ADDRESSES = {
        0x1F80_1000, 0x1F80_1400, 0, 0, 0x1F80_1404, 0x1F80_1408, 0, 0, 0x1F80_1004, 0x1F80_140C, 0, 0x1F80_1410, 0
    };

    private static final int COMMON = 0x1F80_1020;

    private final IopBus bus;

    Ssbusc(IopBus bus) {
        this.bus = bus;
    }

    @Override
    public String name() {
        return "ssbusc";
    }

    @Override
    public int functions() {
        return 18;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal < 18;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        return switch (ordinal) {
            case 4 -> set(register(DELAYS, first), second);
            case 5 -> get(register(DELAYS, first));
            case 6 -> set(register(ADDRESSES, first), second);
            case 7 -> get(register(ADDRESSES, first));
            case 16 -> set(COMMON, first);
            case 17 -> get(COMMON);
            default -> common(ordinal, first);
        };
    }

    private static int register(int[] registers, int device) {
        return device >= 0 && device < registers.length ? registers[device] : 0;
    }

    private int set(int register, int value) {
        if (register == 0) {
            return -1;
        }
        bus.write32(register, value);
        return value;
    }

    private int get(int register) {
        return register == 0 ? -1 : bus.read32(register);
    }

    /** Recovery, hold, float and strobe time: four bits each of the common delay, from bit 0 on; even ordinals set. */
    private int common(int ordinal, int value) {
        int shift = (ordinal - 8) / 2 * 4;
        if ((ordinal & 1) != 0) {
            return bus.read32(COMMON) >>> shift & 0xF;
        }
        return set(COMMON, bus.read32(COMMON) & ~(0xF << shift) | (value & 0xF) << shift);
    }
}
