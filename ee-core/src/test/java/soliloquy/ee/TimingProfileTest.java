package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cycles of programs as they run, interpreted and compiled. Expected values are added up by hand from the costs of docs/timing.md. */
class TimingProfileTest {
    /** Rounds of the loop: enough for its code to be compiled. */
    private static final int ROUNDS = 20_000;

    private final TestMachine machine = new TestMachine();

    /** Cycles of the loop {@code words} whose last two are a branch back and its slot, per round. */
    private double cyclesOfARound(boolean compiled, int... words) {
        machine.cpu.recompile(compiled);
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(PROGRAM + 4 * i, words[i]);
        }
        machine.ram.write32(PROGRAM + 4 * words.length, Instruction.BREAK.encoding.match());
        machine.bus.codeWritten(PROGRAM, 4 * words.length + 4);
        machine.set(8, ROUNDS, 0);
        long before = machine.cpu.cycles();
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(before + 100L * ROUNDS);
        assertThat(machine.raised).hasSize(1);
        assertThat(machine.cpu.regions() > 0).isEqualTo(compiled);
        return (double) (machine.cpu.cycles() - before) / ROUNDS;
    }

    private static int back(int words) {
        return immediate(Instruction.BNE, 0, 8, -words);
    }

    private static final int COUNT = immediate(Instruction.ADDIU, 8, 8, -1);

    /** Two, the branch with the second of them; the slot alone: three cycles. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoopThatIsGuessedRight(boolean compiled) {
        double cycles = cyclesOfARound(
                compiled, COUNT, three(Instruction.ADDU, 9, 4, 5), three(Instruction.ADDU, 10, 4, 5), back(4), 0);
        assertThat(cycles).isCloseTo(3, offset(0.01));
    }

    /** COUNT, then BEQ with nothing beside it and its slot, then BNE and its slot: five; three more if BEQ is taken. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrongGuessTakesThreeCycles(boolean compiled) {
        int notTaken = immediate(Instruction.BEQ, 0, 8, 1);
        int taken = immediate(Instruction.BGEZ, 1, 8, 1);
        double right = cyclesOfARound(compiled, COUNT, notTaken, 0, back(4), 0);
        machine.raised.clear();
        double wrong = cyclesOfARound(compiled, COUNT, taken, 0, back(4), 0);
        assertThat(right).isCloseTo(5, offset(0.01));
        assertThat(wrong).isCloseTo(8, offset(0.01));
    }

    /** BC1T directly behind a comparison sees the condition before it, also where a wrong guess lies between them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aComparisonInTheSlotOfAWrongGuess(boolean compiled) {
        cyclesOfARound(
                compiled,
                COUNT,
                immediate(Instruction.BGEZ, 1, 8, 2),
                Instruction.C_EQ_S.encoding.match(),
                0,
                Instruction.BC1T.encoding.match() | 2,
                0,
                immediate(Instruction.ADDIU, 9, 9, 1),
                Instruction.C_F_S.encoding.match(),
                0,
                back(10),
                0);
        assertThat(machine.low(9)).isEqualTo(ROUNDS);
    }

    /** DIV keeps its unit for 37 cycles, and the end of the block waits for it; the branch and its slot run beside. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoopAroundADivision(boolean compiled) {
        double cycles = cyclesOfARound(compiled, three(Instruction.DIV, 0, 4, 5), COUNT, back(3), 0);
        assertThat(cycles).isCloseTo(37, offset(0.01));
    }

    /** One for each instruction, two for MULT. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSimpleProfileCountsInstructions(boolean compiled) {
        machine.cpu.timing(TimingProfile.SIMPLE);
        double cycles = cyclesOfARound(compiled, three(Instruction.MULT, 9, 4, 5), COUNT, back(3), 0);
        assertThat(cycles).isCloseTo(5, offset(0.01));
    }

    /** COP0 Count goes on by the same cycles: two MFC0 with a DIV and its MFLO between them. */
    @Test
    void countShowsThePassingCycles() {
        int count = 9 << 11;
        int[] block = {
            Instruction.MFC0.encoding.match() | 8 << 16 | count,
            three(Instruction.ADDU, 8, 8, 0),
            three(Instruction.DIV, 0, 4, 5),
            three(Instruction.MFLO, 9, 0, 0),
            three(Instruction.ADDU, 9, 9, 0),
            Instruction.MFC0.encoding.match() | 10 << 16 | count
        };
        machine.run(block);
        // MFC0 in cycle 0, ADDU and DIV in 1, MFLO in 38, ADDU and MFC0 in 39
        assertThat(machine.low(10) - machine.low(8)).isEqualTo(39);
    }

    /** Two MFC0 never share a cycle, so that Count differs between them, whatever is issued beside the second. */
    @Test
    void countDiffersBetweenTwoReads() {
        int count = 9 << 11;
        int first = Instruction.MFC0.encoding.match() | 8 << 16 | count;
        int second = Instruction.MFC0.encoding.match() | 9 << 16 | count;
        machine.run(first, second, 0);
        assertThat(machine.low(9) - machine.low(8)).isEqualTo(1);
        machine.run(0, first, second, 0);
        assertThat(machine.low(9) - machine.low(8)).isEqualTo(1);
    }
}
