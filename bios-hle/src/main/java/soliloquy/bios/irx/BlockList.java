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
        long wanted = (Math.max(1L, Integer.toUnsignedLong(bytes)) + granule - 1) / granule * granule;
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
        blocks.put(at, (int) wanted);
        taken += (int) wanted;
        return at;
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
