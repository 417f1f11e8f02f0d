package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes what fetches and accesses cost in the profile {@code cache}: a test whether the line is there, and, out of the way, a call of
 * {@link MemoryTiming} where it is not. What that takes is subtracted from the time that remains; if so much does not remain that the
 * longest way to the next test of the deadline fits behind it, the region is left before the instruction.
 */
final class AccessTimeEmitter {
    private static final ClassDesc TIMING = ClassDesc.of("soliloquy.ee.MemoryTiming");
    private static final MethodTypeDesc REMAINING = MethodTypeDesc.ofDescriptor("(IIJIII)I");
    private static final int LINE = (1 << CacheTags.LINE_SHIFT) - 1;
    /** Tells HotSpot that an address tested before is an index of RDRAM. */
    private static final int INDEX = 0x01FF_FFFF;

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionShape shape;
    private final int remaining;
    private final int deadline;
    private final int target;
    /** Local variable: half cycles to the deadline behind the access. */
    private final int left;
    /** Lines that need not be tested, by block. */
    private final Map<RegionBlock, BitSet> fetched;

    private BitSet present = new BitSet();

    private int longestPath;
    /** Half cycles that the branch before a slot has added, if taken and if not; the local variable {@link #target} tells which. */
    private int taken;

    private int notTaken;

    AccessTimeEmitter(RegionEmitter emitter, RegionShape shape, int remaining, int deadline, int target) {
        this.emitter = emitter;
        this.shape = shape;
        this.remaining = remaining;
        this.deadline = deadline;
        this.target = target;
        code = emitter.code;
        left = code.allocateLocal(TypeKind.INT);
        fetched = fetched();
    }

    /** The lines that are sure to have been fetched, and to be there still, when a block begins: whichever way it was reached. */
    private Map<RegionBlock, BitSet> fetched() {
        BitSet lines = new BitSet();
        shape.blocks.forEach(block -> lines.or(linesOf(block)));
        BitSet alone = new BitSet();
        lines.stream().filter(line -> isAlone(line, lines)).forEach(alone::set);
        Map<RegionBlock, BitSet> fetched = new HashMap<>();
        shape.blocks.forEach(block -> fetched.put(block, (BitSet) alone.clone()));
        fetched.put(shape.entry, new BitSet());
        boolean changes = true;
        while (changes) {
            changes = false;
            for (RegionBlock block : shape.blocks) {
                BitSet behind = linesOf(block);
                behind.and(alone);
                behind.or(fetched.get(block));
                for (RegionBlock following : RegionShape.following(block)) {
                    boolean returned = block.calls() && following == block.next;
                    BitSet before = fetched.get(following);
                    int count = before.cardinality();
                    before.and(returned ? new BitSet() : behind);
                    changes |= before.cardinality() != count;
                }
            }
        }
        return fetched;
    }

    /** The lines from which instructions of {@code block} are fetched whichever way it is left. */
    private static BitSet linesOf(RegionBlock block) {
        boolean slotMayBeSkipped = block.branch != null && block.branch.isLikely();
        BitSet lines = new BitSet();
        lines.set(
                block.address >> CacheTags.LINE_SHIFT,
                (block.end - (slotMayBeSkipped ? 8 : 4) >> CacheTags.LINE_SHIFT) + 1);
        return lines;
    }

    /** True if no other of {@code lines} could take the place of {@code line} in the instruction cache. */
    private static boolean isAlone(int line, BitSet lines) {
        return lines.stream().noneMatch(other -> other != line && (other - line) % CacheTags.INSTRUCTION_SETS == 0);
    }

    /** True if the instruction at {@code address} is the first of its line. */
    static boolean beginsLine(int address) {
        return (address & LINE) == 0;
    }

    /** True if {@code slot} may take time that depends on when it begins. */
    static boolean mayTakeTime(Operation slot) {
        return accesses(slot) || beginsLine(slot.address());
    }

    private static boolean accesses(Operation operation) {
        return operation.row() == Instruction.PREF || AccessEmitter.ROWS.contains(operation.row());
    }

