package soliloquy.bios.irx;

import java.util.Map;
import java.util.TreeMap;

/** Which parts of a stretch of memory are taken: first fit, in blocks of a granule's multiple. */
public final class BlockList {
    private final int start;
    private final int end;
    private final int granule;
    private final TreeMap<Integer, Integer> blocks = new TreeMap<>();
    private int taken;

    /** Memory from {@code start} to {@code end}, both multiples of {@code granule}. */
    public BlockList(int start, int end, int granule) {
        this.start = start;
        this.end = end;
        this.granule = granule;
    }

    /** The address of {@code bytes} that are free now and taken from here on; 0 if there are none. */
    public int allocate(int bytes) {
        long wanted = rounded(bytes);
        int at = start;
        for (Map.Entry<Integer, Integer> block : blocks.entrySet()) {
            if (block.getKey() - at >= wanted) {
                break;
            }
            at = block.getKey() + block.getValue();
        }
        if (at + wanted > end) {
            return 0;
        }
        return take(at, wanted);
    }

    /** As {@link #allocate}, but the last memory that is free. */
    public int allocateLast(int bytes) {
        long wanted = rounded(bytes);
        int last = end;
        for (Map.Entry<Integer, Integer> block : blocks.descendingMap().entrySet()) {
            if (last - (block.getKey() + block.getValue()) >= wanted) {
                break;
            }
            last = block.getKey();
        }
        return last - wanted < start ? 0 : take((int) (last - wanted), wanted);
    }

    /** As {@link #allocate}, but the memory at {@code address}, a multiple of the granule; 0 if it is not free. */
    public int allocateAt(int address, int bytes) {
        long wanted = rounded(bytes);
        boolean inside = address >= start && address + wanted <= end && (address - start) % granule == 0;
        return inside && !taken(address) && blockEnd(address) - address >= wanted ? take(address, wanted) : 0;
    }

    private long rounded(int bytes) {
        return (Math.max(1L, Integer.toUnsignedLong(bytes)) + granule - 1) / granule * granule;
    }

    private int take(int address, long bytes) {
        blocks.put(address, (int) bytes);
        taken += (int) bytes;
        return address;
    }

    /** Gives the block at {@code address} back; false if none begins there. */
    public boolean release(int address) {
        Integer size = blocks.remove(address);
        if (size == null) {
            return false;
        }
        taken -= size;
        return true;
    }

    /** True if nothing is taken. */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Bytes that are not taken. */
    public int free() {
        return end - start - taken;
    }

    /** Bytes of the largest block that is free. */
    public int largestFree() {
        int largest = 0;
        int at = start;
        for (Map.Entry<Integer, Integer> block : blocks.entrySet()) {
            largest = Math.max(largest, block.getKey() - at);
            at = block.getKey() + block.getValue();
        }
        return Math.max(largest, end - at);
    }

    /** True if {@code address} lies in a block that is taken, or outside of this memory. */
    public boolean taken(int address) {
        Map.Entry<Integer, Integer> block = blocks.floorEntry(address);
        return address < start || address >= end || block != null && address < block.getKey() + block.getValue();
    }

    /** Where the block begins, taken or free, that {@code address} lies in. */
    public int blockStart(int address) {
        if (address < start || address >= end) {
            return address < start ? 0 : end;
        }
        Map.Entry<Integer, Integer> block = blocks.floorEntry(address);
        if (block == null) {
            return start;
        }
        int blockEnd = block.getKey() + block.getValue();
        return address < blockEnd ? block.getKey() : blockEnd;
    }

    /** Where that block ends; memory below this one ends where this one begins. */
    public int blockEnd(int address) {
        if (address < start) {
            return start;
        }
        Map.Entry<Integer, Integer> block = blocks.floorEntry(address);
        if (block != null && address < block.getKey() + block.getValue()) {
            return block.getKey() + block.getValue();
        }
        Integer next = blocks.higherKey(address);
        return next == null ? end : next;
    }
}
