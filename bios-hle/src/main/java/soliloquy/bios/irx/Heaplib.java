package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * The library heaplib: heaps in blocks of system memory, which may grow by further ones. What a heap holds is known here, not in its
 * memory. Source: ps2sdk {@code iop/system/heaplib}.
 */
final class Heaplib implements Library {
    private static final int GROWS = 1;
    private static final int FROM_THE_END = 2;
    /** Bytes at the start of a heap's block, and of a further one. */
    private static final int HEAP_HEADER = 40;

    private static final int GRANULE = 8;
    private static final int CHUNK_HEADER = 8;
    private static final int SMALLEST = 0x29;

    private static final int NO_HEAP = -4;

    private final class Heap {
        final int size;
        final int flags;
        final Map<Integer, BlockList> blocks = new TreeMap<>();

        Heap(int size, int flags) {
            this.size = size;
            this.flags = flags;
        }

        /** Takes one more block of system memory; its address, or 0. */
        int grow(int bytes) {
            int address = (flags & FROM_THE_END) != 0 ? memory.allocateLast(bytes) : memory.allocate(bytes);
            if (address != 0) {
                int end = address + bytes / GRANULE * GRANULE;
                blocks.put(address, new BlockList(address + HEAP_HEADER, end, GRANULE));
            }
            return address;
        }

        int allocate(int bytes) {
            int wanted = Math.max(bytes, GRANULE) + CHUNK_HEADER;
            for (BlockList block : blocks.values()) {
                int at = block.allocate(wanted);
                if (at != 0) {
                    return at + CHUNK_HEADER;
                }
            }
            if ((flags & GROWS) == 0 || bytes < 0) {
                return 0;
            }
            int added = grow(Math.max(size, wanted + HEAP_HEADER));
            return added == 0 ? 0 : blocks.get(added).allocate(wanted) + CHUNK_HEADER;
        }
    }

    private final BlockList memory;
    private final Map<Integer, Heap> heaps = new TreeMap<>();

    Heaplib(BlockList memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return "heaplib";
    }

    @Override
    public int functions() {
        return 18;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 8;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        Heap heap = heaps.get(first);
        return switch (ordinal) {
            case 4 -> create(first, second);
            case 5 -> {
                heaps.remove(first);
                if (heap != null) {
                    heap.blocks.keySet().forEach(memory::release);
                }
                yield 0;
            }
            case 6 -> heap == null ? 0 : heap.allocate(second);
            case 7 -> heap == null ? NO_HEAP : free(first, heap, second - CHUNK_HEADER);
            default ->
                heap == null
                        ? NO_HEAP
                        : heap.blocks.values().stream()
                                .mapToInt(BlockList::free)
                                .sum();
        };
    }

    private int create(int bytes, int flags) {
        Heap heap = new Heap(bytes + 3 & ~3, flags);
        int address = bytes < SMALLEST + HEAP_HEADER ? 0 : heap.grow(heap.size);
        if (address != 0) {
            heaps.put(address, heap);
        }
        return address;
    }

    private int free(int first, Heap heap, int address) {
        for (Map.Entry<Integer, BlockList> block : new ArrayList<>(heap.blocks.entrySet())) {
            if (block.getValue().release(address)) {
                if (block.getKey() != first && block.getValue().isEmpty()) {
                    heap.blocks.remove(block.getKey());
                    memory.release(block.getKey());
                }
                return 0;
            }
        }
        return -1;
    }
}
