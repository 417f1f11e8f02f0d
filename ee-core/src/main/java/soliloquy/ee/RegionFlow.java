package soliloquy.ee;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which registers have to be loaded where a region is entered, and stored where it is left: a register is loaded only if some way
 * through the region reads the value it had, or stores it; it is stored only if some way to that exit wrote it.
 */
final class RegionFlow {
    private static final class Facts {
        final BitSet writes = new BitSet(RegisterEffects.COUNT);
        /** Written whichever way the block is passed. */
        final BitSet defines = new BitSet(RegisterEffects.COUNT);
        /** Read before the block writes it. */
        final BitSet reads = new BitSet(RegisterEffects.COUNT);

        final BitSet dirtyIn = new BitSet(RegisterEffects.COUNT);
        final BitSet liveIn = new BitSet(RegisterEffects.COUNT);
        /** True if the block can be left before its end. */
        boolean leaves;
    }

    private final Map<RegionBlock, Facts> facts = new HashMap<>();

    /**
     * @param anywhere true if the region can be left before any instruction
     */
    RegionFlow(RegionShape shape, RegionTypes types, boolean anywhere) {
        for (RegionBlock block : shape.blocks) {
            Facts of = collect(block, types);
            of.leaves |= anywhere;
            facts.put(block, of);
        }
        List<RegionBlock> backwards = new ArrayList<>(shape.blocks).reversed();
        while (spreadDirty(shape.blocks)) {}
        while (spreadLive(backwards)) {}
    }

    /** What to store when {@code block} is left at its first instruction. */
    BitSet dirtyBefore(RegionBlock block) {
        return facts.get(block).dirtyIn;
    }

    /** What to store when it is left later, or calls. */
    BitSet dirtyWithin(RegionBlock block) {
        Facts of = facts.get(block);
        return union(of.dirtyIn, of.writes);
    }

    /** What to load before it is entered from outside. */
    BitSet live(RegionBlock block) {
        return facts.get(block).liveIn;
    }

    private static Facts collect(RegionBlock block, RegionTypes types) {
        Facts of = new Facts();
        for (Operation operation : block.body) {
            pass(of, operation, types.effects(operation), true);
        }
        if (block.branch != null) {
            pass(of, block.branch, types.effects(block.branch), true);
            pass(of, block.slot, types.effects(block.slot), !block.branch.isLikely());
        }
        return of;
    }

    private static void pass(Facts of, Operation operation, RegisterEffects effects, boolean always) {
        BitSet reads = (BitSet) effects.reads.clone();
        reads.andNot(of.defines);
        of.reads.or(reads);
        of.writes.or(effects.writes);
        if (always) {
            of.defines.or(effects.writes);
        }
        of.leaves |= operation.row().unit == Instruction.Unit.FPU || AccessEmitter.ROWS.contains(operation.row());
    }

    /** True if the region can be left at the end of {@code block}, or calls from there. */
    private static boolean endsOutside(RegionBlock block) {
        if (block.branch == null) {
            return block.next == null;
        }
        return switch (block.branch.row()) {
            case JR, JALR -> true;
            case J, JAL -> block.taken == null;
            default -> block.taken == null || block.next == null;
        };
    }

    private boolean spreadDirty(List<RegionBlock> blocks) {
        boolean changed = false;
        for (RegionBlock block : blocks) {
            BitSet out = dirtyWithin(block);
            for (RegionBlock following : RegionShape.within(block)) {
                changed |= add(facts.get(following).dirtyIn, out);
            }
        }
        return changed;
    }

    private boolean spreadLive(List<RegionBlock> blocks) {
        boolean changed = false;
        for (RegionBlock block : blocks) {
            Facts of = facts.get(block);
            BitSet live = new BitSet(RegisterEffects.COUNT);
            for (RegionBlock following : RegionShape.within(block)) {
                live.or(facts.get(following).liveIn);
            }
            if (endsOutside(block)) {
                live.or(dirtyWithin(block));
            }
            live.andNot(of.defines);
            live.or(of.reads);
            if (of.leaves) {
                live.or(dirtyWithin(block));
            }
            if (block.header) {
                live.or(of.dirtyIn);
            }
            changed |= add(of.liveIn, live);
        }
        return changed;
    }

    private static boolean add(BitSet set, BitSet more) {
        int before = set.cardinality();
        set.or(more);
        return set.cardinality() != before;
    }

    private static BitSet union(BitSet a, BitSet b) {
        BitSet union = (BitSet) a.clone();
        union.or(b);
        return union;
    }
}
