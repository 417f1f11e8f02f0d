package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes instructions of the FPU on numbers in {@link WideFloat}'s form. A region is entered only while the flags that its
 * instructions would clear are clear, and left before an instruction that sets one.
 */
final class FpuEmitter {
    /** The instructions of this class. */
    static final Set<Instruction> ROWS = EnumSet.of(
            Instruction.MFC1,
            Instruction.MTC1,
            Instruction.BC1F,
            Instruction.BC1T,
            Instruction.BC1FL,
            Instruction.BC1TL,
            Instruction.ADD_S,
            Instruction.SUB_S,
            Instruction.MUL_S,
            Instruction.DIV_S,
            Instruction.SQRT_S,
            Instruction.ABS_S,
            Instruction.MOV_S,
            Instruction.NEG_S,
            Instruction.ADDA_S,
            Instruction.SUBA_S,
            Instruction.MULA_S,
            Instruction.MADD_S,
            Instruction.MSUB_S,
            Instruction.MADDA_S,
            Instruction.MSUBA_S,
            Instruction.CVT_W_S,
            Instruction.CVT_S_W,
            Instruction.MAX_S,
            Instruction.MIN_S,
            Instruction.C_F_S,
            Instruction.C_EQ_S,
            Instruction.C_LT_S,
            Instruction.C_LE_S);

    private static final ClassDesc WIDE_FLOAT = ClassDesc.of("soliloquy.ee.WideFloat");
    /** Half a unit of a sum's last place. */
    private static final int HALF_UNIT = 1 << 28;
    /** So many sums that each wait for themselves one turn before leave the host waiting. */
    private static final int FEW_CHAINS = 2;

    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final MethodTypeDesc MAX = MethodTypeDesc.ofDescriptor("(II)I");
    private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
    private static final MethodTypeDesc BINARY = MethodTypeDesc.ofDescriptor("(JJ)J");
    private static final MethodTypeDesc UNARY = MethodTypeDesc.ofDescriptor("(J)J");
    private static final int ACC = RegisterEffects.ACC - RegisterEffects.FPR;

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionRegisters registers;
    /** Local variable: FCR31 before the last comparison. */
    private final int controlBefore;

    private final int result;
    private final int exact;
    private final int term;
    private final int signsDiffer;
    private boolean chained;

    FpuEmitter(RegionEmitter emitter) {
        this.emitter = emitter;
        code = emitter.code;
        registers = emitter.registers;
        controlBefore = code.allocateLocal(TypeKind.INT);
        result = code.allocateLocal(TypeKind.LONG);
        exact = code.allocateLocal(TypeKind.LONG);
        term = code.allocateLocal(TypeKind.LONG);
        signsDiffer = code.allocateLocal(TypeKind.INT);
    }

    static boolean compares(Instruction row) {
        return row.name().startsWith("C_");
    }

    /** The flags of FCR31 that must be clear when the region is entered. */
    int flagsClearedBy(RegionShape shape) {
        int flags = 0;
        for (RegionBlock block : shape.blocks) {
            for (Operation operation : block.body) {
                flags |= flagsClearedBy(operation.row());
            }
            if (block.slot != null) {
                flags |= flagsClearedBy(block.slot.row());
            }
        }
        return flags;
    }

    private static int flagsClearedBy(Instruction row) {
        return switch (row) {
            case DIV_S, SQRT_S -> Fpu.I | Fpu.D;
            case ADD_S, SUB_S, MUL_S, ABS_S, NEG_S, MAX_S, MIN_S -> Fpu.O | Fpu.U;
            case ADDA_S, SUBA_S, MULA_S, MADD_S, MSUB_S, MADDA_S, MSUBA_S -> Fpu.O | Fpu.U;
            default -> 0;
        };
    }

