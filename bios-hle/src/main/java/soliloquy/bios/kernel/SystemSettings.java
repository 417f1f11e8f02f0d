package soliloquy.bios.kernel;

import java.util.Arrays;

/** The settings of the console's owner, as GetOsdConfigParam and its kin give them. Source: ps2sdk {@code osd_config.h}. */
final class SystemSettings {
    /** Not Japanese (bit 4), settings of version 2 (bits 15..13), English (bits 20..16), timezone 0, 4:3, SPDIF on. */
    private static final int DEFAULT = 1 << 4 | 2 << 13 | 1 << 16;

    private static final int SECOND_BYTES = 0x40;

    private final KernelMemory memory;
    private final byte[] second = new byte[SECOND_BYTES];
    private int first = DEFAULT;

    SystemSettings(KernelMemory memory) {
        this.memory = memory;
        reset();
    }

    void reset() {
        first = DEFAULT;
        Arrays.fill(second, (byte) 0);
        second[1] = 2;
        second[3] = 1;
    }

    int set(int address) {
        if (memory.check(address, 4, "SetOsdConfigParam")) {
            first = memory.word(address);
        }
        return 0;
    }

    int get(int address) {
        if (memory.check(address, 4, "GetOsdConfigParam")) {
            memory.word(address, first);
        }
        return 0;
    }

    int setSecond(int address, int size, int offset) {
        if (inside(size, offset) && memory.check(address, size, "SetOsdConfigParam2")) {
            for (int i = 0; i < size; i++) {
                second[offset + i] = (byte) memory.bus().read8(address + i);
            }
        }
        return 0;
    }

    int getSecond(int address, int size, int offset) {
        if (inside(size, offset) && memory.check(address, size, "GetOsdConfigParam2")) {
            for (int i = 0; i < size; i++) {
                memory.bus().write8(address + i, second[offset + i]);
            }
        }
        return 0;
    }

    private static boolean inside(int size, int offset) {
        return size >= 0 && offset >= 0 && (long) size + offset <= SECOND_BYTES;
    }
}
