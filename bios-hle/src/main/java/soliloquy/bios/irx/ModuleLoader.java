package soliloquy.bios.irx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import soliloquy.bios.ModuleView;
import soliloquy.iop.IopBus;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;

/**
 * Puts modules into IOP RAM, links what they import, and takes them out again. Source: ps2sdk {@code modload} and
 * {@code loadcore}; the module information before the code is 48 bytes.
 */
final class ModuleLoader {
    /** Number of the first module; smaller ones are those of the ROM. */
    private static final int FIRST_ID = 32;

    private static final int LONGEST_NAME = 64;

    private final Ram ram;
    private final BlockList memory;
    private final ExportTables tables;
    private final LibraryStubs stubs;
    private final Consumer<String> onDemand;
    private final Notices notices;
    private final Map<Integer, Module> modules = new TreeMap<>();
    private int nextId = FIRST_ID;

    /** @param onDemand makes a library of that name known, if it is one that comes when no module exports it */
    ModuleLoader(
            Ram ram,
            BlockList memory,
            ExportTables tables,
            LibraryStubs stubs,
            Consumer<String> onDemand,
            Notices notices) {
        this.ram = ram;
        this.memory = memory;
        this.tables = tables;
        this.stubs = stubs;
        this.onDemand = onDemand;
        this.notices = notices;
    }

    /** The modules in memory, as debuggers show them. */
    List<ModuleView> views() {
        return modules.values().stream()
                .map(module -> new ModuleView(
                        module.id,
                        module.name,
                        module.base(),
                        module.memorySize,
                        module.entry,
                        module.state.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /**
     * Loads and links {@code irx}.
     *
     * @throws ModuleException if it does not fit, or imports what nothing exports
     */
    Module load(IrxFile irx) throws ModuleException {
        byte[] name = irx.name().getBytes(StandardCharsets.ISO_8859_1);
        int size = irx.memorySize() + 3 & ~3;
        int block = memory.allocate(size + Module.INFORMATION + name.length + 1);
        if (block == 0) {
            throw new ModuleException(
                    KernelError.NO_MEMORY,
                    "the module %s needs %d bytes of IOP memory; expected at most %d"
                            .formatted(irx.name(), size, memory.free() - Module.INFORMATION));
        }
        int base = block + Module.INFORMATION;
        Arrays.fill(ram.bytes, block, base + size + name.length + 1, (byte) 0);
        System.arraycopy(irx.image(), 0, ram.bytes, base, irx.image().length);
        System.arraycopy(name, 0, ram.bytes, base + size, name.length);
        new ModuleRelocator(ram, base).relocate(irx.relocations());
        Module module = new Module(nextId++, name(irx, base), block, size, base + irx.entry(), base + irx.gp());
        try {
            link(module, base + irx.image().length);
        } catch (ModuleException e) {
            discard(module);
            throw e;
        }
        boolean identified = identified(irx);
        int[] fields = {
            ram.read32(Loadcore.MODULES),
            identified ? ram.read32(base + irx.identification()) : base + size,
            identified ? ram.read16(base + irx.identification() + 4) : irx.version(),
            module.id,
            module.entry,
            module.gp,
            base,
            irx.sizes()[0],
            irx.sizes()[1],
            irx.sizes()[2]
        };
        for (int i = 0; i < fields.length; i++) {
            ram.write32(block + 4 * i, fields[i]);
        }
        ram.write32(Loadcore.MODULES, block);
        ram.write32(Loadcore.NEXT_MODULE, nextId);
        modules.put(module.id, module);
        ram.write32(Loadcore.MODULE_COUNT, modules.size());
        return module;
    }

    /** True if the module says in its data what it is called: ps2sdk's do, with a pointer to the name and the version. */
    private static boolean identified(IrxFile irx) {
        int at = irx.identification();
        return at >= 0 && (at & 3) == 0 && at <= irx.image().length - 8;
    }

    private String name(IrxFile irx, int base) {
        if (!identified(irx)) {
            return irx.name();
        }
        int at = IopBus.physical(ram.read32(base + irx.identification()));
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < LONGEST_NAME && at + i < ram.size() && ram.read8(at + i) != 0; i++) {
            name.append((char) ram.read8(at + i));
        }
        return name.toString();
    }

    private void link(Module module, int end) throws ModuleException {
        for (int imports : tables.importTables(module.base(), end)) {
            String library = tables.name(imports);
            int exports = tables.link(imports);
            if (exports == 0) {
                onDemand.accept(library);
                exports = tables.link(imports);
            }
            if (exports == 0) {
                throw new ModuleException(
                        KernelError.LINK,
                        "the module %s imports the library %s, version %d; no module exports it"
                                .formatted(module.name, library, ram.read8(imports + 9)));
            }
            for (int ordinal : tables.ordinals(imports)) {
                int function = tables.function(exports, ordinal);
                LibraryStubs.Function inJava = stubs.at(function);
                if (function == 0) {
                    notices.report(
                            Notices.Kind.UNUSUAL,
                            "IOP",
                            imports,
                            "the module %s imports function %d of %s, which that library does not have; it returns at once"
                                    .formatted(module.name, ordinal, library));
                } else if (inJava != null && !inJava.library().has(ordinal)) {
                    notices.report(
                            Notices.Kind.UNIMPLEMENTED,
                            "IOP",
                            imports,
                            "the module %s imports function %d of %s, which is not done; it returns 0"
                                    .formatted(module.name, ordinal, library));
                }
            }
        }
    }

    private void discard(Module module) {
        tables.unlink(module.block, module.end());
        memory.release(module.block);
    }

    /** Takes a module out of memory and all lists. */
    void unload(Module module) {
        modules.remove(module.id);
        int before = Loadcore.MODULES;
        for (int at = ram.read32(before), i = 0; at != 0 && i <= modules.size(); at = ram.read32(at & ~3), i++) {
            if (at == module.block) {
                ram.write32(before, ram.read32(at));
                break;
            }
            before = at & ~3;
        }
        ram.write32(Loadcore.MODULE_COUNT, modules.size());
        discard(module);
    }

    /** The module {@code id}, or null. */
    Module find(int id) {
        return modules.get(id);
    }

    /** The module called {@code name}, or null. */
    Module find(String name) {
        return modules.values().stream()
                .filter(module -> module.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The module that {@code address} lies in, or null. */
    Module at(int address) {
        return modules.values().stream()
                .filter(module -> address >= module.base() && address < module.end())
                .findFirst()
                .orElse(null);
    }
}