    /** Looks at a block before it is written. */
    void begin(RegionBlock block) {
        BitSet sums = new BitSet();
        for (Operation operation : block.body) {
            int d = operation.d();
            switch (operation.row()) {
                case ADD_S, SUB_S -> sums.set(d, sums.get(d) || d == operation.s() || d == operation.t());
                case MADDA_S, MSUBA_S -> sums.set(ACC);
                default -> {}
            }
        }
        chained = sums.cardinality() <= FEW_CHAINS;
    }

    void emit(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        switch (operation.row()) {
            case MFC1 -> {
                if (d < R5900.SINK) {
                    registers.pushFloatBits(t);
                    registers.popInt(d);
                }
            }
            case MTC1 -> {
                registers.pushInt(s);
                registers.popFloatBits(t);
            }
            case MOV_S -> {
                registers.pushFloat(s);
                registers.popFloat(d);
            }
            case NEG_S -> {
                registers.pushFloat(s);
                negate();
                registers.popFloat(d);
            }
            case ABS_S -> {
                registers.pushFloat(s);
                code.loadConstant(Long.MAX_VALUE).land();
                registers.popFloat(d);
            }
            case ADD_S -> sum(d, s, t, false);
            case SUB_S -> sum(d, s, t, true);
            case MUL_S -> product(d, s, t);
            case DIV_S -> {
                registers.pushFloat(s);
                registers.pushFloat(t);
                code.invokestatic(WIDE_FLOAT, "quotient", BINARY);
                takeUnflagged(d);
            }
            case ADDA_S -> sum(ACC, s, t, false);
            case SUBA_S -> sum(ACC, s, t, true);
            case MULA_S -> product(ACC, s, t);
            case MADD_S -> multiplyAdd(d, s, t, false);
            case MSUB_S -> multiplyAdd(d, s, t, true);
            case MADDA_S -> multiplyAdd(ACC, s, t, false);
            case MSUBA_S -> multiplyAdd(ACC, s, t, true);
            case SQRT_S -> {
                registers.pushFloat(t);
                code.invokestatic(WIDE_FLOAT, "root", UNARY);
                takeUnflagged(d);
            }
            case CVT_S_W -> {
                registers.pushFloatBits(s);
                code.i2d();
                fromDouble();
                code.loadConstant(~WideFloat.LOW).land(); // truncated, which is as much as 24 bits of the exact number
                registers.popFloat(d);
            }
            case CVT_W_S -> {
                registers.pushFloat(s);
                code.invokestatic(WIDE_FLOAT, "toInteger", MethodTypeDesc.ofDescriptor("(J)I"));
                registers.popFloatBits(d);
            }
            case MAX_S -> choose("max", d, s, t);
            case MIN_S -> choose("min", d, s, t);
            default -> compare(operation);
        }
    }

    private void toDouble() {
        code.invokestatic(DOUBLE, "longBitsToDouble", MethodTypeDesc.ofDescriptor("(J)D"));
    }

    private void fromDouble() {
        code.invokestatic(DOUBLE, "doubleToRawLongBits", MethodTypeDesc.ofDescriptor("(D)J"));
    }

    private void negate() {
        code.loadConstant(Long.MIN_VALUE).lxor();
    }

    private void sum(int d, int s, int t, boolean negate) {
        if (negate) {
            registers.pushFloat(t);
            negate();
            code.lstore(term);
        }
        Runnable second = negate ? () -> code.lload(term) : () -> registers.pushFloat(t);
        sum(() -> registers.pushFloat(s), second, chained && (d == s || d == t));
        registers.popFloat(d);
    }

    private void product(int d, int s, int t) {
        product(s, t);
        registers.popFloat(d);
    }

    private void multiplyAdd(int d, int s, int t, boolean subtract) {
        product(s, t);
        if (subtract) {
            negate();
        }
        code.lstore(term);
        sum(() -> registers.pushFloat(ACC), () -> code.lload(term), chained && d == ACC);
        registers.popFloat(d);
    }

