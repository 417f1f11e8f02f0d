package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control registers, moves and branches of the FPU, by the rows of ps2autotests cpu/ee_fpu. */
class FpuControlTest {
    private static final int BREAK = Instruction.BREAK.encoding.match();
    private static final int C = 1 << 23;
    private static final int INITIAL = 0x0100_0001;

    private final TestMachine machine = new TestMachine();

    private static int word(String row, int fd, int fs, int ft) {
        return Instruction.valueOf(row).encoding.match() | ft << 16 | fs << 11 | fd << 6;
    }

    /** The rows of fcr.expected; the last three are console values quoted in PCSX2 issue 14790 and in PCSX2 PR 12001. */
    @ParameterizedTest
    @CsvSource({
        "SQRT_S, 00000000, BF800000, 01020041",
        "DIV_S,  00000000, 00000000, 01020041",
        "DIV_S,  3F800000, 00000000, 01010021",
        "ADD_S,  7F800001, 7F800001, 01008011",
        "MUL_S,  7F7FFFFF, 7F7FFFFF, 01008011",
        "DIV_S,  00800000, 40400000, 01000001",
        "DIV_S,  3F800000, 4040FFFF, 01000001",
        "SQRT_S, 00000000, 80000000, 01020041",
        "SQRT_S, 00000000, 80000001, 01020041",
        "ADD_S,  8080002C, 008000EC, 01004009",
    })
    void operationsRaiseTheirFlags(String row, String fs, String ft, String fcr31) {
        machine.cpu.fpr[1] = Integer.parseUnsignedInt(fs, 16);
        machine.cpu.fpr[2] = Integer.parseUnsignedInt(ft, 16);
        machine.run(word(row, 3, 1, 2));
        assertThat("%08X".formatted(machine.cpu.fcr31)).isEqualTo(fcr31);
    }

    @Test
    void stickyFlagsStayUntilWritten() {
        machine.cpu.fpr[1] = 0x7F7F_FFFF;
        machine.run(word("MUL_S", 3, 1, 1), word("SUB_S", 3, 1, 1));
        assertThat(machine.cpu.fcr31).isEqualTo(INITIAL | 1 << 4);
        machine.set(8, 0, 0);
        machine.run(Instruction.CTC1.encoding.match() | 8 << 16 | 31 << 11);
        assertThat(machine.cpu.fcr31).isEqualTo(INITIAL);
    }

    @Test
    void controlRegistersReadAsRecorded() {
        for (int register = 0; register < 32; register++) {
            machine.set(8, -1, 0x1122);
            machine.set(9, 0, 0x3344);
            int write = Instruction.CTC1.encoding.match() | 8 << 16 | 31 << 11;
            int read = Instruction.CFC1.encoding.match() | 9 << 16 | register << 11;
            machine.run(write, read);
            assertThat(machine.low(9)).as("fcr%d", register).isEqualTo(register < 16 ? 0x2E30 : 0x0183_C079);
            assertThat(machine.high(9)).isEqualTo(0x3344);
        }
    }

    @Test
    void movesKeepBitsAndExtendTheSign() {
        machine.set(8, 0x1234_5678_8000_0001L, 0x5566);
        machine.set(9, PROGRAM + 0x1000, 0);
        machine.run(
                Instruction.MTC1.encoding.match() | 8 << 16 | 4 << 11,
                Instruction.MFC1.encoding.match() | 8 << 16 | 4 << 11,
                immediate(Instruction.SWC1, 4, 9, 0),
                immediate(Instruction.LWC1, 5, 9, 0));
        assertThat(machine.cpu.fpr[4]).isEqualTo(0x8000_0001);
        assertThat(machine.low(8)).isEqualTo(0xFFFF_FFFF_8000_0001L);
        assertThat(machine.high(8)).isEqualTo(0x5566);
        assertThat(machine.cpu.fpr[5]).isEqualTo(0x8000_0001);
    }

    @ParameterizedTest
    @CsvSource({
        "BC1T, true, true, true",
        "BC1T, false, false, true",
        "BC1F, true, false, true",
        "BC1F, false, true, true",
        "BC1TL, true, true, true",
        "BC1TL, false, false, false",
        "BC1FL, true, false, false",
        "BC1FL, false, true, true",
    })
    void branchesTestTheCondition(String row, boolean condition, boolean taken, boolean slotRuns) {
        machine.cpu.fcr31 = condition ? INITIAL | C : INITIAL;
        machine.run(
                Instruction.valueOf(row).encoding.match() | 2,
                immediate(Instruction.ADDIU, 8, 0, 1),
                immediate(Instruction.ADDIU, 9, 0, 1));
        assertThat(machine.low(8)).isEqualTo(slotRuns ? 1 : 0);
        assertThat(machine.low(9)).isEqualTo(taken ? 0 : 1);
    }

    /** The rows of branchdelay: a comparison that holds, then four branches in one another's slots, each to a target of its own. */
    @ParameterizedTest
    @CsvSource({"BC1T, false, 4", "BC1TL, true, 2"})
    void branchesInAChainSeeTheOldConditionFirst(String row, boolean before, int target) {
        int branch = Instruction.valueOf(row).encoding.match();
        machine.cpu.fcr31 = before ? INITIAL | C : INITIAL;
        int[] program = new int[16];
        program[0] = word("C_EQ_S", 0, 1, 1);
        for (int i = 1; i <= 4; i++) {
            int at = 5 + 2 * i;
            program[i] = branch | at - (i + 1);
            program[at] = immediate(Instruction.ADDIU, 8, 0, i);
            program[at + 1] = BREAK;
        }
        program[6] = BREAK;
        machine.run(program);
        assertThat(machine.low(8)).isEqualTo(target);
    }

    /** Compilers leave one instruction between a comparison and its branch. */
    @Test
    void branchesSeeTheConditionAfterOneInstruction() {
        machine.cpu.fcr31 = INITIAL;
        machine.run(
                word("C_EQ_S", 0, 1, 1),
                0,
                Instruction.BC1T.encoding.match() | 2,
                0,
                immediate(Instruction.ADDIU, 8, 0, 1));
        assertThat(machine.low(8)).isZero();
    }
}
