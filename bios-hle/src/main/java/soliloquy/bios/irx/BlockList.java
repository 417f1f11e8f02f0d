package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
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

    /** A stretch of memory that is taken as a whole or free as a whole. */
    record Stretch(int address, int size, boolean taken) {}

    private long rounded(int bytes) {
        return (Math.max(1L, Integer.toUnsignedLong(bytes)) + granule - 1) / granule * granule;
    }

    /** The address of the first {@code bytes} that are free now and taken from here on; 0 if there are none. */
    public int allocate(int bytes) {
        long wanted = rounded(bytes);
        for (Stretch stretch : stretches()) {
            if (!stretch.taken && stretch.size >= wanted) {
                return take(stretch.address, (int) wanted);
            }
        }
        return 0;
    }

    /** The same, from the end of memory. */
    int allocateLast(int bytes) {
        long wanted = rounded(bytes);
        for (Stretch stretch : stretches().reversed()) {
            if (!stretch.taken && stretch.size >= wanted) {
                return take(stretch.address + stretch.size - (int) wanted, (int) wanted);
            }
        }
        return 0;
    }

    /** Takes {@code bytes} at {@code address}, a multiple of the granule; 0 if they are not free. */
    int allocateAt(int address, int bytes) {
        long wanted = rounded(bytes);
        Stretch stretch = at(address);
        boolean free = stretch != null
                && !stretch.taken
                && address % granule == 0
                && address + wanted <= (long) stretch.address + stretch.size;
        return free ? take(address, (int) wanted) : 0;
    }

    private int take(int address, int size) {
        blocks.put(address, size);
        taken += size;
        return address;
    }

    /** All of the memory, in order. */
    List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        int at = start;
        for (Map.Entry<Integer, Integer> block : blocks.entrySet()) {
            if (block.getKey() > at) {
                stretches.add(new Stretch(at, block.getKey() - at, false));
            }
            stretches.add(new Stretch(block.getKey(), block.getValue(), true));
            at = block.getKey() + block.getValue();
        }
        if (at < end) {
            stretches.add(new Stretch(at, end - at, false));
        }
        return stretches;
    }

    /** What {@code address} lies in, or null. */
    Stretch at(int address) {
        return stretches().stream()
                .filter(stretch -> address >= stretch.address && address - stretch.address < stretch.size)
                .findFirst()
                .orElse(null);
    }

    /** Bytes of the largest stretch that is free. */
    int largestFree() {
        return stretches().stream()
                .filter(stretch -> !stretch.taken)
                .mapToInt(Stretch::size)
                .max()
                .orElse(0);
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

    /** Bytes that are not taken. */
    public int free() {
        return end - start - taken;
    }
}