    /** Leaves a sum on the stack. What is rare is not put behind the blocks: HotSpot takes jumps backwards for loops. */
    private void sum(Runnable a, Runnable b, boolean waitedFor) {
        Label done = code.newLabel();
        a.run();
        toDouble();
        b.run();
        toDouble();
        code.dadd();
        fromDouble();
        code.lstore(exact);
        round(a, b, waitedFor);
        jumpInRange(done);
        code.lload(exact)
                .loadConstant(WideFloat.EXPONENT)
                .land()
                .lconst_0()
                .lcmp()
                .ifne(emitter.exitHere());
        a.run();
        b.run();
        code.invokestatic(WIDE_FLOAT, "zeroSum", BINARY).lstore(result);
        code.labelBinding(done).lload(result);
    }

    /**
     * Rounds the exact sum as ADD.S does. Of the smaller operand the EE keeps one guard bit, so a sum of magnitudes is the exact one
     * truncated, and a difference the exact one first rounded up to half a unit of the larger operand's last place: that is bit 28, or
     * bit 29 if the difference has the next lower exponent. Below that it is exact and neither rounding changes it. Nobody can guess
     * which it is, so there is no branch; but where the next sum waits for this one, a branch that is guessed waits for nothing.
     */
    private void round(Runnable a, Runnable b, boolean branch) {
        a.run();
        high();
        b.run();
        high();
        code.ixor();
        if (branch) {
            Label cut = code.newLabel();
            Label differ = code.newLabel();
            code.iflt(differ).lload(exact).goto_(cut);
            code.labelBinding(differ).lload(exact);
            code.loadConstant(WideFloat.LOW >>> 1).ladd();
            fallen(a, b);
            code.loadConstant(HALF_UNIT).iand().i2l().ladd();
            code.labelBinding(cut);
        } else {
            code.loadConstant(31).ishr().istore(signsDiffer);
            code.lload(exact).iload(signsDiffer);
            code.loadConstant(HALF_UNIT - 1).iand().i2l().ladd();
            fallen(a, b);
            code.iload(signsDiffer).iand().loadConstant(HALF_UNIT).iand().i2l().ladd();
        }
        code.loadConstant(~WideFloat.LOW).land().lstore(result);
    }

    /** Pushes an int of ones if the exact sum has a lower exponent than its greater operand, else 0. */
    private void fallen(Runnable a, Runnable b) {
        code.lload(exact);
        high();
        code.loadConstant(Integer.MAX_VALUE).iand();
        pushHighExponent(a);
        pushHighExponent(b);
        code.invokestatic(MATH, "max", MAX).isub().loadConstant(31).ishr();
    }

    private void pushHighExponent(Runnable number) {
        number.run();
        high();
        code.loadConstant(WideFloat.HIGH_EXPONENT).iand();
    }

    /** Leaves the upper word of a wide form: constants of 32 bits stand in the host's instructions, those of 64 beside them. */
    private void high() {
        code.loadConstant(32).lushr().l2i();
    }

    /** Leaves a product on the stack: the exact one truncated, unless so few bits are dropped that the EE's adder tree may lose a carry. */
    private void product(int s, int t) {
        Label where = emitter.exitHere();
        Label inRange = code.newLabel();
        Label done = code.newLabel();
        registers.pushFloat(s);
        toDouble();
        registers.pushFloat(t);
        toDouble();
        code.dmul();
        fromDouble();
        code.lstore(exact).lload(exact).loadConstant(~WideFloat.LOW).land().lstore(result);
        jumpInRange(inRange);
        code.lload(exact).iconst_1().lshl().lconst_0().lcmp().ifne(where);
        code.lload(exact).lstore(result).goto_(done);
        code.labelBinding(inRange);
        code.lload(exact).l2i().loadConstant(WideFloat.NOT_LOSSY).iand().ifne(done);
        registers.pushFloat(t);
        code.loadConstant(19).lshl().lconst_0().lcmp().ifeq(done); // eight bits or fewer: no partial product is negated
        code.lload(result);
        registers.pushFloat(s);
        registers.pushFloat(t);
        code.invokestatic(WIDE_FLOAT, "withLostCarry", MethodTypeDesc.ofDescriptor("(JJJ)J"));
        leaveIfFlagged(where);
        code.labelBinding(done).lload(result);
    }

