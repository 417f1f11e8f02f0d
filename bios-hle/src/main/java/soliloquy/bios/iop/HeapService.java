package soliloquy.bios.iop;

import java.util.Map;
import java.util.TreeMap;
import soliloquy.bios.DevicePath;
import soliloquy.machine.Notices;

/** The IOP heap for EE programs: server 80000003. Source: ps2sdk {@code iopheap.c}. */
final class HeapService implements RpcServer {
    static final int ID = 0x8000_0003;

    private static final int GRANULE = 256;
    private static final int FAILED = -1;

    private final IopMemory memory;
    private final Notices notices;
    private final TreeMap<Integer, Integer> blocks = new TreeMap<>();

    HeapService(IopMemory memory, Notices notices) {
        this.memory = memory;
        this.notices = notices;
    }

    void reset() {
        blocks.clear();
    }

    @Override
    public void call(RpcCall call) {
        switch (call.function()) {
            case 1 -> call.complete(allocate(call.word(0)));
            case 2 -> call.complete(blocks.remove(call.word(0)) == null ? FAILED : 0);
            case 3 -> call.complete(load(call.word(0), call.text(4, 252)));
            default -> {
                notices.report(
                        Notices.Kind.UNHANDLED, "IOP heap", 0, "function %d does not exist".formatted(call.function()));
                call.complete(FAILED);
            }
        }
    }

    /** The first gap that is large enough; 0 if there is none. */
    private int allocate(int size) {
        long wanted = (Math.max(1L, Integer.toUnsignedLong(size)) + GRANULE - 1) / GRANULE * GRANULE;
        int start = IopMemory.HEAP;
        for (Map.Entry<Integer, Integer> block : blocks.entrySet()) {
            if (block.getKey() - start >= wanted) {
                break;
            }
            start = block.getKey() + block.getValue();
        }
        if (start + wanted > IopMemory.HEAP_END) {
            return 0;
        }
        blocks.put(start, (int) wanted);
        return start;
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
