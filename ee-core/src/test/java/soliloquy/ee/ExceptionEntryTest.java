package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.machine.EventType;

/** Exceptions through the hardware's vectors, without a kernel. Source: ps2tek "EE COP0"; the MIPS manual for BD and nesting. */
class ExceptionEntryTest {
    private static final int SYSCALL = Instruction.SYSCALL.encoding.match();
    private static final int ERET = Instruction.ERET.encoding.match();
    private static final int STAY = immediate(Instruction.BEQ, 0, 0, -1);
    private static final int COMMON = 0x180;
    private static final int INTERRUPT = 0x200;
    private static final int EXL = 2;
    private static final int ERL = 4;
    private static final int K0 = 26;
    private static final int K1 = 27;
    private static final int EPC = 14;

    private final TestMachine machine = new TestMachine();
    private final Cop0 cop0 = machine.cpu.cop0();

    @BeforeEach
    void withoutKernel() {
        machine.cpu.exceptionHandler(null);
    }

    static int mfc0(int rt, int register) {
        return Instruction.MFC0.encoding.match() | rt << 16 | register << 11;
    }

    static int mtc0(int rt, int register) {
        return Instruction.MTC0.encoding.match() | rt << 16 | register << 11;
    }

    private static int addiu(int rt, int rs, int value) {
        return immediate(Instruction.ADDIU, rt, rs, value);
    }

