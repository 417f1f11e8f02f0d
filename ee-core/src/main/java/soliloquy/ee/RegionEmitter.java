package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Writes the one method of a region's class: loads the guest's registers, executes the blocks, stores the registers at exits. */
final class RegionEmitter {
    static final ClassDesc PROCESSOR = ClassDesc.of("soliloquy.ee.R5900");
    static final ClassDesc REGION = ClassDesc.of("soliloquy.ee.Region");
    static final ClassDesc FPU = ClassDesc.of("soliloquy.ee.Fpu");
    private static final ClassDesc JUMP_PROFILE = ClassDesc.of("soliloquy.ee.JumpProfile");
    private static final ClassDesc COUNTED_LOOP = ClassDesc.of("soliloquy.ee.CountedLoop");
    private static final ClassDesc CALLS = ClassDesc.of("soliloquy.ee.RegionCalls");

    private static final DirectMethodHandleDesc CLASS_DATA_AT = ConstantDescs.ofConstantBootstrap(
            ConstantDescs.CD_MethodHandles, "classDataAt", ConstantDescs.CD_Object, ConstantDescs.CD_int);

    /** What the class is given by its definer, in this order. */
    enum Datum {
        RAM("[B"),
        CODE_PAGES("[B"),
        GPR("[J"),
        FPR("[I"),
        PROCESSOR("Lsoliloquy/ee/R5900;"),
        CALLS("Lsoliloquy/ee/RegionCalls;"),
        REGION("Lsoliloquy/ee/Region;"),
        WORDS("Ljava/lang/invoke/VarHandle;"),
        DOUBLEWORDS("Ljava/lang/invoke/VarHandle;"),
        TIMING("Lsoliloquy/ee/MemoryTiming;"),
        DATA_LINES("[S"),
        FETCH_LINES("[S");

        final DynamicConstantDesc<?> constant;

        Datum(String descriptor) {
            constant = classData(ordinal(), ClassDesc.ofDescriptor(descriptor));
        }
    }

