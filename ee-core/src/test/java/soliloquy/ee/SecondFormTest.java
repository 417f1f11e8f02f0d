package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.shift;
import static soliloquy.ee.TestMachine.three;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The larger form of hot regions: when it takes over, what it knows, and what it forgets. */
class SecondFormTest {
    private static final int T0 = 8;
    private static final int T1 = 9;
    private static final int T2 = 10;
    private static final int T3 = 11;
    private static final int DATA = 0x0020_0000;
    private static final int NOP = 0;
    private static final int BREAK = Instruction.BREAK.encoding.match();

    private static TestMachine machineWith(List<Integer> words) {
        TestMachine machine = new TestMachine();
        for (int i = 0; i < words.size(); i++) {
            machine.ram.write32(PROGRAM + 4 * i, words.get(i));
        }
        machine.bus.codeWritten(PROGRAM, 4 * words.size());
        return machine;
    }

    private static int back(int to, int at, int register) {
        return immediate(Instruction.BNE, 0, register, to - at - 1);
    }

    /** For ever: 64 times over 16 bytes of memory, widened, multiplied, added and packed. */
    private static List<Integer> multimediaLoop() {
        List<Integer> words = new ArrayList<>(List.of(
                Instruction.LUI.encoding.match() | T1 << 16 | DATA >>> 16,
                immediate(Instruction.ORI, T0, 0, 64),
                immediate(Instruction.LQ, 16, T1, 0),
                immediate(Instruction.LQ, 17, T1, 16),
                three(Instruction.PEXTLB, 18, 16, 17),
                three(Instruction.PEXTUB, 19, 17, 16),
                shift(Instruction.PSRAH, 18, 18, 3),
                three(Instruction.PMADDH, 20, 18, 19),
                three(Instruction.PMFLO, 21, 0, 0),
                three(Instruction.PMFHI, 22, 0, 0),
                three(Instruction.PPACH, 23, 22, 21),
                three(Instruction.PADDSH, 23, 23, 17),
                three(Instruction.DADDU, 24, 24, 23),
                immediate(Instruction.SQ, 23, T1, 0),
                immediate(Instruction.ADDIU, T0, T0, -1)));
        words.add(back(2, words.size(), T0));
        words.add(immediate(Instruction.ADDIU, T1, T1, 16));
        words.add(Instruction.J.encoding.match() | PROGRAM >>> 2);
        words.add(NOP);
        return words;
    }

    @Test
    void aHotRegionGoesOnInTwoFormsAsItWouldInOne() {
        TestMachine interpreted = machineWith(multimediaLoop());
        TestMachine compiled = machineWith(multimediaLoop());
        interpreted.cpu.recompile(false);
        for (TestMachine machine : List.of(interpreted, compiled)) {
            for (int i = 0; i < 2048; i++) {
                machine.ram.bytes[DATA + i] = (byte) (i * 37 ^ i >> 3);
            }
            machine.cpu.jump(PROGRAM);
        }
        for (int slice = 0; slice < 60; slice++) {
            long until = interpreted.cpu.cycles() + 500_000 + 7L * slice;
            interpreted.cpu.run(until);
            compiled.cpu.run(until);
            assertThat(compiled.cpu.clock).as("slice %d", slice).isEqualTo(interpreted.cpu.clock);
            assertThat(compiled.cpu.pc).isEqualTo(interpreted.cpu.pc);
            assertThat(compiled.cpu.gpr).containsExactly(interpreted.cpu.gpr);
        }
        assertThat(compiled.ram.bytes).containsExactly(interpreted.ram.bytes);
        assertThat(compiled.cpu.secondFormsCompiled()).isPositive();
    }

