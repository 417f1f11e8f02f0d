package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import soliloquy.iop.IopBus;
import soliloquy.machine.Ram;

/**
 * The Java libraries as modules see them: for each an export table in IOP RAM, whose functions are system calls that end up in the
 * library. They lie between 32 and 64 KB.
 */
final class LibraryStubs {
    private static final int START = 0x8000;
    private static final int END = 0x1_0000;
    private static final int SYSCALL = 0x0C;
    private static final int CODE = 0xF_FFFF;

    /** A function and the address of its system call. */
    record Function(Library library, int ordinal, int address) {}

    private final Ram ram;
    private final List<Function> functions = new ArrayList<>();
    private int next = START;

    LibraryStubs(Ram ram) {
        this.ram = ram;
    }

    /** Writes the functions and the table of {@code library}; returns the address of the table. */
    int write(Library library) {
        int count = library.functions();
        int table = next + 8 * count;
        int after = table + ExportTables.FUNCTIONS + 4 * (count + 1);
        if (after > END) {
            throw new IllegalStateException("no room for the table of one more library, " + library.name());
        }
        ram.write32(table, ExportTables.EXPORT_MAGIC);
        ram.write32(table + 4, 0);
        ram.write32(table + 8, library.version());
        for (int i = 0; i < 8; i++) {
            ram.write8(
                    table + 12 + i, i < library.name().length() ? library.name().charAt(i) : 0);
        }
        for (int i = 0; i < count; i++) {
            int address = next + 8 * i;
            ram.write32(address, functions.size() << 6 | SYSCALL);
            ram.write32(address + 4, 0);
            ram.write32(table + ExportTables.FUNCTIONS + 4 * i, address);
            functions.add(new Function(library, i, address));
        }
        ram.write32(after - 4, 0);
        next = after;
        return table;
    }

    /** The function whose system call stands at {@code address}, or null. */
    Function at(int address) {
        int number = ram.read32(address & ~3) >>> 6 & CODE;
        return number < functions.size() && functions.get(number).address == IopBus.physical(address)
                ? functions.get(number)
                : null;
    }
}