    /** The object number {@code index} of those that the class is given. */
    static DynamicConstantDesc<?> classData(int index, ClassDesc type) {
        return DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, index);
    }

    /** Where the region is left: an address, half cycles passed since the clock was last set, and the registers to be stored. */
    private record Exit(int address, int cycles, BitSet dirty) {}

    final CodeBuilder code;
    final RegionRegisters registers;
    private final RegionShape shape;
    private final RegionTypes types;
    private final IntFunction<DynamicConstantDesc<?>> jumps;
    private final IntegerEmitter integers;
    private final AccessEmitter accesses;
    private final FpuEmitter floats;
    private final MmiEmitter multimedia;
    /** Null where accesses cost nothing. */
    private final AccessTimeEmitter times;

    /** Null if no register is kept as a vector. */
    private final VectorEmitter vectors;

    private final Map<Exit, Label> exits = new HashMap<>();
    /** Where registers are stored, by which. */
    private final Map<BitSet, Label> stores = new LinkedHashMap<>();

    private final RegionFlow flow;
    /** Registers to be stored where the present block is left. */
    private BitSet dirty;

    private final Label leave;
    private final Label refused;
    /** Local variable: half cycles to the deadline. */
    private final int remaining;
    /** Local variable: the clock at the deadline. */
    private final int deadline;

    /** Local variables: rounds of a loop that are done without testing its branch, and how many have been. */
    private final int rounds;

    private final int passed;
    /** True if a debugger wants to know of some loads. */
    final boolean watched;
    /** True for code that {@link WarmUp} calls. */
    final boolean warmedUp;
    /** True while such rounds are written. */
    boolean inRounds;
    /** True while a delay slot is written. */
    boolean inSlot;

    private final int next;
    private final int target;
    private Exit here;
    /** Half cycles from when the clock was last set to the beginning of the present instruction. */
    private int begun;
    /** Of the present block. */
    private int longestPath;

    /** What the present branch adds to the time at which its slot begins. */
    private int penaltyTaken;

    private int penaltyNotTaken;

    private boolean compared;
    private boolean comparedBeforeBranch;

    /**
     * @param jumps what is known of the jump to a register at an address, as a constant that the class is given
     * @param timed true if fetches and accesses can cost time
     * @param watched true if a debugger wants to know of some loads
     * @param warmedUp true for code that {@link WarmUp} calls
     */
    RegionEmitter(
            CodeBuilder code,
            RegionShape shape,
            RegionTypes types,
            IntFunction<DynamicConstantDesc<?>> jumps,
            boolean timed,
            boolean watched,
            boolean warmedUp) {
        this.jumps = jumps;
        this.warmedUp = warmedUp;
        this.watched = watched;
        this.code = code;
        this.shape = shape;
        this.types = types;
        remaining = code.allocateLocal(TypeKind.INT);
        rounds = code.allocateLocal(TypeKind.INT);
        passed = code.allocateLocal(TypeKind.INT);
        next = code.allocateLocal(TypeKind.INT);
        target = code.allocateLocal(TypeKind.INT);
        registers = new RegionRegisters(code, types);
        deadline = code.allocateLocal(TypeKind.LONG);
        integers = new IntegerEmitter(this);
        accesses = new AccessEmitter(this);
        floats = new FpuEmitter(this);
        multimedia = new MmiEmitter(this);
        vectors = types.vectors.isEmpty() && !types.products ? null : new VectorEmitter(this);
        flow = new RegionFlow(shape, types, timed);
        times = timed ? new AccessTimeEmitter(this, shape, remaining, deadline, target) : null;
        leave = code.newLabel();
        refused = code.newLabel();
    }

    /** True if regions can hold {@code operation}. */
    static boolean supports(Operation operation) {
        return IntegerEmitter.supports(operation)
                || AccessEmitter.ROWS.contains(operation.row())
                || FpuEmitter.ROWS.contains(operation.row())
                || MmiEmitter.ROWS.contains(operation.row());
    }

    void emit() {
        code.loadConstant(shape.entry.address).istore(next);
        if (warmedUp) {
            push(Datum.REGION);
            code.getfield(REGION, "idle", ConstantDescs.CD_boolean).ifne(leave);
        }
        emitEntry();
        List<RegionBlock> order = new ArrayList<>(shape.blocks);
        for (RegionBlock block : order) {
            block.label = code.newLabel();
        }
        if (order.getFirst() != shape.entry) {
            code.goto_(shape.entry.label);
        }
        for (int i = 0; i < order.size(); i++) {
            emitBlock(order.get(i), i + 1 < order.size() ? order.get(i + 1) : null);
        }
        emitExits();
    }

    /** Loads clock and registers; gives up if the region cannot be executed with what they hold. */
    private void emitEntry() {
        int flags = floats.flagsClearedBy(shape);
        if (flags != 0) {
            push(Datum.PROCESSOR);
            code.getfield(PROCESSOR, "fcr31", ConstantDescs.CD_int)
                    .loadConstant(flags)
                    .iand()
                    .ifne(leave);
        }
        loadClock();
        code.iload(remaining).loadConstant(shape.entry.longestPath).if_icmplt(leave);
        registers.load(flow.live(shape.entry), types.tested(), refused);
        registers.clearVectors(flow.live(shape.entry));
    }

    private void loadClock() {
        push(Datum.PROCESSOR);
        code.invokevirtual(PROCESSOR, "clockToDeadline", MethodTypeDesc.ofDescriptor("()I"))
                .istore(remaining);
        push(Datum.PROCESSOR);
        code.getfield(PROCESSOR, "clock", ConstantDescs.CD_long);
        code.iload(remaining).i2l().ladd().lstore(deadline);
    }

    private void store(BitSet dirty) {
        registers.store(dirty);
        push(Datum.PROCESSOR);
        code.lload(deadline).iload(remaining).i2l().lsub();
        code.putfield(PROCESSOR, "clock", ConstantDescs.CD_long);
    }

    void push(Datum datum) {
        code.loadConstant(datum.constant);
    }

    /** Lets the access to RDRAM at an index in a local variable cost what it does; null where accesses cost nothing. */
    AccessTimeEmitter times() {
        return times;
    }

    /** Half cycles from when the clock was last set to the beginning of the present instruction. */
    int begun() {
        return begun;
    }

    /** Puts a comparison that came directly before later by the difference of two local variables. */
    void comparedLater(int from, int less) {
        push(Datum.PROCESSOR);
        code.invokevirtual(PROCESSOR, "fpu", MethodTypeDesc.of(FPU));
        code.iload(from).iload(less).isub();
        code.invokevirtual(FPU, "comparedLater", MethodTypeDesc.ofDescriptor("(I)V"));
    }

    /** Pushes the clock before the present instruction. */
    void pushClockBefore() {
        code.lload(deadline).iload(remaining).i2l().lsub();
        code.loadConstant((long) begun).ladd();
        if (inSlot) {
            pushPenalty();
            code.i2l().ladd();
        }
    }

    /** Pushes what the branch costs in whose slot the present instruction is. */
    private void pushPenalty() {
        if (penaltyTaken == penaltyNotTaken) {
            code.loadConstant(penaltyTaken);
            return;
        }
        code.iload(target).loadConstant(penaltyTaken - penaltyNotTaken).imul();
        code.loadConstant(penaltyNotTaken).iadd();
    }

    /**
     * Takes over clock and deadline as they are behind {@code operation}; in a block's body, leaves the region there if the longest way
     * to the next test could pass the deadline.
     */
    void takeDeadline(Operation operation) {
        int passed = begun + operation.cycles();
        loadClock();
        code.iinc(remaining, passed);
        if (inSlot) {
            code.iload(remaining);
            pushPenalty();
            code.iadd().istore(remaining);
            return;
        }
        code.iload(remaining).loadConstant(longestPath);
        code.if_icmplt(exitAt(new Exit(operation.address() + 4, passed, dirty)));
    }

    /** Pushes the clock after the present instruction. */
    void pushClockAfter(Operation operation) {
        code.lload(deadline).iload(remaining).i2l().lsub();
        code.loadConstant((long) begun + operation.cycles()).ladd();
    }

    /** Where to jump if the present instruction must be left to the interpreter: nothing of it may have happened yet. */
    Label exitHere() {
        return exitAt(here);
    }

    private Label exitAt(Exit where) {
        return exits.computeIfAbsent(where, key -> code.newLabel());
    }

    /** Where to leave the region behind the present block. */
    private Label exitTo(int address) {
        return exitAt(new Exit(address, 0, dirty));
    }

    private Label storing(BitSet dirty) {
        return stores.computeIfAbsent(dirty, key -> code.newLabel());
    }

    private void emitExits() {
        exits.forEach((where, label) -> {
            code.labelBinding(label);
            passCycles(where.cycles);
            code.loadConstant(where.address).istore(next).goto_(storing(where.dirty));
        });
        stores.forEach((dirty, label) -> {
            code.labelBinding(label);
            store(dirty);
            code.goto_(leave);
        });
        code.labelBinding(leave);
        code.iload(next).ireturn();
        code.labelBinding(refused);
        push(Datum.REGION);
        push(Datum.GPR);
        code.invokevirtual(REGION, "refuse", MethodTypeDesc.ofDescriptor("([J)V"));
        code.iload(next).ireturn();
    }

    private void passCycles(int cycles) {
        if (cycles != 0) {
            code.iinc(remaining, -cycles);
        }
    }

    private void emitBlock(RegionBlock block, RegionBlock following) {
        code.labelBinding(block.label);
        if (block.header) {
            Exit before = new Exit(block.address, 0, flow.dirtyBefore(block));
            // as a difference: of a comparison HotSpot would make a counted loop, and give that up where time is short
            // from the beginning
            code.iload(remaining).loadConstant(block.longestPath).isub().iflt(exitAt(before));
        }
        dirty = flow.dirtyWithin(block);
        longestPath = block.longestPath;
        if (block.body.isEmpty() && block.branch != null && FpuEmitter.needsPredecessor(block.branch)) {
            code.goto_(exitTo(block.address));
            return;
        }
        if (times != null) {
            here = new Exit(block.address, 0, dirty);
            times.begin(block);
        }
        CountedLoop loop = block.header ? CountedLoop.of(block, types) : null;
        if (loop != null) {
            emitRounds(block, loop);
        }
        emitBody(block);
        here = new Exit(block.end - 8, block.bodyCycles(), dirty);
        comparedBeforeBranch = compared;
        if (block.branch != null && !block.body.isEmpty()) {
            begun = block.bodyCycles();
            emitFetch(block.branch, here, compared);
        }
        if (block.branch == null) {
            passCycles(block.bodyCycles());
            jump(block.next, block.end, following);
        } else if (block.branch.row().format == OperandFormat.TARGET
                || block.branch.row() == Instruction.JR
                || block.branch.row() == Instruction.JALR) {
            emitJump(block, following);
        } else {
            emitBranch(block, following);
        }
    }

    private void emitBody(RegionBlock block) {
        accesses.begin(block);
        floats.begin(block);
        registers.forgetBits();
        int cycles = 0;
        compared = false;
        penalty(0, 0);
        for (Operation operation : block.body) {
            begun = cycles;
            if (cycles > 0) {
                emitFetch(operation, new Exit(operation.address(), cycles, dirty), compared);
            }
            emitOperation(operation, new Exit(operation.address(), cycles, dirty));
            cycles += operation.cycles();
        }
    }

    /** Fetches the next line of memory where {@code operation} is the first in it. */
    private void emitFetch(Operation operation, Exit where, boolean afterCompare) {
        if (times != null && !inRounds && AccessTimeEmitter.beginsLine(operation.address())) {
            here = where;
            times.fetch(operation.address(), begun, afterCompare);
        }
    }

    /**
     * Goes round a loop as often as it is known to without testing its branch, and as time allows; the rounds that remain are done by
     * what follows. HotSpot takes tests of addresses out of such a loop, and unrolls it.
     */
    private void emitRounds(RegionBlock block, CountedLoop loop) {
        Label round = code.newLabel();
        Label test = code.newLabel();
        Label none = code.newLabel();
        if (times != null) {
            times.testFetched(block, none);
        }
        registers.pushInt(loop.end());
        registers.pushInt(loop.counter());
        code.isub().loadConstant(loop.step()).loadConstant(loop.before() ? 1 : 0);
        code.iload(remaining).loadConstant(block.longestPath).isub();
        code.loadConstant(block.cycles() + (times == null ? 0 : AccessTimeEmitter.longest(block)))
                .idiv();
        code.invokestatic(COUNTED_LOOP, "rounds", MethodTypeDesc.ofDescriptor("(IIII)I"));
        code.istore(rounds).iconst_0().istore(passed).goto_(test);
        code.labelBinding(round);
        inRounds = true;
        emitBody(block);
        penalty(block.branch.cyclesTaken(), block.branch.cyclesTaken());
        emitSlot(block);
        passCycles(block.cycles());
        passBranchCycles(block, block.branch.cyclesTaken());
        inRounds = false;
        code.iinc(passed, 1);
        code.labelBinding(test);
        code.iload(passed).iload(rounds).if_icmplt(round);
        code.labelBinding(none);
    }

    private void emitOperation(Operation operation, Exit where) {
        here = where;
        boolean compares = false;
        if (times != null && operation.row() == Instruction.PREF) {
            accesses.prefetch(operation);
        } else if (IntegerEmitter.supports(operation)) {
            integers.emit(operation);
        } else if (AccessEmitter.ROWS.contains(operation.row())) {
            accesses.emit(operation);
        } else if (FpuEmitter.ROWS.contains(operation.row())) {
            floats.emit(operation);
            compares = FpuEmitter.compares(operation.row());
        } else if (vectors == null || !vectors.emit(operation)) {
            multimedia.emit(operation);
        }
        compared = compares;
    }

    /** Goes to {@code to}, or out of the region to {@code address}. */
    private void jump(RegionBlock to, int address, RegionBlock following) {
        if (to == null) {
            code.goto_(exitTo(address));
        } else if (to != following) {
            code.goto_(to.label);
        }
    }

    private Label labelOf(RegionBlock to, int address) {
        return to == null ? exitTo(address) : to.label;
    }

    private void passBranchCycles(RegionBlock block, int cycles) {
        passCycles(cycles);
        if (cycles != 0 && FpuEmitter.compares(block.slot.row())) {
            floats.comparedLater(cycles);
        }
    }

    /** What the branch adds to the time at which its slot begins, by whether it is taken. */
    private void penalty(int taken, int notTaken) {
        penaltyTaken = taken;
        penaltyNotTaken = notTaken;
        if (times != null) {
            times.penalty(taken, notTaken);
        }
    }

    /** Leaves the region for {@code address}, behind a branch in whose slot the deadline may have come nearer, if it is too near. */
    private void testDeadline(RegionBlock block, int address) {
        if (block.slot.inDevices()) {
            code.iload(remaining).loadConstant(longestOfAll()).if_icmplt(exitTo(address));
        }
    }

    private void emitSlot(RegionBlock block) {
        begun = block.bodyCycles() + block.branch.cycles();
        // what cannot be done is begun again at the branch
        Exit where = new Exit(block.branch.address(), block.bodyCycles(), dirty);
        emitFetch(block.slot, where, comparedBeforeBranch);
        inSlot = true;
        emitOperation(block.slot, where);
        inSlot = false;
    }

    /** True if {@code slot} has to know what its branch costs, which depends on whether it is taken. */
    private boolean looksAtTime(Operation slot) {
        return slot.inDevices()
                || slot.row() == Instruction.MFC0
                || times != null && AccessTimeEmitter.mayTakeTime(slot);
    }

    private void emitBranch(RegionBlock block, RegionBlock following) {
        Operation branch = block.branch;
        boolean afterCompare = compared;
        RegionBlock next = branch.isAlways() ? null : block.next;
        if (branch.isAlways()) {
            penalty(branch.cyclesTaken(), branch.cyclesTaken());
            emitSlot(block);
            passCycles(block.cycles());
            testDeadline(block, branch.target());
            jump(block.taken, branch.target(), following);
            return;
        }
        Label taken = labelOf(block.taken, branch.target());
        Label notTaken = code.newLabel();
        if (branch.isLikely()) {
            emitCondition(branch, afterCompare, notTaken, false);
            penalty(branch.cyclesTaken(), branch.cyclesTaken());
            emitSlot(block);
            passCycles(block.cycles());
            passBranchCycles(block, branch.cyclesTaken());
            testDeadline(block, branch.target());
            code.goto_(taken);
            code.labelBinding(notTaken);
            passCycles(block.bodyCycles() + branch.cycles() + branch.cyclesNotTaken());
            jump(next, block.end, following);
            return;
        }
        // the cycles of a wrong guess stand where the jump is forward: HotSpot takes any jump back for a loop
        boolean late = branch.cyclesTaken() != 0 || block.slot.inDevices();
        Label to = late ? notTaken : taken;
        penalty(branch.cyclesTaken(), branch.cyclesNotTaken());
        if (slotChanges(block) || looksAtTime(block.slot)) {
            Label holds = code.newLabel();
            code.iconst_1().istore(target);
            emitCondition(branch, afterCompare, holds, true);
            code.iconst_0().istore(target);
            code.labelBinding(holds);
            emitSlot(block);
            passCycles(block.cycles());
            code.iload(target);
            if (late) {
                code.ifeq(to);
            } else {
                code.ifne(to);
            }
        } else {
            emitSlot(block);
            passCycles(block.cycles());
            emitCondition(branch, afterCompare, to, !late);
        }
        if (late) {
            passBranchCycles(block, branch.cyclesTaken());
            testDeadline(block, branch.target());
            code.goto_(taken);
        }
        code.labelBinding(notTaken);
        passBranchCycles(block, branch.cyclesNotTaken());
        testDeadline(block, block.end);
        jump(next, block.end, following);
    }

    /** True if the delay slot writes what the branch tests. */
    private static boolean slotChanges(RegionBlock block) {
        return RegisterEffects.of(block.branch).reads.intersects(RegisterEffects.of(block.slot).writes);
    }

    private void emitCondition(Operation branch, boolean afterCompare, Label to, boolean ifTaken) {
        if (branch.row().unit == Instruction.Unit.FPU) {
            floats.emitCondition(branch, afterCompare, to, ifTaken);
        } else {
            integers.emitCondition(branch, to, ifTaken);
        }
    }

    private void emitJump(RegionBlock block, RegionBlock following) {
        Operation branch = block.branch;
        boolean toRegister = branch.row() == Instruction.JR || branch.row() == Instruction.JALR;
        if (toRegister) {
            registers.pushInt(branch.s());
            code.istore(target);
        }
        if (RegionBlock.isCall(branch)) {
            code.loadConstant(branch.address() + 8);
            registers.popInt(R5900.RA);
        }
        penalty(branch.cyclesTaken(), branch.cyclesTaken());
        emitSlot(block);
        passCycles(block.cycles());
        passBranchCycles(block, branch.cyclesTaken());
        if (block.slot.inDevices()) {
            testDeadlineOfJump(block, toRegister);
        }
        if (!block.known.isEmpty()) {
            Label unknown = code.newLabel();
            List<SwitchCase> cases = block.known.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(known -> SwitchCase.of(known.getKey(), known.getValue().label))
                    .toList();
            code.iload(target).lookupswitch(unknown, cases);
            code.labelBinding(unknown);
        }
        if (toRegister && (branch.row() == Instruction.JALR || branch.s() != R5900.RA)) {
            code.loadConstant((ConstantDesc) jumps.apply(branch.address())).iload(target);
            code.invokevirtual(JUMP_PROFILE, "record", MethodTypeDesc.ofDescriptor("(I)V"));
        }
        if (block.calls() && block.next != null) {
            emitCall(block, toRegister, following);
        } else if (!toRegister) {
            jump(block.taken, branch.target(), following);
        } else if (block.taken != null) {
            code.iload(target).loadConstant(block.frame.returnAddress()).if_icmpeq(block.taken.label);
            code.iload(target).istore(next).goto_(storing(dirty));
        } else {
            code.iload(target).istore(next).goto_(storing(dirty));
        }
    }

    private void testDeadlineOfJump(RegionBlock block, boolean toRegister) {
        if (!toRegister) {
            testDeadline(block, block.branch.target());
            return;
        }
        Label far = code.newLabel();
        code.iload(remaining).loadConstant(longestOfAll()).if_icmpge(far);
        code.iload(target).istore(next).goto_(storing(dirty));
        code.labelBinding(far);
    }

    /** The longest way from a test of the deadline to the next one, in half cycles. */
    private int longestOfAll() {
        return shape.blocks.stream().mapToInt(block -> block.longestPath).max().orElse(0);
    }

    private void emitCall(RegionBlock block, boolean toRegister, RegionBlock following) {
        store(dirty);
        push(Datum.CALLS);
        if (toRegister) {
            code.iload(target);
        } else {
            code.loadConstant(block.branch.target());
        }
        code.loadConstant(block.end);
        code.invokevirtual(CALLS, "call", MethodTypeDesc.ofDescriptor("(II)I"));
        code.istore(next);
        code.iload(next).loadConstant(block.end).if_icmpne(leave);
        int flags = floats.flagsClearedBy(shape);
        if (flags != 0) {
            push(Datum.PROCESSOR);
            code.getfield(PROCESSOR, "fcr31", ConstantDescs.CD_int)
                    .loadConstant(flags)
                    .iand()
                    .ifne(leave);
        }
        loadClock();
        registers.load(flow.live(block.next), types.tested(), refused);
        jump(block.next, block.end, following);
    }
}
