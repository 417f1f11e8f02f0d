package soliloquy.bios.iop;

import soliloquy.bios.irx.KernelError;
import soliloquy.machine.Notices;

/**
 * LOADFILE: server 80000006, by which EE programs load modules and programs. Source: ps2sdk {@code loadfile-common.h} and
 * {@code iop/system/loadfile}.
 */
final class LoadFileService implements RpcServer {
    static final int ID = 0x8000_0006;

    /** Offsets and lengths in requests. */
    private static final int PATH = 8;

    private static final int ARGUMENTS = 260;
    private static final int LONGEST = 252;
    private static final int VERSION = 0x3030_3133;

    private final IopMemory memory;
    private final ModuleStarter modules;
    private final ProgramLoader programs;
    private final Notices notices;

    LoadFileService(IopMemory memory, ModuleStarter modules, ProgramLoader programs, Notices notices) {
        this.memory = memory;
        this.modules = modules;
        this.programs = programs;
        this.notices = notices;
    }

    @Override
    public void call(RpcCall call) {
        switch (call.function()) {
            case 0 ->
                modules.loadAndStart(
                        call.text(PATH, LONGEST), arguments(call, call.word(0)), outcome -> answer(call, outcome));
            case 1 -> programs.load(call.text(PATH, LONGEST), call);
            case 2 -> {
                write(call.word(0), call.word(4), call.word(8));
                call.complete(0);
            }
            case 3 -> call.complete(read(call.word(0), call.word(4)));
            case 6 ->
                modules.start(
                        modules.load(call.word(0)),
                        "LBbyEE",
                        arguments(call, call.word(4)),
                        outcome -> answer(call, outcome));
            case 7 -> modules.stop(call.word(0), arguments(call, call.word(4)), outcome -> answer(call, outcome));
            case 8 -> call.complete(modules.unload(call.word(0)));
            case 9 -> call.complete(modules.find(call.text(PATH, LONGEST)));
            case 10 -> call.complete(modules.findAt(call.word(0)));
            case 0xFF -> call.complete(VERSION);
            default -> {
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "IOP loadfile",
                        0,
                        "function %d is not done; it fails".formatted(call.function()));
                call.complete(KernelError.ILLEGAL_OBJECT);
            }
        }
    }

    private static void answer(RpcCall call, ModuleStarter.Outcome outcome) {
        call.result(4, outcome.result()).complete(outcome.id());
    }

    private byte[] arguments(RpcCall call, int length) {
        byte[] arguments = new byte[Math.clamp(length, 0, LONGEST)];
        memory.get(call.address(ARGUMENTS), arguments, 0, arguments.length);
        return arguments;
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
