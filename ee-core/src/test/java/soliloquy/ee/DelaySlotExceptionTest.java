package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an exception names as its place: the instruction, or the branch before it. Source: the MIPS manual, EPC and Cause.BD. */
class DelaySlotExceptionTest {
    private static final int RESERVED = 0x0000_0001;
    private static final int BREAK = Instruction.BREAK.encoding.match();
    private static final int MISALIGNED = PROGRAM + 0x1002;

    private final TestMachine machine = new TestMachine();

    static Stream<Arguments> raising() {
        return Stream.of(
                Arguments.of(ExceptionCode.SYSCALL, Instruction.SYSCALL.encoding.match(), 0),
                Arguments.of(ExceptionCode.BREAKPOINT, BREAK, 0),
                Arguments.of(ExceptionCode.RESERVED_INSTRUCTION, RESERVED, 0),
                Arguments.of(ExceptionCode.OVERFLOW, three(Instruction.ADD, 10, 8, 8), 0),
                Arguments.of(ExceptionCode.OVERFLOW, immediate(Instruction.ADDI, 10, 8, 1), 0),
                Arguments.of(ExceptionCode.TRAP, three(Instruction.TEQ, 0, 8, 8), 0),
                Arguments.of(ExceptionCode.ADDRESS_ERROR_LOAD, immediate(Instruction.LW, 10, 9, 0), MISALIGNED),
                Arguments.of(ExceptionCode.ADDRESS_ERROR_STORE, immediate(Instruction.SD, 10, 9, 0), MISALIGNED),
                Arguments.of(ExceptionCode.TLB_REFILL_LOAD, immediate(Instruction.LQ, 10, 0, 0x40), 0x40),
                Arguments.of(ExceptionCode.TLB_REFILL_LOAD, immediate(Instruction.LWC1, 10, 0, 0x40), 0x40),
                Arguments.of(ExceptionCode.TLB_REFILL_LOAD, immediate(Instruction.LWL, 10, 0, 0x43), 0x43),
                Arguments.of(ExceptionCode.TLB_REFILL_LOAD, immediate(Instruction.LDR, 10, 0, 0x45), 0x45),
                Arguments.of(ExceptionCode.TLB_REFILL_STORE, immediate(Instruction.SWL, 10, 0, 0x43), 0x43),
                Arguments.of(ExceptionCode.TLB_REFILL_STORE, immediate(Instruction.SDR, 10, 0, 0x45), 0x45),
                Arguments.of(ExceptionCode.TLB_REFILL_STORE, immediate(Instruction.SQ, 10, 0, 0x40), 0x40),
                Arguments.of(ExceptionCode.TLB_REFILL_STORE, immediate(Instruction.SB, 10, 0, 0x41), 0x41));
    }

    private void prepare() {
        machine.set(8, Integer.MAX_VALUE, 0);
        machine.set(9, MISALIGNED, 0);
        machine.set(10, 77, 88);
        machine.raised.clear();
    }

    /** Decoded for the first time, and again from the decoded form. */
    private void expect(TestMachine.Raised expected, int... words) {
        prepare();
        machine.run(words);
        assertThat(machine.raised).containsExactly(expected);
        prepare();
        machine.runAgain();
        assertThat(machine.raised).containsExactly(expected);
        assertThat(machine.low(10)).isEqualTo(77);
        assertThat(machine.high(10)).isEqualTo(88);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("raising")
    void outsideASlot(ExceptionCode code, int word, int badAddress) {
        expect(new TestMachine.Raised(code, PROGRAM + 4, false, badAddress), 0, word);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("raising")
    void inTheSlotOfABranchThatIsTaken(ExceptionCode code, int word, int badAddress) {
        expect(
                new TestMachine.Raised(code, PROGRAM + 4, true, badAddress),
                0,
                immediate(Instruction.BEQ, 0, 0, 4),
                word);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("raising")
    void inTheSlotOfABranchThatIsNotTaken(ExceptionCode code, int word, int badAddress) {
        expect(
                new TestMachine.Raised(code, PROGRAM + 4, true, badAddress),
                0,
                immediate(Instruction.BNE, 0, 0, 4),
                word);
    }

    /** The instruction after a slot is in none, also if the slot took longer than a cycle, or a likely branch was not taken. */
    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("raising")
    void behindASlot(ExceptionCode code, int word, int badAddress) {
        int branch = immediate(Instruction.BNE, 0, 0, 4);
        expect(new TestMachine.Raised(code, PROGRAM + 8, false, badAddress), branch, 0, word);
        int multiply = three(Instruction.MULT, 11, 8, 8);
        expect(new TestMachine.Raised(code, PROGRAM + 8, false, badAddress), branch, multiply, word);
        int likely = immediate(Instruction.BNEL, 0, 0, 4);
        expect(new TestMachine.Raised(code, PROGRAM + 8, false, badAddress), likely, 0, word);
    }

    @ParameterizedTest
    @EnumSource(
            value = Instruction.class,
            names = {"J", "JAL", "JR", "JALR", "BLTZALL", "BGEZAL", "BC0T", "BC1F", "BC2F"})
    void everyKindOfBranchHasASlot(Instruction branch) {
        machine.set(12, PROGRAM + 0x100, 0);
        machine.set(13, -1, 0);
        int word = branch.encoding.match()
                | switch (branch) {
                    case J, JAL -> PROGRAM + 0x100 >> 2;
                    case JR, JALR -> 12 << 21;
                    case BLTZALL -> 13 << 21 | 4;
                    default -> 4;
                };
        expect(new TestMachine.Raised(ExceptionCode.RESERVED_INSTRUCTION, PROGRAM, true, 0), word, RESERVED);
    }

    /** A jump to a bad address fails at the target, which is in no slot. */
    @Test
    void jumpsToBadAddressesFailAtTheTarget() {
        int jump = Instruction.JR.encoding.match() | 12 << 21;
        machine.set(12, PROGRAM + 2, 0);
        expect(new TestMachine.Raised(ExceptionCode.ADDRESS_ERROR_LOAD, PROGRAM + 2, false, PROGRAM + 2), jump, 0);
        machine.set(12, 0x40, 0);
        expect(new TestMachine.Raised(ExceptionCode.TLB_REFILL_LOAD, 0x40, false, 0x40), jump, 0);
    }

    /** A branch in the last word of a page has its slot in the next. */
    @Test
    void slotOnTheNextPage() {
        int branch = PROGRAM + 0x1FFC;
        machine.ram.write32(branch, immediate(Instruction.BEQ, 0, 0, -4));
        machine.ram.write32(branch + 4, three(Instruction.ADD, 10, 8, 8));
        machine.set(12, branch, 0);
        expect(
                new TestMachine.Raised(ExceptionCode.OVERFLOW, branch, true, 0),
                Instruction.JR.encoding.match() | 12 << 21,
                0);
    }

    /** A program may overwrite the slot of the branch it is about to take. */
    @Test
    void storeIntoTheSlotAhead() {
        machine.set(11, immediate(Instruction.ADDIU, 14, 0, 5), 0);
        machine.set(12, PROGRAM + 8, 0);
        machine.run(
                immediate(Instruction.SW, 11, 12, 0),
                immediate(Instruction.BEQ, 0, 0, 1),
                immediate(Instruction.ADDIU, 14, 0, 4));
        assertThat(machine.low(14)).isEqualTo(5);
    }
}
