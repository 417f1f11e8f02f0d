package soliloquy.bios.irx;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The library loadcore: the export tables of modules. Source: ps2sdk {@code iop/system/loadcore}. */
final class Loadcore implements Library {
    static final int EXPORT_MAGIC = 0x41C0_0000;
    private static final int NAME = 12;
    private static final int FUNCTIONS = 20;

    /** Export tables in IOP RAM, by name. */
    private final Map<String, Integer> tables = new TreeMap<>();

    @Override
    public String name() {
        return "loadcore";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 7 || ordinal == 12;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int table = call.argument(0);
        return switch (ordinal) {
            case 6 -> { // RegisterLibraryEntries
                if (call.word(table) != EXPORT_MAGIC) {
                    yield ModuleLoader.ILLEGAL_OBJECT;
                }
                yield tables.putIfAbsent(tableName(call, table), table) == null ? 0 : -1;
            }
            case 7 -> tables.remove(tableName(call, table), table) ? 0 : -1; // ReleaseLibraryEntries
            default -> 0; // FlushIcache, FlushDcache: no caches; QueryBootMode: no such mode
        };
    }

    static String tableName(ModuleCall call, int table) {
        byte[] name = new byte[8];
        int length = 0;
        while (length < name.length && call.octet(table + NAME + length) != 0) {
            name[length] = (byte) call.octet(table + NAME + length);
            length++;
        }
        return new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The address of a function that a module exports; 0 if there is none. */
    int exported(String library, int ordinal, ModuleCall call) {
        Integer table = tables.get(library);
        if (table == null) {
            return 0;
        }
        for (int i = 0; i <= ordinal; i++) {
            int function = call.word(table + FUNCTIONS + 4 * i);
            if (function == 0 || i == ordinal) {
                return function;
            }
        }
        return 0;
    }
}
