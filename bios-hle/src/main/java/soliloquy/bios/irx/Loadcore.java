package soliloquy.bios.irx;

import java.util.function.IntUnaryOperator;
import soliloquy.machine.Ram;

/** The library loadcore: the export tables of modules and the list of modules. Source: ps2sdk {@code iop/system/loadcore}. */
final class Loadcore implements Library {
    /** Where GetLoadcoreInternalData points: two list ends of libraries, two of clients that wait, modules, their number, the next's. */
    static final int INTERNALS = 0x500;

    static final int MODULES = INTERNALS + 16;
    static final int MODULE_COUNT = INTERNALS + 20;
    static final int NEXT_MODULE = INTERNALS + 24;

    private final ExportTables tables;
    private final IntUnaryOperator moduleAt;

    /** @param moduleAt gives the address of the module information for an address in a module, or 0 */
    Loadcore(Ram ram, IntUnaryOperator moduleAt) {
        tables = new ExportTables(ram, INTERNALS);
        this.moduleAt = moduleAt;
    }

    ExportTables tables() {
        return tables;
    }

    @Override
    public String name() {
        return "loadcore";
    }

    @Override
    public int version() {
        return 0x0103;
    }

    @Override
    public int functions() {
        return 28;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 3 && ordinal <= 15 && ordinal != 13 || ordinal == 21 || ordinal == 24;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int table = call.argument(0);
        return switch (ordinal) {
            case 3 -> INTERNALS; // GetLoadcoreInternalData
            case 6 -> tables.register(table, true); // RegisterLibraryEntries
            case 7 -> tables.release(table); // ReleaseLibraryEntries
            case 8 -> { // LinkLibraryEntries
                for (int imports : tables.importTables(table, table + call.argument(1))) {
                    if (tables.link(imports) == 0) {
                        tables.unlink(table, table + call.argument(1));
                        yield -1;
                    }
                }
                yield 0;
            }
            case 9 -> { // UnLinkLibraryEntries
                tables.unlink(table, table + call.argument(1));
                yield 0;
            }
            case 10 -> tables.register(table, false); // RegisterNonAutoLinkEntries
            case 11 -> tables.functions(table); // QueryLibraryEntryTable
            case 14, 15 -> { // LockLibraryClient, UnLockLibraryClient
                int mode = call.octet(table + 10);
                call.octet(table + 10, ordinal == 14 ? mode | 1 : mode & ~1);
                yield 0;
            }
            case 24 -> moduleAt.applyAsInt(table); // SearchModuleCBByAddr
            default -> 0; // FlushIcache, FlushDcache, SetCacheCtrl: no caches; QueryBootMode: no such mode
        };
    }
}
