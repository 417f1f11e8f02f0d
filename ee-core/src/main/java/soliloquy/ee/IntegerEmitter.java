package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumSet;
import java.util.Set;
import soliloquy.ee.RegionEmitter.Datum;

/** Writes integer arithmetic and the conditions of branches. */
final class IntegerEmitter {
    private static final Set<Instruction> ROWS = EnumSet.of(
            Instruction.SLL,
            Instruction.SRL,
            Instruction.SRA,
            Instruction.SLLV,
            Instruction.SRLV,
            Instruction.SRAV,
            Instruction.MOVZ,
            Instruction.MOVN,
            Instruction.SYNC,
            Instruction.PREF,
            Instruction.MFHI,
            Instruction.MFLO,
            Instruction.MTHI,
            Instruction.MTLO,
            Instruction.MFHI1,
            Instruction.MFLO1,
            Instruction.MTHI1,
            Instruction.MTLO1,
            Instruction.DSLLV,
            Instruction.DSRLV,
            Instruction.DSRAV,
            Instruction.MULT,
            Instruction.MULTU,
            Instruction.MULT1,
            Instruction.MULTU1,
            Instruction.MADD,
            Instruction.MADDU,
            Instruction.MADD1,
            Instruction.MADDU1,
            Instruction.DIV,
            Instruction.DIVU,
            Instruction.DIV1,
            Instruction.DIVU1,
            Instruction.ADDU,
            Instruction.SUBU,
            Instruction.AND,
            Instruction.OR,
            Instruction.XOR,
            Instruction.NOR,
            Instruction.SLT,
            Instruction.SLTU,
            Instruction.DADDU,
            Instruction.DSUBU,
            Instruction.DSLL,
            Instruction.DSRL,
            Instruction.DSRA,
            Instruction.DSLL32,
            Instruction.DSRL32,
            Instruction.DSRA32,
            Instruction.ADDIU,
            Instruction.SLTI,
            Instruction.SLTIU,
            Instruction.ANDI,
            Instruction.ORI,
            Instruction.XORI,
            Instruction.LUI,
            Instruction.DADDIU);

    private static final Set<Instruction> BRANCHES = EnumSet.of(
            Instruction.BEQ,
            Instruction.BNE,
            Instruction.BLEZ,
            Instruction.BGTZ,
            Instruction.BLTZ,
            Instruction.BGEZ,
            Instruction.BEQL,
            Instruction.BNEL,
            Instruction.BLEZL,
            Instruction.BGTZL,
            Instruction.BLTZL,
            Instruction.BGEZL);

    private static final ClassDesc PROCESSOR = RegionEmitter.PROCESSOR;
    private static final ClassDesc LANES = ClassDesc.of("soliloquy.ee.Lanes");
    private static final MethodTypeDesc DIVISION = MethodTypeDesc.ofDescriptor("(II)I");
    private static final long LOW_WORD = 0xFFFF_FFFFL;

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionRegisters registers;

    IntegerEmitter(RegionEmitter emitter) {
        this.emitter = emitter;
        code = emitter.code;
        registers = emitter.registers;
    }

    /** True if regions can hold {@code operation}; branches to themselves stay with the interpreter, which lets time pass there. */
    static boolean supports(Operation operation) {
        return switch (operation.row()) {
            case J, JAL -> operation.target() != operation.address();
            case JR -> true;
            case MFC0 -> operation.t() == Cop0.COUNT;
            case JALR -> (operation.d() == R5900.RA || operation.d() == R5900.SINK) && operation.s() != operation.d();
            default ->
                BRANCHES.contains(operation.row()) && operation.target() != operation.address()
                        || ROWS.contains(operation.row());
        };
    }

