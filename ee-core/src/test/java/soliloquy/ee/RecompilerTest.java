package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecompilerTest {
    private static final int T0 = 8;
    private static final int T1 = 9;
    private static final int V0 = 2;
    private static final int RA = 31;
    private static final int TURNS = 20_000;

    private final TestMachine machine = new TestMachine();

    /** Adds {@code step} to t1 {@link #TURNS} times. */
    private void runLoop(int step) {
        run(
                immediate(Instruction.ORI, T0, 0, TURNS),
                immediate(Instruction.ORI, T1, 0, 0),
                immediate(Instruction.ADDIU, T0, T0, -1),
                immediate(Instruction.BNE, 0, T0, -2),
                immediate(Instruction.ADDIU, T1, T1, step));
        assertThat(machine.low(T1)).isEqualTo((long) step * TURNS);
    }

    private void run(int... words) {
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(PROGRAM + 4 * i, words[i]);
        }
        machine.ram.write32(PROGRAM + 4 * words.length, Instruction.BREAK.encoding.match());
        machine.bus.codeWritten(PROGRAM, 4 * words.length + 4);
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(machine.cpu.cycles() + 10_000_000);
        assertThat(machine.raised.removeLast().code()).isEqualTo(ExceptionCode.BREAKPOINT);
    }

    @Test
    void aProgramLoadedOverAnotherIsCompiledToo() {
        for (int step = 1; step <= 6; step++) {
            runLoop(step);
            assertThat(machine.cpu.regions()).as("regions of program %d", step).isPositive();
        }
    }

    @Test
    void straightCodeLongerThanARegionIsCompiledToItsEnd() {
        int[] words = new int[303];
        words[0] = immediate(Instruction.ORI, T0, 0, TURNS);
        Arrays.fill(words, 1, 300, immediate(Instruction.ADDIU, T1, T1, 1));
        words[300] = immediate(Instruction.ADDIU, T0, T0, -1);
        words[301] = immediate(Instruction.BNE, 0, T0, -301);
        words[302] = immediate(Instruction.ADDIU, T1, T1, 1);
        run(words);
        assertThat(machine.low(T1)).isEqualTo(300L * TURNS);
        assertThat(machine.cpu.regionGuestBytes()).isGreaterThanOrEqualTo(4 * 302);
    }

    /** The outer loop is known before the inner one goes round: its region ends before the inner one, not somewhere within. */
    @Test
    void aLoopThatFindsNoRoomIsARegionFromItsHeadOn() {
        int before = 8;
        int inner = 1 + before;
        int length = RegionShape.MOST_OPERATIONS + 50;
        int[] words = new int[inner + length + 6];
        Arrays.fill(words, immediate(Instruction.ADDIU, T1, T1, 1));
        words[0] = immediate(Instruction.ORI, T0, 0, TURNS);
        words[1] = immediate(Instruction.SLTI, V0, T0, TURNS / 2);
        words[2] = immediate(Instruction.ADDIU, V0, V0, 1);
        words[inner + length] = immediate(Instruction.ADDIU, V0, V0, -1);
        words[inner + length + 1] = immediate(Instruction.BNE, 0, V0, -length - 2);
        words[inner + length + 2] = 0;
        words[inner + length + 3] = immediate(Instruction.ADDIU, T0, T0, -1);
        words[inner + length + 4] = immediate(Instruction.BNE, 0, T0, -inner - length - 4);
        words[inner + length + 5] = 0;
        run(words);
        assertThat(machine.cpu.regionAt(PROGRAM + 4)).isNotNull();
        assertThat(machine.cpu.regionAt(PROGRAM + 4 * inner)).isNotNull();
        for (int i = 1; i < RegionShape.MOST_OPERATIONS; i++) {
            assertThat(machine.cpu.regionAt(PROGRAM + 4 * (inner + i)))
                    .as("instruction %d of it", i)
                    .isNull();
        }
    }

    /** The loop is left at each load from there, where the interpreter goes on: the region behind the call leads to it. */
    @Test
    void nothingBeginsWhereARegionIsLeftForOneInstruction() {
        int function = 16;
        int[] words = new int[24];
        words[0] = immediate(Instruction.ORI, T0, 0, TURNS);
        words[1] = immediate(Instruction.LUI, V0, 0, 0x8020);
        Arrays.fill(words, 2, 24, immediate(Instruction.ADDIU, T1, T1, 1));
        words[5] = immediate(Instruction.LW, 10, V0, 0);
        words[8] = immediate(Instruction.ADDIU, T0, T0, -1);
        words[9] = immediate(Instruction.BEQ, 0, T0, 14);
        words[10] = 0;
        words[11] = Instruction.JAL.encoding.match() | PROGRAM + 4 * function >>> 2;
        words[12] = 0;
        words[13] = Instruction.J.encoding.match() | PROGRAM + 4 * 2 >>> 2;
        words[14] = 0;
        words[22] = Instruction.JR.encoding.match() | RA << 21;
        words[23] = 0;
        run(words);
        assertThat(machine.cpu.regionAt(PROGRAM + 4 * 2)).isNotNull();
        assertThat(machine.cpu.regionAt(PROGRAM + 4 * 13)).isNotNull();
        assertThat(machine.cpu.regionAt(PROGRAM + 4 * 5)).isNull();
    }

    /** The interpreter looks from time to time where it is, and finds the branch of a loop that lasts about as long as that as well. */
    @ParameterizedTest
    @ValueSource(ints = {300, 2565, 2566, 2567, 2570, 2575, 3500, 7000})
    void noLoopKeepsStepWithTheLooksAtIt(int length) {
        int[] words = new int[length];
        words[0] = immediate(Instruction.ORI, T0, 0, 400);
        words[length - 3] = immediate(Instruction.ADDIU, T0, T0, -1);
        words[length - 2] = immediate(Instruction.BNE, 0, T0, 2 - length);
        run(words);
        assertThat(machine.cpu.regions()).isPositive();
    }

    @Test
    void codeThatKeepsChangingIsLeftToTheInterpreter() {
        for (int step = 1; step <= 60; step++) {
            runLoop(step);
        }
        assertThat(machine.cpu.regions()).isZero();
        runLoop(7);
        assertThat(machine.cpu.regions()).isZero();
    }

    /** In the slot of a branch that costs more one way than the other. */
    @Test
    void countIsReadAsByTheInterpreter() {
        int readCount = Instruction.MFC0.encoding.match() | T1 << 16 | Cop0.COUNT << 11;
        int[] words = {
            immediate(Instruction.ORI, T0, 0, TURNS),
            immediate(Instruction.ORI, V0, 0, 0),
            three(Instruction.ADDU, V0, V0, T1),
            immediate(Instruction.ADDIU, T0, T0, -1),
            immediate(Instruction.BNE, 0, T0, -3),
            readCount
        };
        run(words);
        assertThat(machine.cpu.regions()).isPositive();
        RecompilerTest interpreted = new RecompilerTest();
        interpreted.machine.cpu.recompile(false);
        interpreted.run(words);
        assertThat(machine.low(T1)).isPositive().isEqualTo(interpreted.machine.low(T1));
        assertThat(machine.low(V0)).isEqualTo(interpreted.machine.low(V0));
    }

    @Test
    void switchedOffNothingIsCompiled() {
        machine.cpu.recompile(false);
        runLoop(3);
        assertThat(machine.cpu.regions()).isZero();
    }

    /** The caller adds words to v0; its callee leaves 64 bits there, which the caller first took for a word. */
    @Test
    void aRegisterThatHoldsMoreThanAWordAfterACallIsToldOnce() {
        int function = PROGRAM + 0x100;
        machine.ram.write32(function, three(Instruction.DSLL32, V0, 0, T0) | 4 << 6); // v0 = t0 << 36
        machine.ram.write32(function + 4, Instruction.BNE.encoding.match() | T0 << 21 | 3); // a branch: not so small
        machine.ram.write32(function + 8, 0);
        machine.ram.write32(function + 12, Instruction.JR.encoding.match() | RA << 21);
        machine.ram.write32(function + 16, 0);
        machine.ram.write32(function + 20, Instruction.JR.encoding.match() | RA << 21);
        machine.ram.write32(function + 24, 0);
        run(
                immediate(Instruction.ORI, T0, 0, TURNS),
                immediate(Instruction.ORI, T1, 0, 0),
                Instruction.LUI.encoding.match() | 10 << 16 | function >>> 16,
                immediate(Instruction.ORI, 10, 10, function),
                three(Instruction.JALR, RA, 10, 0),
                0,
                three(Instruction.DSRL32, V0, 0, V0) | 4 << 6, // back to t0
                three(Instruction.ADDU, T1, T1, V0),
                immediate(Instruction.ADDIU, V0, 0, 5),
                immediate(Instruction.ADDIU, T0, T0, -1),
                immediate(Instruction.BNE, 0, T0, -7),
                0);
        assertThat(machine.low(T1)).isEqualTo(TURNS * (TURNS + 1) / 2);
        assertThat(machine.cpu.regionsCompiled()).isLessThan(12);
    }
}
