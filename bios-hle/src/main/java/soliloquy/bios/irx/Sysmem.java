package soliloquy.bios.irx;

import soliloquy.iop.IopBus;
import soliloquy.machine.TextOutput;

/**
 * The library sysmem: memory in blocks of 256 bytes, and Kprintf. Source: ps2sdk {@code iop/system/sysmem}.
 */
final class Sysmem implements Library {
    private static final int FIRST = 0;
    private static final int LAST = 1;
    private static final int AT_ADDRESS = 2;
    /** What the queries of blocks add for one that is free. */
    private static final int FREE = 0x8000_0000;

    private final BlockList memory;
    private final TextOutput text;

    Sysmem(BlockList memory, TextOutput text) {
        this.memory = memory;
        this.text = text;
    }

    @Override
    public String name() {
        return "sysmem";
    }

    @Override
    public int functions() {
        return 16;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 10 || ordinal == 14 || ordinal == 15;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        return switch (ordinal) {
            case 4 -> allocate(first, call.argument(1), call.argument(2));
            case 5 -> memory.release(IopBus.physical(first)) ? 0 : -1;
            case 6 -> IopBus.RAM_SIZE; // QueryMemSize
            case 7 -> memory.largestFree();
            case 8 -> memory.free();
            case 9 -> inMemory(first) ? memory.blockStart(IopBus.physical(first)) | state(first) : -1;
            case 10 -> inMemory(first) ? size(IopBus.physical(first)) | state(first) : -1;
            case 14 -> print(call);
            default -> 0; // KprintfSet: texts go to the console
        };
    }

    private int allocate(int mode, int bytes, int address) {
        if (bytes == 0) {
            return 0;
        }
        return switch (mode) {
            case FIRST -> memory.allocate(bytes);
            case LAST -> memory.allocateLast(bytes);
            case AT_ADDRESS -> memory.allocateAt(IopBus.physical(address), bytes);
            default -> 0;
        };
    }

    private static boolean inMemory(int address) {
        return IopBus.physical(address) < IopBus.RAM_SIZE;
    }

    private int state(int address) {
        return memory.taken(IopBus.physical(address)) ? 0 : FREE;
    }

    private int size(int address) {
        int end = memory.blockEnd(address);
        return (end > address ? end : IopBus.RAM_SIZE) - memory.blockStart(address);
    }

    private int print(ModuleCall call) {
        byte[] printed = PrintFormat.print(call, call.text(call.argument(0)), PrintFormat.of(call, 1));
        for (byte octet : printed) {
            text.write(octet & 0xFF);
        }
        return printed.length;
    }
}
