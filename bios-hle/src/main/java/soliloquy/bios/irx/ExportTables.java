package soliloquy.bios.irx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Ram;

/**
 * The export tables in IOP RAM, in loadcore's list, and the import tables that are linked to each. A registered export table has
 * the address of the next one where its magic number was, and an import table the next client of the same library. Modules
 * read and change these lists themselves. Source: ps2sdk {@code iop/system/loadcore}, {@code loadcore.h}.
 */
final class ExportTables {
    static final int EXPORT_MAGIC = 0x41C0_0000;
    static final int IMPORT_MAGIC = 0x41E0_0000;
    static final int FUNCTIONS = 20;

    /** A word from the first import table of a library; in an import table the next one. */
    private static final int CLIENTS = 4;

    private static final int VERSION = 8;
    private static final int MODE = 10;
    private static final int NAME = 12;
    private static final int STUB_RETURN = 0x03E0_0008;
    private static final int STUB_JUMP = 0x0800_0000;
    private static final int LINKED = 2;
    private static final int LINK_STATE = 6;
    private static final int NOT_LINKED_BY_ITSELF = 1;
    private static final int IMMEDIATE_OPCODE = 9;
    /** A list that is longer goes in a circle. */
    private static final int MOST = 1000;

    private final Ram ram;
    /** Where the list begins. */
    private final int head;

    ExportTables(Ram ram, int head) {
        this.ram = ram;
        this.head = head;
    }

    /** The registered tables, the latest first. */
    private List<Integer> all() {
        List<Integer> tables = new ArrayList<>();
        for (int at = ram.read32(head & ~3); at != 0 && tables.size() < MOST; at = word(at)) {
            tables.add(at);
        }
        return tables;
    }

    private int word(int address) {
        return ram.read32(address & ~3);
    }

    private void word(int address, int value) {
        ram.write32(address & ~3, value);
    }

    private boolean sameLibrary(int table, int other) {
        return word(table + NAME) == word(other + NAME)
                && word(table + NAME + 4) == word(other + NAME + 4)
                && majorVersion(table) == majorVersion(other);
    }

    private int majorVersion(int table) {
        return ram.read8(table + VERSION + 1);
    }

    private int mode(int table) {
        return ram.read16(table + MODE);
    }

    private void mode(int table, int value) {
        ram.write16(table + MODE, value);
    }

    /** Name of the library that a table exports or imports. */
    String name(int table) {
        byte[] name = new byte[8];
        int length = 0;
        while (length < name.length && ram.read8(table + NAME + length) != 0) {
            name[length] = (byte) ram.read8(table + NAME + length);
            length++;
        }
        return new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }

    /**
     * RegisterLibraryEntries and RegisterNonAutoLinkEntries.
     *
     * @param linked true if modules are linked to it
     */
    int register(int table, boolean linked) {
        if (table == 0 || word(table) != EXPORT_MAGIC) {
            return KernelError.ILLEGAL_LIBRARY;
        }
        if (linked) {
            for (int other : all()) {
                if (sameLibrary(table, other) && ram.read8(table + VERSION) <= ram.read8(other + VERSION)) {
                    return KernelError.LIBRARY_FOUND;
                }
            }
        }
        mode(table, linked ? mode(table) & ~NOT_LINKED_BY_ITSELF : mode(table) | NOT_LINKED_BY_ITSELF);
        if (linked) {
            word(table + CLIENTS, 0);
        }
        word(table, word(head));
        word(head, table);
        return 0;
    }

    /** ReleaseLibraryEntries. */
    int release(int table) {
        int before = head;
        for (int at : all()) {
            if (at == table) {
                if (word(table + CLIENTS) != 0) {
                    return KernelError.LIBRARY_IN_USE;
                }
                word(before, word(table));
                word(table, EXPORT_MAGIC);
                return 0;
            }
            before = at;
        }
        return KernelError.LIBRARY_NOT_FOUND;
    }

    /** QueryLibraryEntryTable: where the functions are of the library that {@code wanted} names, or 0. */
    int functions(int wanted) {
        for (int table : all()) {
            if (sameLibrary(table, wanted)) {
                return table + FUNCTIONS;
            }
        }
        return 0;
    }

    /** The import tables in a stretch of memory that can be linked. */
    List<Integer> importTables(int start, int end) {
        List<Integer> tables = new ArrayList<>();
        int last = Math.min(end, ram.size()) - FUNCTIONS;
        for (int at = Math.max(start, 0) & ~3; at <= last; at += 4) {
            if (word(at) == IMPORT_MAGIC && stubs(at, end) > 0 && (mode(at) & (LINK_STATE | 1)) == 0) {
                tables.add(at);
            }
        }
        return tables;
    }

    private int stubs(int table, int end) {
        int count = 0;
        int stub = table + FUNCTIONS;
        while (stub + 8 <= end && isStub(stub)) {
            count++;
            stub += 8;
        }
        return count;
    }

    private boolean isStub(int stub) {
        int first = word(stub);
        return (first == STUB_RETURN || first >>> 26 == STUB_JUMP >>> 26) && word(stub + 4) >>> 26 == IMMEDIATE_OPCODE;
    }

    /** The ordinals that an import table asks for. */
    List<Integer> ordinals(int imports) {
        List<Integer> ordinals = new ArrayList<>();
        for (int stub = imports + FUNCTIONS; isStub(stub) && ordinals.size() < MOST; stub += 8) {
            ordinals.add(word(stub + 4) & 0xFFFF);
        }
        return ordinals;
    }

    /** Address of a function of an export table; 0 if the table is shorter. */
    int function(int exports, int ordinal) {
        for (int i = 0; i <= ordinal; i++) {
            int function = word(exports + FUNCTIONS + 4 * i);
            if (function == 0 || i == ordinal) {
                return function;
            }
        }
        return 0;
    }

    /** Address of a function of the library that modules are linked to by {@code name}; 0 if there is none. */
    int function(String name, int ordinal) {
        for (int table : all()) {
            if ((mode(table) & NOT_LINKED_BY_ITSELF) == 0 && name(table).equals(name)) {
                return function(table, ordinal);
            }
        }
        return 0;
    }

    /** Makes the stubs of an import table jumps to the functions of its library; returns the export table, 0 if there is none. */
    int link(int imports) {
        for (int table : all()) {
            if ((mode(table) & NOT_LINKED_BY_ITSELF) == 0 && sameLibrary(table, imports)) {
                int stub = imports + FUNCTIONS;
                for (int ordinal : ordinals(imports)) {
                    int function = function(table, ordinal);
                    word(stub, function == 0 ? STUB_RETURN : STUB_JUMP | function >>> 2 & 0x03FF_FFFF);
                    stub += 8;
                }
                mode(imports, mode(imports) & ~LINK_STATE | LINKED);
                word(imports + CLIENTS, word(table + CLIENTS));
                word(table + CLIENTS, imports);
                return table;
            }
        }
        return 0;
    }

    /** Takes the import and export tables of a stretch of memory out of all lists. */
    void unlink(int start, int end) {
        for (int table : all()) {
            int before = table + CLIENTS;
            int client = word(before);
            for (int i = 0; client != 0 && i < MOST; i++) {
                int next = word(client + CLIENTS);
                if (client >= start && client < end) {
                    word(before, next);
                    mode(client, mode(client) & ~(LINK_STATE | 1));
                } else {
                    before = client + CLIENTS;
                }
                client = next;
            }
            if (table >= start && table < end) {
                release(table);
            }
        }
    }
}