    void emit(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        switch (operation.row()) {
            case SYNC, PREF -> {}
            case ADDU -> intSum(d, s, t);
            case SUBU -> ints(d, s, t, code::isub);
            case ADDIU -> {
                registers.pushInt(s);
                addConstant(t);
                registers.popInt(d);
            }
            case SLL -> shift(d, s, t, code::ishl);
            case SRL -> shift(d, s, t, code::iushr);
            case SRA -> shift(d, s, t, code::ishr);
            case SLLV -> ints(d, s, t, code::ishl);
            case SRLV -> ints(d, s, t, code::iushr);
            case SRAV -> ints(d, s, t, code::ishr);
            case LUI -> {
                code.loadConstant(t);
                registers.popInt(d);
            }
            case MFC0 -> {
                emitter.push(Datum.PROCESSOR);
                emitter.pushClockBefore();
                code.loadConstant((long) operation.cycles()).ladd();
                code.invokevirtual(PROCESSOR, "countAt", MethodTypeDesc.ofDescriptor("(J)I"));
                registers.popInt(d);
            }
            case AND -> logic(d, s, t, code::iand, code::land);
            case OR -> logic(d, s, t, code::ior, code::lor);
            case XOR -> logic(d, s, t, code::ixor, code::lxor);
            case NOR -> nor(d, s, t);
            case ANDI -> {
                registers.pushInt(s);
                code.loadConstant(t).iand();
                registers.popInt(d);
            }
            case ORI -> logicConstant(d, s, t, code::ior, code::lor);
            case XORI -> logicConstant(d, s, t, code::ixor, code::lxor);
            case SLT -> setIfLess(d, s, t, false);
            case SLTU -> setIfLess(d, s, t, true);
            case SLTI -> setIfLessConstant(d, s, t, false);
            case SLTIU -> setIfLessConstant(d, s, t, true);
            case MOVZ, MOVN -> conditionalMove(operation);
            case DADDU -> longSum(d, s, t);
            case DSUBU -> longs(d, s, t, code::lsub);
            case DADDIU -> {
                registers.pushLong(s);
                code.loadConstant((long) t).ladd();
                registers.popLong(d);
            }
            case DSLL -> longShift(d, s, t, code::lshl);
            case DSRL -> longShift(d, s, t, code::lushr);
            case DSRA -> longShift(d, s, t, code::lshr);
            case DSLL32 -> longShift(d, s, t + 32, code::lshl);
            case DSRL32 -> longShift(d, s, t + 32, code::lushr);
            case DSRA32 -> longShift(d, s, t + 32, code::lshr);
            case DSLLV -> variableShift(d, s, t, code::lshl);
            case DSRLV -> variableShift(d, s, t, code::lushr);
            case DSRAV -> variableShift(d, s, t, code::lshr);
            case MFLO -> move(d, R5900.LO);
            case MFHI -> move(d, R5900.HI);
            case MTLO -> move(R5900.LO, s);
            case MTHI -> move(R5900.HI, s);
            case MFLO1 -> move(d, R5900.LO + 1);
            case MFHI1 -> move(d, R5900.HI + 1);
            case MTLO1 -> move(R5900.LO + 1, s);
            case MTHI1 -> move(R5900.HI + 1, s);
            case MULT -> product(d, s, t, 0, true, false);
            case MULTU -> product(d, s, t, 0, false, false);
            case MULT1 -> product(d, s, t, 1, true, false);
            case MULTU1 -> product(d, s, t, 1, false, false);
            case MADD -> product(d, s, t, 0, true, true);
            case MADDU -> product(d, s, t, 0, false, true);
            case MADD1 -> product(d, s, t, 1, true, true);
            case MADDU1 -> product(d, s, t, 1, false, true);
            case DIV -> division(s, t, 0, "quotient", "remainder");
            case DIV1 -> division(s, t, 1, "quotient", "remainder");
            case DIVU -> division(s, t, 0, "quotientUnsigned", "remainderUnsigned");
            case DIVU1 -> division(s, t, 1, "quotientUnsigned", "remainderUnsigned");
            default -> throw new IllegalStateException(operation.row() + " is not integer arithmetic");
        }
    }

