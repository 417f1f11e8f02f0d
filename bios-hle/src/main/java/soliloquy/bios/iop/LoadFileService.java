package soliloquy.bios.iop;

import java.util.List;
import soliloquy.bios.DevicePath;
import soliloquy.machine.Notices;

/**
 * LOADFILE: server 80000006. Modules of the ROM whose work is done here load; others cannot until there is a processor to run
 * them. Source: ps2sdk {@code loadfile-common.h}.
 */
final class LoadFileService implements RpcServer {
    static final int ID = 0x8000_0006;

    /** Error of the IOP kernel: file not found. */
    private static final int NOT_FOUND = -203;

    private static final int ILLEGAL_OBJECT = -201;
    private static final int UNKNOWN_MODULE = -202;
    private static final int VERSION = 0x0202;

    private final IopMemory memory;
    private final Notices notices;

    LoadFileService(IopMemory memory, Notices notices) {
        this.memory = memory;
        this.notices = notices;
    }

    @Override
    public void call(RpcCall call) {
        switch (call.function()) {
            case 0 -> call.result(4, 0).complete(loadModule(call.text(8, 252)));
            case 2 -> {
                write(call.word(0), call.word(4), call.word(8));
                call.complete(0);
            }
            case 3 -> call.complete(read(call.word(0), call.word(4)));
            case 6 -> {
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "IOP loadfile",
                        0,
                        "a module in a buffer cannot run: there is no IOP processor yet");
                call.result(4, 0).complete(ILLEGAL_OBJECT);
            }
            case 9 -> {
                int id = RomFiles.moduleId(call.text(8, 252));
                call.complete(id == 0 ? UNKNOWN_MODULE : id);
            }
            case 0xFF -> call.complete(VERSION);
            default -> {
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "IOP loadfile",
                        0,
                        "function %d is not done; it fails".formatted(call.function()));
                call.complete(UNKNOWN_MODULE);
            }
        }
    }

    private int loadModule(String path) {
        DevicePath parsed = DevicePath.parse(path);
        List<String> parts = parsed.parts();
        String name = parts.isEmpty() ? "" : parts.getLast();
        int id = parsed.device().startsWith("rom") ? RomFiles.moduleId(name) : 0;
        if (id == 0) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "IOP loadfile",
                    0,
                    "module " + path + " cannot run: there is no IOP processor yet, only ROM modules are done in Java");
            return NOT_FOUND;
        }
        if (RomFiles.silent(name)) {
            notices.report(Notices.Kind.UNIMPLEMENTED, "IOP loadfile", 0, path + " loads, but its work is not done");
        }
        return id;
    }

    private void write(int address, int type, int value) {
        int at = address & 0x1F_FFFF;
        switch (type) {
            case 0 -> memory.ram().write8(at, value);
            case 1 -> memory.ram().write16(at, value);
            default -> memory.ram().write32(at, value);
        }
    }

    private int read(int address, int type) {
        int at = address & 0x1F_FFFF;
        return switch (type) {
            case 0 -> memory.ram().read8(at);
            case 1 -> memory.ram().read16(at);
            default -> memory.ram().read32(at);
        };
    }
}
