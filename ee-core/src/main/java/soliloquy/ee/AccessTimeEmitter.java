package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes what fetches and accesses cost in the profile {@code cache}: a test whether the line is there, and, out of the way, a call of
 * {@link MemoryTiming} where it is not. What that takes is subtracted from the time that remains; if so much does not remain that the
 * longest way to the next test of the deadline fits behind it, the region is left before the instruction.
 */
final class AccessTimeEmitter {
    private static final ClassDesc TIMING = ClassDesc.of("soliloquy.ee.MemoryTiming");
    private static final MethodTypeDesc COST = MethodTypeDesc.ofDescriptor("(IJI)I");
    private static final int LINE = (1 << CacheTags.LINE_SHIFT) - 1;
    /** Tells HotSpot that an address tested before is an index of RDRAM. */
    private static final int INDEX = 0x01FF_FFFF;

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionShape shape;
    private final int remaining;
    private final int deadline;
    private final int target;
    /** Local variable: half cycles of the access. */
    private final int cost;
    /** Blocks that begin in the line that any way to them inside the region comes from. */
    private final Set<RegionBlock> fetched;

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
        cost = code.allocateLocal(TypeKind.INT);
        fetched = fetched();
    }

    private Set<RegionBlock> fetched() {
        Set<RegionBlock> fetched = new HashSet<>(shape.blocks);
        fetched.remove(shape.entry);
        for (RegionBlock block : shape.blocks) {
            boolean calls = block.calls();
            for (RegionBlock following : RegionShape.following(block)) {
                boolean returned = calls && following == block.next;
                if (returned || !endsInLineOf(block, following.address)) {
                    fetched.remove(following);
                }
            }
        }
        return fetched;
    }

    /** True if the last instruction fetched in {@code block}, a branch or its slot, lies in the line of {@code address}. */
    private static boolean endsInLineOf(RegionBlock block, int address) {
        int last = block.end - 4;
        boolean slotMayBeSkipped = block.branch != null && block.branch.isLikely();
        return (last | LINE) == (address | LINE) && (!slotMayBeSkipped || (last - 4 | LINE) == (address | LINE));
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
        if (!fetched.contains(block)) {
            fetch(block.address, 0, false);
        }
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
     * Fetches the line at {@code address}.
     *
     * @param begun half cycles since the clock was last set
     * @param afterCompare true if a comparison of the FPU came directly before, or before the branch that this is the slot of
     */
    void fetch(int address, int begun, boolean afterCompare) {
        Label absent = code.newLabel();
        emitter.push(Datum.FETCH_LINES);
        code.loadConstant(address >> CacheTags.LINE_SHIFT).saload().ifeq(absent);
        takeTime(absent, "fetch", () -> code.loadConstant(address), begun, afterCompare);
    }

    /** A load at the index of RDRAM in a local variable. */
    void load(int index, Operation operation) {
        access(index, operation, "load", CacheTags.CLEAN);
    }

    /** A store there. */
    void store(int index, Operation operation) {
        access(index, operation, "store", CacheTags.DIRTY);
    }

    /** A prefetch there. */
    void prefetch(int index, Operation operation) {
        access(index, operation, "prefetch", CacheTags.CLEAN);
    }

    private void access(int index, Operation operation, String kind, int least) {
        Label absent = code.newLabel();
        emitter.push(Datum.DATA_LINES);
        code.iload(index).loadConstant(INDEX).iand().loadConstant(CacheTags.LINE_SHIFT);
        code.ishr().saload();
        if (least == CacheTags.CLEAN) {
            code.ifeq(absent);
        } else {
            code.loadConstant(least).if_icmplt(absent);
        }
        takeTime(absent, kind, () -> code.iload(index), emitter.begun() + operation.cycles(), false);
    }

    private void takeTime(Label absent, String kind, Runnable address, int begun, boolean afterCompare) {
        Label back = code.newLabel();
        Label exit = emitter.exitHere();
        int path = longestPath;
        int ifTaken = taken;
        int ifNotTaken = notTaken;
        code.labelBinding(back);
        emitter.rarely(absent, () -> {
            emitter.push(Datum.TIMING);
            address.run();
            pushClock(begun, ifTaken, ifNotTaken);
            code.iload(remaining).loadConstant(path).isub();
            code.invokevirtual(TIMING, kind, COST).istore(cost);
            code.iload(cost).iflt(exit);
            code.iload(remaining).iload(cost).isub().istore(remaining);
            if (afterCompare) {
                emitter.comparedLater(cost);
            }
            code.goto_(back);
        });
    }

    private void pushClock(int begun, int ifTaken, int ifNotTaken) {
        code.lload(deadline).iload(remaining).i2l().lsub();
        if (ifTaken == ifNotTaken) {
            code.loadConstant((long) begun + ifTaken).ladd();
            return;
        }
        Label not = code.newLabel();
        Label done = code.newLabel();
        code.iload(target).ifeq(not);
        code.loadConstant((long) begun + ifTaken).ladd().goto_(done);
        code.labelBinding(not);
        code.loadConstant((long) begun + ifNotTaken).ladd();
        code.labelBinding(done);
    }
}
