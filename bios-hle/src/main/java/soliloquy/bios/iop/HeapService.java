package soliloquy.bios.iop;

import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.machine.Notices;

/** The IOP heap for EE programs: server 80000003. Source: ps2sdk {@code iopheap.c}. */
final class HeapService implements RpcServer {
    static final int ID = 0x8000_0003;

    private static final int FAILED = -1;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final Notices notices;

    HeapService(IopKernel kernel, IopMemory memory, Notices notices) {
        this.kernel = kernel;
        this.memory = memory;
        this.notices = notices;
    }

    @Override
    public void call(RpcCall call) {
        switch (call.function()) {
            case 1 -> call.complete(kernel.memory().allocate(call.word(0)));
            case 2 -> call.complete(kernel.memory().release(call.word(0)) ? 0 : FAILED);
            case 3 -> call.complete(load(call.word(0), call.text(4, 252)));
            default -> {
                notices.report(
                        Notices.Kind.UNHANDLED, "IOP heap", 0, "function %d does not exist".formatted(call.function()));
                call.complete(FAILED);
            }
        }
    }

    private int load(int address, String path) {
        byte[] file = RomFiles.file(DevicePath.parse(path)).orElse(null);
        if (file == null) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "IOP heap",
                    0,
                    "SifLoadIopHeap of " + path + " is not done; only rom0:ROMVER can be loaded");
            return FAILED;
        }
        memory.put(address & 0x1FFF_FFFF, file, 0, file.length);
        return 0;
    }
}