    /** Jumps to {@code to} if the branch is taken, or if it is not. */
    void emitCondition(Operation branch, Label to, boolean ifTaken) {
        int s = branch.s();
        int t = branch.t();
        switch (branch.row()) {
            case BEQ, BEQL -> compareEqual(s, t, to, ifTaken);
            case BNE, BNEL -> compareEqual(s, t, to, !ifTaken);
            case BLEZ, BLEZL -> jumpBySign(s, to, ifTaken, code::ifle, code::ifgt);
            case BGTZ, BGTZL -> jumpBySign(s, to, ifTaken, code::ifgt, code::ifle);
            case BLTZ, BLTZL -> jumpBySign(s, to, ifTaken, code::iflt, code::ifge);
            case BGEZ, BGEZL -> jumpBySign(s, to, ifTaken, code::ifge, code::iflt);
            default -> throw new IllegalStateException(branch.row() + " has no condition");
        }
    }

    private interface Jump {
        CodeBuilder to(Label label);
    }

    private void jumpBySign(int s, Label to, boolean ifTaken, Jump holds, Jump fails) {
        if (registers.isWord(s)) {
            registers.pushInt(s);
        } else {
            registers.pushLong(s);
            code.lconst_0().lcmp();
        }
        (ifTaken ? holds : fails).to(to);
    }

    private void compareEqual(int s, int t, Label to, boolean ifEqual) {
        if (registers.isWord(s) && registers.isWord(t)) {
            if (t == 0 || s == 0) {
                registers.pushInt(t == 0 ? s : t);
                Jump jump = ifEqual ? code::ifeq : code::ifne;
                jump.to(to);
            } else {
                ints(s, t);
                Jump jump = ifEqual ? code::if_icmpeq : code::if_icmpne;
                jump.to(to);
            }
        } else {
            longs(s, t);
            code.lcmp();
            Jump jump = ifEqual ? code::ifeq : code::ifne;
            jump.to(to);
        }
    }

    private void ints(int s, int t) {
        registers.pushInt(s);
        registers.pushInt(t);
    }

    private void longs(int s, int t) {
        registers.pushLong(s);
        registers.pushLong(t);
    }

    private void ints(int d, int s, int t, Runnable operator) {
        ints(s, t);
        operator.run();
        registers.popInt(d);
    }

    private void longs(int d, int s, int t, Runnable operator) {
        longs(s, t);
        operator.run();
        registers.popLong(d);
    }

    private void addConstant(int value) {
        if (value != 0) {
            code.loadConstant(value).iadd();
        }
    }

    private void intSum(int d, int s, int t) {
        if (t == 0 || s == 0) {
            registers.pushInt(t == 0 ? s : t);
            registers.popInt(d);
        } else {
            ints(d, s, t, code::iadd);
        }
    }

    private void longSum(int d, int s, int t) {
        if (t == 0 || s == 0) {
            move(d, t == 0 ? s : t);
        } else {
            longs(d, s, t, code::ladd);
        }
    }

    private void move(int d, int s) {
        if (registers.isWord(s)) {
            registers.pushInt(s);
            registers.popInt(d);
        } else {
            registers.pushLong(s);
            registers.popLong(d);
        }
    }

    private void shift(int d, int s, int count, Runnable operator) {
        registers.pushInt(s);
        if (count != 0) {
            code.loadConstant(count);
            operator.run();
        }
        registers.popInt(d);
    }

    private void longShift(int d, int s, int count, Runnable operator) {
        registers.pushLong(s);
        code.loadConstant(count);
        operator.run();
        registers.popLong(d);
    }

    private void variableShift(int d, int s, int t, Runnable operator) {
        registers.pushLong(s);
        registers.pushInt(t);
        operator.run();
        registers.popLong(d);
    }

    private void logic(int d, int s, int t, Runnable intOperator, Runnable longOperator) {
        if (registers.isWord(s) && registers.isWord(t)) {
            ints(d, s, t, intOperator);
        } else {
            longs(d, s, t, longOperator);
        }
    }