    /** A loop of more instructions than a first form holds, each adding 1 to t1. */
    @Test
    void codeThatOnlyTheSecondFormHoldsMayChange() {
        int length = RegionShape.MOST_OPERATIONS + 60;
        List<Integer> words = new ArrayList<>();
        words.add(immediate(Instruction.ORI, T0, 0, 3000));
        for (int i = 0; i < length; i++) {
            words.add(immediate(Instruction.ADDIU, T1, T1, 1));
        }
        words.add(immediate(Instruction.ADDIU, T0, T0, -1));
        words.add(back(1, words.size(), T0));
        words.add(NOP);
        words.add(BREAK);
        TestMachine machine = machineWith(words);
        machine.cpu.secondForms(SecondForm.ALWAYS);
        runToBreak(machine);
        assertThat(machine.low(T1)).isEqualTo(3000L * length);
        int late = PROGRAM + 4 * (RegionShape.MOST_OPERATIONS + 40);
        machine.ram.write32(late, immediate(Instruction.ADDIU, T1, T1, 101));
        machine.bus.codeWritten(late, 4);
        machine.set(T1, 0, 0);
        runToBreak(machine);
        assertThat(machine.low(T1)).isEqualTo(3000L * (length + 100));
    }

    /** Calls t2 5000 times: functions that add 1, 10, or 100 to t1. */
    @Test
    void aCallGoesWhereTheRegisterSaysWhateverIsKnown() {
        List<Integer> words = new ArrayList<>(List.of(
                immediate(Instruction.ORI, T0, 0, 5000),
                three(Instruction.JALR, 31, T2, 0),
                NOP,
                immediate(Instruction.ADDIU, T0, T0, -1),
                immediate(Instruction.BNE, 0, T0, -4),
                NOP,
                BREAK,
                NOP));
        int functions = words.size();
        for (int step : new int[] {1, 10, 100}) {
            words.add(three(Instruction.JR, 0, 31, 0));
            words.add(immediate(Instruction.ADDIU, T1, T1, step));
        }
        TestMachine machine = machineWith(words);
        machine.cpu.secondForms(SecondForm.ALWAYS);
        long expected = 0;
        for (int round = 0; round < 9; round++) {
            machine.set(T2, PROGRAM + 4L * (functions + 2 * (round % 3)), 0);
            runToBreak(machine);
            expected += 5000 * (long) Math.pow(10, round % 3);
            assertThat(machine.low(T1)).as("after round %d", round).isEqualTo(expected);
            machine.cpu.renewSecondForms();
        }
    }

    /** Jumps by a table of three places, as a switch does; places that are known, then one that was never seen. */
    @Test
    void aJumpByATableStaysInTheRegion() {
        List<Integer> words = new ArrayList<>(List.of(
                immediate(Instruction.ORI, T0, 0, 6000),
                three(Instruction.AND, T3, T0, T2),
                shift(Instruction.SLL, T3, T3, 4),
                three(Instruction.ADDU, T3, T3, 5),
                Instruction.JR.encoding.match() | T3 << 21,
                NOP));
        int table = words.size();
        for (int step : new int[] {1, 10, 100, 1000}) {
            words.add(immediate(Instruction.ADDIU, T1, T1, step));
            words.add(immediate(Instruction.BEQ, 0, 0, table + 16 - words.size() - 1));
            words.add(NOP);
            words.add(NOP);
        }
        words.add(immediate(Instruction.ADDIU, T0, T0, -1));
        words.add(back(1, words.size(), T0));
        words.add(NOP);
        words.add(BREAK);
        TestMachine machine = machineWith(words);
        machine.cpu.secondForms(SecondForm.ALWAYS);
        machine.set(5, PROGRAM + 4L * table, 0);
        for (int round = 0; round < 4; round++) {
            machine.set(T1, 0, 0);
            machine.set(T2, round < 3 ? 1 : 3, 0);
            runToBreak(machine);
            assertThat(machine.low(T1)).isEqualTo(round < 3 ? 3000 * 11 : 1500 * 1111);
            machine.cpu.renewSecondForms();
        }
    }

    private static void runToBreak(TestMachine machine) {
        machine.raised.clear();
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(machine.cpu.cycles() + 20_000_000);
        assertThat(machine.raised).extracting(TestMachine.Raised::code).containsExactly(ExceptionCode.BREAKPOINT);
    }
}
