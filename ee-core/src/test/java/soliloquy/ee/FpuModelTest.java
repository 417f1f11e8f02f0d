package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the FPU, with the flags it leaves in FCR31, against {@link FpuModel} on millions of operands. */
class FpuModelTest {
    private static final int TRIES = 1_000_000;
    private static final int TRIES_AS_WORDS = 5_000;
    private static final int FIXED = 0x0100_0001;
    private static final int WRITABLE = 0x0083_C078;

    /** Moves and branches, which are not arithmetic; {@link FpuControlTest} has them. */
    private static final Set<Instruction> CONTROL = EnumSet.of(
            Instruction.LWC1,
            Instruction.SWC1,
            Instruction.MFC1,
            Instruction.MTC1,
            Instruction.CFC1,
            Instruction.CTC1,
            Instruction.BC1F,
            Instruction.BC1T,
            Instruction.BC1FL,
            Instruction.BC1TL);

    private final TestMachine machine = new TestMachine();
    private final Fpu fpu = machine.cpu.fpu();

    static Set<Instruction> rows() {
        return Arrays.stream(Instruction.values())
                .filter(row -> row.unit == Instruction.Unit.FPU && !CONTROL.contains(row))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Instruction.class)));
    }

    /** What an instruction leaves: a number in its destination or the accumulator, and FCR31. */
    private record Outcome(int bits, boolean toAccumulator, int fcr31) {}

    private static Outcome ranged(FpuModel.Result result, boolean toAccumulator, int fcr31) {
        return new Outcome(
                result.bits(), toAccumulator, FpuModel.fcr31(fcr31, FpuModel.O | FpuModel.U, result.causes()));
    }

    private static Outcome divided(FpuModel.Result result, int fcr31) {
        return new Outcome(result.bits(), false, FpuModel.fcr31(fcr31, FpuModel.I | FpuModel.D, result.causes()));
    }

    private static Outcome cleared(int bits, int fcr31) {
        return new Outcome(bits, false, fcr31 & ~(FpuModel.O | FpuModel.U));
    }

    private static Outcome compared(int fd, boolean holds, int fcr31) {
        return new Outcome(fd, false, holds ? fcr31 | FpuModel.C : fcr31 & ~FpuModel.C);
    }

    /** The model of {@code row}; a row without one fails. */
    private static Outcome expected(Instruction row, int fd, int fs, int ft, int acc, int fcr31) {
        int minusFt = ft ^ 0x8000_0000;
        return switch (row) {
            case ADD_S, ADDA_S -> ranged(FpuModel.sum(fs, ft), row == Instruction.ADDA_S, fcr31);
            case SUB_S, SUBA_S -> ranged(FpuModel.sum(fs, minusFt), row == Instruction.SUBA_S, fcr31);
            case MUL_S, MULA_S -> ranged(FpuModel.product(fs, ft), row == Instruction.MULA_S, fcr31);
            case MADD_S, MADDA_S -> ranged(FpuModel.multiplyAdd(acc, fs, ft, false), row == Instruction.MADDA_S, fcr31);
            case MSUB_S, MSUBA_S -> ranged(FpuModel.multiplyAdd(acc, fs, ft, true), row == Instruction.MSUBA_S, fcr31);
            case DIV_S -> divided(FpuModel.quotient(fs, ft), fcr31);
            case SQRT_S -> divided(FpuModel.root(ft), fcr31);
            case RSQRT_S -> divided(FpuModel.reciprocalRoot(fs, ft), fcr31);
            case ABS_S -> cleared(fs & 0x7FFF_FFFF, fcr31);
            case NEG_S -> cleared(fs ^ 0x8000_0000, fcr31);
            case MAX_S -> cleared(FpuModel.key(fs) > FpuModel.key(ft) ? fs : ft, fcr31);
            case MIN_S -> cleared(FpuModel.key(fs) < FpuModel.key(ft) ? fs : ft, fcr31);
            case MOV_S -> new Outcome(fs, false, fcr31);
            case CVT_W_S -> new Outcome(FpuModel.toWord(fs), false, fcr31);
            case CVT_S_W -> new Outcome(FpuModel.fromWord(fs), false, fcr31);
            case C_F_S -> compared(fd, false, fcr31);
            case C_EQ_S -> compared(fd, FpuModel.compare(fs, ft) == 0, fcr31);
            case C_LT_S -> compared(fd, FpuModel.compare(fs, ft) < 0, fcr31);
            case C_LE_S -> compared(fd, FpuModel.compare(fs, ft) <= 0, fcr31);
            default -> throw new IllegalArgumentException(row + " has no model");
        };
    }

    /** What the interpreter calls for {@code row} with fd 2, fs 0, ft 1. */
    private void execute(Instruction row) {
        int[] f = machine.cpu.fpr;
        switch (row) {
            case ADD_S -> f[2] = fpu.add(f[0], f[1]);
            case SUB_S -> f[2] = fpu.add(f[0], f[1] ^ 0x8000_0000);
            case MUL_S -> f[2] = fpu.multiply(f[0], f[1]);
            case C_F_S, C_EQ_S, C_LT_S, C_LE_S -> fpu.compare(row, 0, 1, 0);
            default -> fpu.execute(row, 2, 0, 1);
        }
    }

    private void executeAsWord(Instruction row) {
        machine.run(row.encoding.match() | 1 << 16 | (row.format == OperandFormat.FS_FT ? 0 : 2 << 6));
    }

    private void prepare(int fs, int ft, int fd, int acc, int fcr31) {
        machine.cpu.fpr[0] = fs;
        machine.cpu.fpr[1] = ft;
        machine.cpu.fpr[2] = fd;
        machine.cpu.acc = acc;
        machine.cpu.fcr31 = fcr31;
    }

    private void check(Instruction row, FloatOperands operands, boolean asWord) {
        int fs = operands.next();
        int ft = operands.near(fs);
        int fd = operands.next();
        int acc = operands.near(fs);
        int fcr31 = FIXED | operands.flags() & WRITABLE;
        prepare(fs, ft, fd, acc, fcr31);
        if (asWord) {
            executeAsWord(row);
            prepare(fs, ft, fd, acc, fcr31);
            machine.runAgain();
        } else {
            execute(row);
        }
        Outcome outcome = expected(row, fd, fs, ft, acc, fcr31);
        int wantedFd = outcome.toAccumulator ? fd : outcome.bits;
        int wantedAcc = outcome.toAccumulator ? outcome.bits : acc;
        if (machine.cpu.fpr[2] != wantedFd || machine.cpu.acc != wantedAcc || machine.cpu.fcr31 != outcome.fcr31) {
            assertThat("%08x %08x %08x".formatted(machine.cpu.fpr[2], machine.cpu.acc, machine.cpu.fcr31))
                    .as("%s: fd, ACC, FCR31 with fs %08x, ft %08x, ACC %08x, FCR31 %08x", row, fs, ft, acc, fcr31)
                    .isEqualTo("%08x %08x %08x".formatted(wantedFd, wantedAcc, outcome.fcr31));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void agreesWithTheModel(Instruction row) {
        FloatOperands operands = new FloatOperands(new Random(row.ordinal()));
        for (int i = 0; i < TRIES; i++) {
            check(row, operands, false);
        }
        for (int i = 0; i < TRIES_AS_WORDS; i++) {
            check(row, operands, true);
        }
    }

    @Test
    void agreesWithTheModelOnEveryPairOfEdges() {
        for (Instruction row : rows()) {
            FloatOperands operands = FloatOperands.ofEdges();
            for (int i = 0; i < operands.pairs(); i++) {
                check(row, operands, false);
            }
        }
    }

    /** The short cuts of the interpreter's loop give the model's result without flags, or none. */
    @Test
    void shortCutsAgreeWithTheModel() {
        FloatOperands operands = new FloatOperands(new Random(3));
        for (int i = 0; i < 2 * TRIES; i++) {
            int fs = operands.next();
            int ft = operands.near(fs);
            shortCut("+", fs, ft, EeFloat.ordinarySum(fs, ft), FpuModel.sum(fs, ft));
            shortCut("*", fs, ft, EeFloat.ordinaryProduct(fs, ft), FpuModel.product(fs, ft));
        }
    }

    private static void shortCut(String operation, int fs, int ft, long found, FpuModel.Result result) {
        if (found >= 0 && ((int) found != result.bits() || result.causes() != 0)) {
            assertThat("%08x, causes 0".formatted(found))
                    .as("%08x %s %08x", fs, operation, ft)
                    .isEqualTo("%08x, causes %x".formatted(result.bits(), result.causes()));
        }
    }

    /** Independent of the recurrences: quotients and roots lie within one unit of the exact ones, which fit in doubles. */
    @Test
    void quotientsAndRootsAreNearTheExactOnes() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000_000; i++) {
            int a = 0x3F800000 + random.nextInt(0x1000000);
            int b = 0x3F800000 + random.nextInt(0x1000000);
            int quotient = Float.floatToRawIntBits(Float.intBitsToFloat(a) / Float.intBitsToFloat(b));
            int root = Float.floatToRawIntBits((float) Math.sqrt(Float.intBitsToFloat(a)));
            if (Math.abs(EeFloat.div(a, b) - quotient) > 1 || Math.abs(EeFloat.sqrt(a) - root) > 1) {
                assertThat(EeFloat.div(a, b)).as("%08x / %08x", a, b).isBetween(quotient - 1, quotient + 1);
                assertThat(EeFloat.sqrt(a)).as("root of %08x", a).isBetween(root - 1, root + 1);
            }
        }
    }
}