    private void nor(int d, int s, int t) {
        if (registers.isWord(s) && registers.isWord(t)) {
            ints(s, t);
            code.ior().iconst_m1().ixor();
            registers.popInt(d);
        } else {
            longs(s, t);
            code.lor().loadConstant(-1L).lxor();
            registers.popLong(d);
        }
    }

    private void logicConstant(int d, int s, int t, Runnable intOperator, Runnable longOperator) {
        if (registers.isWord(s)) {
            registers.pushInt(s);
            code.loadConstant(t);
            intOperator.run();
            registers.popInt(d);
        } else {
            registers.pushLong(s);
            code.loadConstant((long) t);
            longOperator.run();
            registers.popLong(d);
        }
    }

    private void setIfLess(int d, int s, int t, boolean unsigned) {
        if (registers.isWord(s) && registers.isWord(t)) {
            registers.pushInt(s);
            flip(unsigned);
            registers.pushInt(t);
            flip(unsigned);
            setBy(d, code::if_icmplt);
        } else {
            registers.pushLong(s);
            flipLong(unsigned);
            registers.pushLong(t);
            flipLong(unsigned);
            code.lcmp();
            setBy(d, code::iflt);
        }
    }

    private void setIfLessConstant(int d, int s, int t, boolean unsigned) {
        if (registers.isWord(s)) {
            registers.pushInt(s);
            flip(unsigned);
            code.loadConstant(unsigned ? t + Integer.MIN_VALUE : t);
            setBy(d, code::if_icmplt);
        } else {
            registers.pushLong(s);
            flipLong(unsigned);
            code.loadConstant(unsigned ? t + Long.MIN_VALUE : t).lcmp();
            setBy(d, code::iflt);
        }
    }

    /** Makes a signed comparison an unsigned one. */
    private void flip(boolean unsigned) {
        if (unsigned) {
            code.loadConstant(Integer.MIN_VALUE).iadd();
        }
    }

    private void flipLong(boolean unsigned) {
        if (unsigned) {
            code.loadConstant(Long.MIN_VALUE).ladd();
        }
    }

    private void setBy(int d, Jump jump) {
        Label less = code.newLabel();
        Label done = code.newLabel();
        jump.to(less);
        code.iconst_0().goto_(done);
        code.labelBinding(less).iconst_1();
        code.labelBinding(done);
        registers.popInt(d);
    }

    private void conditionalMove(Operation operation) {
        if (operation.d() == R5900.SINK) {
            return;
        }
        Label done = code.newLabel();
        compareEqual(operation.t(), 0, done, operation.row() == Instruction.MOVN);
        move(operation.d(), operation.s());
        code.labelBinding(done);
    }

    private void factor(int register, boolean signed) {
        registers.pushInt(register);
        code.i2l();
        if (!signed) {
            code.loadConstant(LOW_WORD).land();
        }
    }

    private void product(int d, int s, int t, int pipe, boolean signed, boolean accumulate) {
        factor(s, signed);
        factor(t, signed);
        code.lmul();
        if (accumulate) {
            registers.pushInt(R5900.LO + pipe);
            registers.pushInt(R5900.HI + pipe);
            code.invokestatic(LANES, "words", MethodTypeDesc.ofDescriptor("(II)J"))
                    .ladd();
        }
        code.dup2().l2i();
        if (d < R5900.SINK) {
            code.dup();
            registers.popInt(d);
        }
        registers.popInt(R5900.LO + pipe);
        code.bipush(32).lshr().l2i();
        registers.popInt(R5900.HI + pipe);
    }

    private void division(int s, int t, int pipe, String quotient, String remainder) {
        ints(s, t);
        code.invokestatic(PROCESSOR, quotient, DIVISION);
        ints(s, t);
        code.invokestatic(PROCESSOR, remainder, DIVISION);
        registers.popInt(R5900.HI + pipe);
        registers.popInt(R5900.LO + pipe);
    }
}
