package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;

/** Puts the structures that tell what a file is into IOP RAM. Source: ps2sdk {@code io_common.h}, {@code iox_stat.h}. */
final class IopStatus {
    private static final int STATUS_BYTES = 40;
    private static final int NAME_BYTES = 256;
    private static final int FILE = 0x10 | 4;
    private static final int DIRECTORY = 0x20 | 4 | 1;

    private IopStatus() {}

    /**
     * io_stat_t.
     *
     * @param date as {@link DiscDirectory.Entry} has it, 0 for none
     */
    static void put(IopMemory memory, int address, boolean directory, int size, long date) {
        if (!memory.inRam(address, STATUS_BYTES)) {
            return;
        }
        memory.clear(address, STATUS_BYTES);
        memory.word(address & ~3, directory ? DIRECTORY : FILE);
        memory.word((address & ~3) + 8, size);
        for (int time = 12; date != 0 && time < 36; time += 8) {
            for (int i = 0; i < 5; i++) {
                memory.ram().write8(address + time + 1 + i, (int) (date >> 8 * (5 - i)) & 0xFF);
            }
            int year = 1900 + (int) (date & 0xFF);
            memory.ram().write8(address + time + 6, year & 0xFF);
            memory.ram().write8(address + time + 7, year >> 8);
        }
    }

    /** io_dirent_t: the status and the name. */
    static void putEntry(IopMemory memory, int address, DiscDirectory.Entry entry) {
        put(memory, address, entry.directory(), entry.size(), entry.date());
        byte[] name = entry.name().getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(name.length, NAME_BYTES - 1);
        if (memory.inRam(address, STATUS_BYTES + NAME_BYTES)) {
            memory.put(address + STATUS_BYTES, name, 0, length);
            memory.ram().write8(address + STATUS_BYTES + length, 0);
        }
    }
}