    private void handler(int vector, int... words) {
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(vector + 4 * i, words[i]);
        }
        machine.bus.codeWritten(vector, 4 * words.length);
    }

    /** Runs to a branch to itself, which a program must end with. */
    private void run(int... words) {
        handler(PROGRAM, words);
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(machine.cpu.cycles() + 200);
    }

    @Test
    void syscallEntersTheCommonVectorAndEretReturns() {
        handler(COMMON, mfc0(8, 12), mfc0(9, 13), mfc0(K0, EPC), addiu(K0, K0, 4), mtc0(K0, EPC), ERET);
        run(addiu(10, 0, 1), SYSCALL, addiu(11, 0, 2), STAY, 0);
        assertThat(machine.low(8) & (EXL | ERL)).as("Status in the handler").isEqualTo(EXL);
        assertThat(machine.low(9) & 0x8000_007CL)
                .as("ExcCode and BD of Cause in the handler")
                .isEqualTo(8 << 2);
        assertThat(machine.low(11)).isEqualTo(2);
        assertThat(cop0.status() & EXL).isZero();
    }

    /** A slot belongs to its branch whether the branch is taken or not. */
    @ParameterizedTest
    @CsvSource({"BEQ", "BNE"})
    void exceptionInADelaySlotPointsToTheBranch(String branch) {
        handler(COMMON, mfc0(8, 13), mfc0(9, EPC), STAY, 0);
        run(addiu(10, 0, 1), immediate(Instruction.valueOf(branch), 0, 0, 4), SYSCALL, STAY, 0);
        assertThat(machine.low(8) & 0x8000_0000L).isEqualTo(0x8000_0000L);
        assertThat(machine.low(9)).isEqualTo(PROGRAM + 4);
    }

    /** With EXL set, EPC and BD stay, ExcCode changes, and a TLB miss takes the common vector. */
    @Test
    void nestedExceptionKeepsEpcAndUsesTheCommonVector() {
        handler(
                COMMON,
                immediate(Instruction.BNE, 0, 8, 4), // second entry
                addiu(8, 8, 1),
                immediate(Instruction.LW, 9, 0, 0x40),
                0,
                0,
                mfc0(10, EPC),
                mfc0(11, 13),
                mfc0(12, 8),
                STAY,
                0);
        run(immediate(Instruction.BEQ, 0, 0, 4), SYSCALL, STAY, 0);
        assertThat(machine.low(8)).as("entries").isEqualTo(2);
        assertThat(machine.low(10)).isEqualTo(PROGRAM);
        assertThat(machine.low(11) & 0x8000_007CL).isEqualTo(0x8000_0000L | 2 << 2);
        assertThat(machine.low(12)).isEqualTo(0x40);
    }

    /** The refill vector, with the page in Context and EntryHi; the first page too. */
    @ParameterizedTest
    @CsvSource({"0", "4660", "32764"})
    void tlbMissEntersTheRefillVectorWithItsAddress(int address) {
        handler(0, mfc0(8, 8), mfc0(9, 4), mfc0(10, 10), mfc0(11, 13), STAY, 0);
        machine.set(K1, 0x7F80_0000, 0);
        machine.set(K0, 0x77, 0);
        cop0.write(8, -1);
        run(mtc0(K1, 4), mtc0(K0, 10), immediate(Instruction.SW, 0, 0, address & ~3), STAY, 0);
        int aligned = address & ~3;
        assertThat(machine.low(8)).as("BadVAddr").isEqualTo(aligned);
        assertThat(machine.low(9)).as("Context").isEqualTo(0x7F80_0000 | aligned >>> 13 << 4);
        assertThat(machine.low(10)).as("EntryHi").isEqualTo(aligned & 0xFFFF_E000 | 0x77);
        assertThat(machine.low(11) & 0x7C).as("ExcCode").isEqualTo(3 << 2);
    }

    @Test
    void addressErrorKeepsContext() {
        handler(COMMON, mfc0(8, 8), mfc0(9, 4), mfc0(10, 13), STAY, 0);
        machine.set(K0, PROGRAM + 2, 0);
        run(immediate(Instruction.LW, 11, K0, 0), STAY, 0);
        assertThat(machine.low(8)).isEqualTo(PROGRAM + 2);
        assertThat(machine.low(9)).isZero();
        assertThat(machine.low(10) & 0x7C).isEqualTo(4 << 2);
    }

    /** Overflow and trap leave the destination and enter with their codes. */
    @Test
    void overflowAndTrapEnterWithTheirCodes() {
        handler(COMMON, mfc0(8, 13), STAY, 0);
        machine.set(9, Integer.MIN_VALUE, 0);
        machine.set(10, 77, 0);
        run(three(Instruction.SUB, 10, 0, 9), STAY, 0);
        assertThat(machine.low(8) & 0x7C).isEqualTo(12 << 2);
        assertThat(machine.low(10)).isEqualTo(77);
        cop0.leaveException();
        run(three(Instruction.TLT, 0, 9, 0), STAY, 0);
        assertThat(machine.low(8) & 0x7C).isEqualTo(13 << 2);
    }

    @Test
    void eretAtTheErrorLevelGoesToErrorEpc() {
        machine.set(K0, PROGRAM + 16, 0);
        cop0.status(cop0.status() | ERL);
        run(mtc0(K0, 30), ERET, addiu(8, 0, 1), addiu(9, 0, 1), addiu(10, 0, 1), STAY, 0);
        assertThat(machine.low(8)).isZero();
        assertThat(machine.low(9)).isZero();
        assertThat(machine.low(10)).isEqualTo(1);
        assertThat(cop0.status() & ERL).isZero();
    }

    /** An interrupt that arrives between a branch and its slot returns to the branch. */
    @Test
    void interruptBeforeADelaySlotPointsToTheBranch() {
        handler(INTERRUPT, mfc0(8, EPC), mfc0(9, 13), STAY, 0);
        handler(PROGRAM, 0, immediate(Instruction.BEQ, 0, 0, 4), addiu(10, 0, 1), STAY, 0);
        machine.scheduler.handle(
                EventType.HOST_POLL,
                (time, payload) -> machine.cpu.interruptPin(1).drive(true));
        machine.cpu.timing(TimingProfile.SIMPLE); // one cycle for the instruction before the branch, one for the branch
        machine.scheduler.scheduleAt(EventType.HOST_POLL, machine.cpu.cycles() + 2, 0);
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(machine.cpu.cycles() + 2);
        machine.scheduler.fireDue();
        machine.cpu.run(machine.cpu.cycles() + 100);
        assertThat(machine.low(8)).isEqualTo(PROGRAM + 4);
        assertThat(machine.low(9) & 0x8000_087CL).isEqualTo(0x8000_0800L);
        assertThat(machine.low(10)).as("the slot").isZero();
    }

    @Test
    void interruptsWaitForTheEndOfTheHandler() {
        handler(INTERRUPT, addiu(8, 8, 1), STAY, 0);
        handler(COMMON, addiu(9, 9, 1), addiu(9, 9, 1), mfc0(K0, EPC), addiu(K0, K0, 4), mtc0(K0, EPC), ERET);
        cop0.enterException(ExceptionCode.SYSCALL, PROGRAM - 4, false, 0);
        machine.cpu.interruptPin(0).drive(true);
        handler(PROGRAM, STAY, 0);
        machine.cpu.jump(0x8000_0000 + COMMON);
        machine.cpu.run(machine.cpu.cycles() + 100);
        assertThat(machine.low(9)).isEqualTo(2);
        assertThat(machine.low(8)).isEqualTo(1);
        assertThat(cop0.epc()).isEqualTo(PROGRAM);
    }
}
