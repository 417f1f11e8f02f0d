package soliloquy.ee;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Branches, jumps, traps and calls. Conditions are on 64 bits and read before anything is written; link registers are written
 * whether the branch is taken or not; a likely branch that is not taken nullifies its slot. Source: ps2autotests cpu/ee/branch, 284
 * rows, and branchdelay.
 */
final class ControlModels {
    /** The branch stands at this address. */
    private static final BigInteger LINK = BigInteger.valueOf(TestMachine.PROGRAM + 8);

    private ControlModels() {}

    static void addTo(Map<Instruction, InstructionModel> models) {
        pair(models, "EQ", (a, b) -> a.equals(b));
        pair(models, "NE", (a, b) -> !a.equals(b));
        sign(models, "LEZ", a -> a.signum() <= 0, false);
        sign(models, "GTZ", a -> a.signum() > 0, false);
        sign(models, "LTZ", a -> a.signum() < 0, true);
        sign(models, "GEZ", a -> a.signum() >= 0, true);
        models.put(Instruction.J, (s, o) -> jump(s, region(o)));
        models.put(Instruction.JAL, (s, o) -> {
            jump(s, region(o));
            s.set64(31, LINK);
        });
        models.put(Instruction.JR, (s, o) -> jump(s, s.u32(o.rs()).intValue()));
        models.put(Instruction.JALR, (s, o) -> {
            jump(s, s.u32(o.rs()).intValue());
            s.set64(o.rd(), LINK);
        });
        trap(models, "GE", true, (a, b) -> a.compareTo(b) >= 0);
        trap(models, "LT", true, (a, b) -> a.compareTo(b) < 0);
        trap(models, "EQ", false, BigInteger::equals);
        trap(models, "NE", false, (a, b) -> !a.equals(b));
        models.put(Instruction.SYSCALL, (s, o) -> s.raised = ExceptionCode.SYSCALL);
        models.put(Instruction.BREAK, (s, o) -> s.raised = ExceptionCode.BREAKPOINT);
    }

    /** In the 256 MB of the delay slot, which are the first. */
    private static int region(Operands o) {
        return (o.word() & 0x03FF_FFFF) << 2;
    }

    private static void jump(ModelState s, int target) {
        s.taken = true;
        s.target = target;
    }

    private static void branch(ModelState s, Operands o, boolean condition, boolean likely) {
        if (condition) {
            jump(s, TestMachine.PROGRAM + 4 + 4 * o.immediate());
        } else {
            s.nullified = likely;
        }
    }

    private static void pair(
            Map<Instruction, InstructionModel> models, String name, BiPredicate<BigInteger, BigInteger> condition) {
        for (String likely : new String[] {"", "L"}) {
            models.put(
                    Instruction.valueOf("B" + name + likely),
                    (s, o) -> branch(s, o, condition.test(s.u64(o.rs()), s.u64(o.rt())), !likely.isEmpty()));
        }
    }

    private static void sign(
            Map<Instruction, InstructionModel> models,
            String name,
            java.util.function.Predicate<BigInteger> condition,
            boolean links) {
        for (String likely : new String[] {"", "L"}) {
            models.put(
                    Instruction.valueOf("B" + name + likely),
                    (s, o) -> branch(s, o, condition.test(s.s64(o.rs())), !likely.isEmpty()));
            if (links) {
                models.put(Instruction.valueOf("B" + name + "AL" + likely), (s, o) -> {
                    branch(s, o, condition.test(s.s64(o.rs())), !likely.isEmpty());
                    s.set64(31, LINK);
                });
            }
        }
    }

    private static void trap(
            Map<Instruction, InstructionModel> models,
            String name,
            boolean ordered,
            BiPredicate<BigInteger, BigInteger> condition) {
        models.put(Instruction.valueOf("T" + name), (s, o) -> raise(s, condition.test(s.s64(o.rs()), s.s64(o.rt()))));
        models.put(Instruction.valueOf("T" + name + "I"), (s, o) -> raise(s, condition.test(s.s64(o.rs()), imm(o))));
        if (ordered) {
            models.put(
                    Instruction.valueOf("T" + name + "U"),
                    (s, o) -> raise(s, condition.test(s.u64(o.rs()), s.u64(o.rt()))));
            models.put(
                    Instruction.valueOf("T" + name + "IU"),
                    (s, o) -> raise(s, condition.test(s.u64(o.rs()), ModelState.unsigned(imm(o), 64))));
        }
    }

    private static BigInteger imm(Operands o) {
        return BigInteger.valueOf(o.immediate());
    }

    private static void raise(ModelState s, boolean condition) {
        if (condition) {
            s.raised = ExceptionCode.TRAP;
        }
    }
}