    private void jumpInRange(Label inRange) {
        code.lload(result);
        high();
        code.iconst_1()
                .ishl()
                .loadConstant(Integer.MIN_VALUE - WideFloat.TWICE_LEAST)
                .iadd();
        code.loadConstant(Integer.MIN_VALUE + WideFloat.TWICE_RANGE).if_icmplt(inRange);
    }

    /** Takes the result on the stack, or leaves the region if it raised a flag. */
    private void takeUnflagged(int d) {
        leaveIfFlagged(emitter.exitHere());
        code.lload(result);
        registers.popFloat(d);
    }

    private void leaveIfFlagged(Label flagged) {
        code.lstore(result).lload(result).loadConstant(WideFloat.FLAGGED).lcmp().ifeq(flagged);
    }

    private void choose(String name, int d, int s, int t) {
        registers.pushFloat(s);
        registers.pushFloat(t);
        code.invokestatic(WIDE_FLOAT, name, BINARY);
        registers.popFloat(d);
    }

    private void compare(Operation operation) {
        emitter.push(Datum.PROCESSOR);
        code.invokevirtual(RegionEmitter.PROCESSOR, "fpu", MethodTypeDesc.of(RegionEmitter.FPU));
        emitter.pushClockAfter(operation);
        registers.pushControl();
        code.invokevirtual(RegionEmitter.FPU, "compared", MethodTypeDesc.ofDescriptor("(JI)V"));
        registers.pushControl();
        code.istore(controlBefore);
        registers.pushControl();
        code.loadConstant(~Fpu.C).iand();
        registers.popControl();
        if (operation.row() == Instruction.C_F_S) {
            return;
        }
        Label done = code.newLabel();
        registers.pushFloat(operation.s());
        registers.pushFloat(operation.t());
        code.invokestatic(WIDE_FLOAT, "compare", MethodTypeDesc.ofDescriptor("(JJ)I"));
        switch (operation.row()) {
            case C_EQ_S -> code.ifne(done);
            case C_LT_S -> code.ifge(done);
            default -> code.ifgt(done);
        }
        registers.pushControl();
        code.loadConstant(Fpu.C).ior();
        registers.popControl();
        code.labelBinding(done);
    }

    /** Puts the last comparison at a later time. */
    void comparedLater(int halfCycles) {
        emitter.push(Datum.PROCESSOR);
        code.invokevirtual(RegionEmitter.PROCESSOR, "fpu", MethodTypeDesc.of(RegionEmitter.FPU));
        code.loadConstant(halfCycles);
        code.invokevirtual(RegionEmitter.FPU, "comparedLater", MethodTypeDesc.ofDescriptor("(I)V"));
    }

    /** Jumps to {@code to} if BC1 is taken, or if it is not. Directly behind a comparison it tests the condition before that. */
    void emitCondition(Operation branch, boolean afterCompare, Label to, boolean ifTaken) {
        if (afterCompare) {
            code.iload(controlBefore);
        } else {
            registers.pushControl();
        }
        code.loadConstant(Fpu.C).iand();
        boolean onTrue = branch.row() == Instruction.BC1T || branch.row() == Instruction.BC1TL;
        if (onTrue == ifTaken) {
            code.ifne(to);
        } else {
            code.ifeq(to);
        }
    }

    /** A branch at the start of a block cannot tell what stood before it. */
    static boolean needsPredecessor(Operation branch) {
        return branch.row().unit == Instruction.Unit.FPU;
    }
}
