package soliloquy.ee;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads and stores of a block that have one base register, which does not change between them. One test before the first tells whether
 * all of them are aligned and in one memory; each is a known distance from the lowest. Leaving a region is right before any
 * instruction, so that the first may leave it because of the last.
 */
final class AccessGroup {
    /** Register and what accesses of one group have in common besides; quadwords ignore the low bits of their addresses. */
    private record Key(int base, boolean quadwords, int residue) {}

    private static final int QUADWORD = 16;

    /** Logarithm of the largest size. */
    private int alignment;

    private int lowest;
    private int end;
    private int members;
    private boolean inScratchpad;

    private AccessGroup(Operation operation) {
        lowest = operation.t();
        end = lowest;
    }

    /** The groups of a block by the addresses of its loads and stores. */
    static Map<Integer, AccessGroup> of(RegionBlock block) {
        Map<Integer, AccessGroup> groups = new HashMap<>();
        Map<Key, AccessGroup> open = new HashMap<>();
        for (Operation operation : block.body) {
            pass(operation, open, groups);
        }
        if (block.branch != null) {
            close(block.branch, open);
            pass(block.slot, block.branch.isLikely() ? new HashMap<>() : open, groups);
        }
        return groups;
    }

    /** The group of one access alone. */
    static AccessGroup of(Operation operation) {
        AccessGroup group = new AccessGroup(operation);
        group.add(operation, Math.max(operation.row().accessBytes(), 1));
        return group;
    }

    private static void pass(Operation operation, Map<Key, AccessGroup> open, Map<Integer, AccessGroup> groups) {
        if (AccessEmitter.ROWS.contains(operation.row())) {
            int size = operation.row().accessBytes();
            boolean quadword = size == QUADWORD;
            int rest = operation.t() & size - 1;
            AccessGroup group = new AccessGroup(operation);
            if ((quadword || rest == 0) && !operation.inDevices()) {
                Key key = new Key(operation.s(), quadword, rest);
                AccessGroup before = open.get(key);
                if (before != null && before.hasRoom(operation.t(), size)) {
                    group = before;
                }
                open.put(key, group);
            }
            group.add(operation, size);
            groups.put(operation.address(), group);
        }
        close(operation, open);
    }

    private static void close(Operation operation, Map<Key, AccessGroup> open) {
        BitSet writes = RegisterEffects.of(operation).writes;
        open.keySet().removeIf(key -> writes.get(key.base));
    }

    private boolean hasRoom(int offset, int size) {
        return Math.max(end, offset + size) - Math.min(lowest, offset) <= EeBus.SCRATCHPAD_SIZE - QUADWORD;
    }

    private void add(Operation operation, int size) {
        lowest = Math.min(lowest, operation.t());
        end = Math.max(end, operation.t() + size);
        alignment = Math.max(alignment, Integer.numberOfTrailingZeros(size));
        inScratchpad |= operation.inScratchpad();
        members++;
    }

    boolean isSingle() {
        return members == 1;
    }

    /** True for quadwords. */
    boolean ofQuadwords() {
        return 1 << alignment == QUADWORD;
    }

    /** Logarithm of what all addresses must be aligned to; of quadwords, to which they are rounded down. */
    int alignment() {
        return alignment;
    }

    /** Offset from the base register from which distances count: the lowest, aligned as all. */
    int start() {
        return ofQuadwords() || isSingle() ? lowest : lowest & -1 << alignment;
    }

    /** Places in {@code bytes} of memory where what begins at {@link #start} lies within. */
    int places(int bytes) {
        return bytes - (end - start()) + (1 << (ofQuadwords() || isSingle() ? alignment : 0));
    }

    /** True if one of the accesses was seen in the scratchpad. */
    boolean inScratchpad() {
        return inScratchpad;
    }
}
