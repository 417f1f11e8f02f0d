package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums and products of compiled code, which makes them in doubles, against {@link EeFloat}, which computes with integers. */
class CompiledFloatTest {
    private static final int FIRST = 0x0020_0000;
    private static final int TURNS = 1_000_000;
    private static final int BYTES = 16;
    private static final int OPERANDS = 8;
    private static final int END = 9;

    /** What compiled code does with the three numbers of a turn. */
    enum Arithmetic {
        SUM(Instruction.ADD_S),
        /** Into its operand, as sums that wait for each other. */
        RUNNING_SUM(Instruction.ADD_S),
        DIFFERENCE(Instruction.SUB_S),
        PRODUCT(Instruction.MUL_S),
        MULTIPLY_ADD(Instruction.MADD_S),
        MULTIPLY_SUBTRACT(Instruction.MSUB_S);

        final Instruction row;

        Arithmetic(Instruction row) {
            this.row = row;
        }

        int expected(int a, int b, int accumulator) {
            return switch (this) {
                case SUM, RUNNING_SUM -> EeFloat.add(a, b);
                case DIFFERENCE -> EeFloat.add(a, b ^ 0x8000_0000);
                case PRODUCT -> EeFloat.mul(a, b);
                case MULTIPLY_ADD, MULTIPLY_SUBTRACT ->
                    (int) EeFloat.maddFlags(accumulator, a, b, this == MULTIPLY_SUBTRACT);
            };
        }
    }

    private final TestMachine machine = new TestMachine();

    /** {@code row f(fd), f0, f1}. */
    private static int of(Instruction row, int fd, int fs, int ft) {
        return row.encoding.match() | ft << 16 | fs << 11 | fd << 6;
    }

    /** Each turn loads f0, f1 and the accumulator, and stores f2. */
    private void writeProgram(Instruction row, int operand) {
        int[] words = {
            immediate(Instruction.LWC1, 0, OPERANDS, 0),
            immediate(Instruction.LWC1, 1, OPERANDS, 4),
            immediate(Instruction.LWC1, 3, OPERANDS, 8),
            of(Instruction.ADDA_S, 0, 3, 4),
            of(Instruction.MOV_S, 2, 0, 0),
            of(row, 2, operand, 1),
            immediate(Instruction.ADDIU, OPERANDS, OPERANDS, BYTES),
            immediate(Instruction.BNE, END, OPERANDS, -8),
            immediate(Instruction.SWC1, 2, OPERANDS, 12 - BYTES),
            Instruction.BREAK.encoding.match()
        };
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(PROGRAM + 4 * i, words[i]);
        }
        machine.bus.codeWritten(PROGRAM, 4 * words.length);
    }

    @ParameterizedTest
    @EnumSource
    void isThatOfTheInterpreter(Arithmetic arithmetic) {
        Random random = new Random(arithmetic.ordinal());
        FloatOperands edges = FloatOperands.ofEdges();
        FloatOperands operands = new FloatOperands(random);
        for (int i = 0; i < TURNS; i++) {
            int at = FIRST + i * BYTES;
            FloatOperands pair = i < edges.pairs() ? edges : operands;
            int a = pair.next();
            int b = pair.near(a);
            machine.ram.write32(at, a);
            machine.ram.write32(at + 4, b);
            machine.ram.write32(at + 8, random.nextBoolean() ? operands.next() : operands.near(EeFloat.mul(a, b)));
        }
        writeProgram(arithmetic.row, arithmetic == Arithmetic.RUNNING_SUM ? 2 : 0);
        machine.cpu.fpr[4] = 0x8000_0000;
        machine.set(OPERANDS, FIRST, 0);
        machine.set(END, FIRST + TURNS * BYTES, 0);
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(machine.cpu.cycles() + 100L * TURNS);
        assertThat(machine.raised.removeLast().code()).isEqualTo(ExceptionCode.BREAKPOINT);
        assertThat(machine.cpu.regions()).isPositive();
        for (int at = FIRST; at < FIRST + TURNS * BYTES; at += BYTES) {
            compare(arithmetic, at);
        }
    }

    private void compare(Arithmetic arithmetic, int at) {
        int a = machine.ram.read32(at);
        int b = machine.ram.read32(at + 4);
        int loaded = machine.ram.read32(at + 8);
        // ADDA.S with -0 makes +0 of a number whose exponent is 0
        int accumulator = EeFloat.add(loaded, 0x8000_0000);
        int expected = arithmetic.expected(a, b, accumulator);
        int bits = machine.ram.read32(at + 12);
        if (bits != expected) {
            assertThat("0x%08x".formatted(bits))
                    .as("0x%08x and 0x%08x, accumulator 0x%08x", a, b, accumulator)
                    .isEqualTo("0x%08x".formatted(expected));
        }
    }
}