    /** Half cycles that the accesses of a round take at most. */
    static int longest(RegionBlock block) {
        long accesses = block.body.stream().filter(AccessTimeEmitter::accesses).count();
        return (int) (accesses + (accesses(block.slot) ? 1 : 0)) * MemoryTiming.LONGEST_ACCESS;
    }

    /** Begins a block: fetches its first line, unless that is sure to be there. */
    void begin(RegionBlock block) {
        longestPath = block.longestPath;
        penalty(0, 0);
        present = fetched.get(block);
        fetch(block.address, 0, false);
    }

    /** What the branch adds to the time at which its slot begins. */
    void penalty(int ifTaken, int ifNotTaken) {
        taken = ifTaken;
        notTaken = ifNotTaken;
    }

    /** Jumps to {@code not} if one of the lines of {@code block} is not in the instruction cache. */
    void testFetched(RegionBlock block, Label not) {
        for (int line = block.address >> CacheTags.LINE_SHIFT; line <= block.end - 1 >> CacheTags.LINE_SHIFT; line++) {
            emitter.push(Datum.FETCH_LINES);
            code.loadConstant(line).saload().ifeq(not);
        }
    }

    /**
     * Fetches the line at {@code address}, unless that is sure to be there.
     *
     * @param begun half cycles since the clock was last set
     * @param afterCompare true if a comparison of the FPU came directly before, or before the branch that this is the slot of
     */
    void fetch(int address, int begun, boolean afterCompare) {
        if (present.get(address >> CacheTags.LINE_SHIFT)) {
            return;
        }
        Label fetched = code.newLabel();
        emitter.push(Datum.FETCH_LINES);
        code.loadConstant(address >> CacheTags.LINE_SHIFT).saload().ifne(fetched);
        takeTime(fetched, MemoryTiming.FETCH, () -> code.loadConstant(address), begun, afterCompare);
    }

    /** A load. */
    void load(AccessEmitter.Place place, Operation operation) {
        access(place, operation, MemoryTiming.LOAD, CacheTags.CLEAN);
    }

    /** A store there. */
    void store(AccessEmitter.Place place, Operation operation) {
        access(place, operation, MemoryTiming.STORE, CacheTags.DIRTY);
    }

    /** A prefetch there. */
    void prefetch(AccessEmitter.Place place, Operation operation) {
        access(place, operation, MemoryTiming.PREFETCH, CacheTags.CLEAN);
    }

    private void access(AccessEmitter.Place place, Operation operation, int kind, int least) {
        Label there = code.newLabel();
        emitter.push(Datum.DATA_LINES);
        place.push(code);
        if (!place.bounded()) {
            code.loadConstant(INDEX).iand(); // the address was tested and left as it is
        }
        code.loadConstant(CacheTags.LINE_SHIFT).ishr().saload();
        if (least == CacheTags.CLEAN) {
            code.ifne(there);
        } else {
            code.loadConstant(least).if_icmpge(there);
        }
        takeTime(there, kind, () -> place.push(code), emitter.begun() + operation.cycles(), false);
    }

    private void takeTime(Label there, int kind, Runnable address, int begun, boolean afterCompare) {
        emitter.push(Datum.TIMING);
        code.loadConstant(kind);
        address.run();
        code.lload(deadline).iload(remaining);
        pushPassed(begun, taken, notTaken);
        code.loadConstant(longestPath)
                .invokevirtual(TIMING, "remaining", REMAINING)
                .istore(left);
        code.iload(left).iflt(emitter.exitHere());
        if (afterCompare) {
            emitter.comparedLater(remaining, left);
        }
        code.iload(left).istore(remaining).labelBinding(there);
    }

    private void pushPassed(int begun, int ifTaken, int ifNotTaken) {
        if (ifTaken == ifNotTaken) {
            code.loadConstant(begun + ifTaken);
            return;
        }
        Label not = code.newLabel();
        Label done = code.newLabel();
        code.iload(target).ifeq(not);
        code.loadConstant(begun + ifTaken).goto_(done);
        code.labelBinding(not);
        code.loadConstant(begun + ifNotTaken);
        code.labelBinding(done);
    }
}
