package soliloquy.bios.irx;

import soliloquy.machine.TextOutput;

/** The library sysmem: memory in units of 256 bytes. Source: ps2sdk {@code sysmem.h}, {@code iop/system/sysmem}. */
final class Sysmem implements Library {
    private static final int LAST = 1;
    private static final int ADDRESS = 2;
    private static final int FREE = 0x8000_0000;
    private static final int MEMORY_BYTES = 2 << 20;

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
    public int version() {
        return 0x0102;
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
            case 5 -> memory.release(first) ? 0 : -1;
            case 6 -> MEMORY_BYTES;
            case 7 -> memory.largestFree();
            case 8 -> memory.free();
            case 9 -> {
                BlockList.Stretch stretch = memory.at(first);
                yield stretch == null ? -1 : stretch.address() | (stretch.taken() ? 0 : FREE);
            }
            case 10 -> {
                BlockList.Stretch stretch = memory.at(first);
                yield stretch == null ? -1 : stretch.size() | (stretch.taken() ? 0 : FREE);
            }
            case 14 -> { // Kprintf
                byte[] printed = PrintFormat.print(call, call.text(first), PrintFormat.of(call, 1));
                for (byte octet : printed) {
                    text.write(octet & 0xFF);
                }
                yield printed.length;
            }
            default -> 0; // KprintfSet: what is printed goes to the console whoever wants it
        };
    }

    private int allocate(int mode, int bytes, int address) {
        if (bytes == 0) {
            return 0;
        }
        return switch (mode) {
            case 0 -> memory.allocate(bytes);
            case LAST -> memory.allocateLast(bytes);
            case ADDRESS -> memory.allocateAt(address, bytes);
            default -> 0;
        };
    }
}
