package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.shift;
import static soliloquy.ee.TestMachine.three;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.machine.EventType;

/** Small programs: what the R5900 manual and the rows of ps2autotests cpu/ee say they do. */
class InterpreterTest {
    private static final int NOP = 0;

    private final TestMachine machine = new TestMachine();

    private static int addiu(int rt, int rs, int value) {
        return immediate(Instruction.ADDIU, rt, rs, value);
    }

    @Test
    void delaySlotRunsWhetherOrNotTheBranchIsTaken() {
        machine.run(immediate(Instruction.BEQ, 0, 0, 2), addiu(8, 0, 1), addiu(9, 0, 1), addiu(10, 0, 1));
        assertThat(machine.low(8)).isEqualTo(1);
        assertThat(machine.low(9)).isZero();
        assertThat(machine.low(10)).isEqualTo(1);
        machine.run(immediate(Instruction.BNE, 0, 0, 2), addiu(8, 0, 2), addiu(9, 0, 2), addiu(10, 0, 2));
        assertThat(machine.low(8)).isEqualTo(2);
        assertThat(machine.low(9)).isEqualTo(2);
    }

    @Test
    void likelyBranchNullifiesItsSlotWhenNotTaken() {
        machine.run(immediate(Instruction.BNEL, 0, 0, 2), addiu(8, 0, 1), addiu(9, 0, 1));
        assertThat(machine.low(8)).isZero();
        assertThat(machine.low(9)).isEqualTo(1);
        machine.run(immediate(Instruction.BEQL, 0, 0, 2), addiu(8, 0, 1), addiu(10, 0, 1));
        assertThat(machine.low(8)).isEqualTo(1);
        assertThat(machine.low(10)).isZero();
    }

    /** The row "branch pair": of two taken branches in a row the second wins. */
    @Test
    void branchInADelaySlotWins() {
        machine.run(
                immediate(Instruction.BEQ, 0, 0, 3),
                immediate(Instruction.BEQ, 0, 0, 4),
                NOP,
                NOP,
                addiu(8, 0, 1),
                addiu(9, 0, 1),
                addiu(10, 0, 1));
        assertThat(machine.low(8)).isEqualTo(1);
        assertThat(machine.low(9)).isZero();
        assertThat(machine.low(10)).isEqualTo(1);
    }

    @Test
    void linkIsWrittenEvenByBranchesNotTakenAndBeforeTheSlot() {
        machine.run(Instruction.BLTZAL.encoding.match() | 2, addiu(8, 31, 0));
        assertThat(machine.low(31)).isEqualTo(PROGRAM + 8);
        assertThat(machine.low(8)).isEqualTo(PROGRAM + 8);
        machine.set(9, PROGRAM + 12, 0);
        machine.run(three(Instruction.JALR, 9, 9, 0), addiu(10, 9, 0), addiu(11, 0, 1));
        assertThat(machine.low(10)).isEqualTo(PROGRAM + 8);
        assertThat(machine.low(11)).isZero();
    }

    @Test
    void exceptionInADelaySlotNamesTheBranch() {
        machine.run(immediate(Instruction.BEQ, 0, 0, 4), immediate(Instruction.LW, 8, 0, 0x10));
        assertThat(machine.raised)
                .containsExactly(new TestMachine.Raised(ExceptionCode.TLB_REFILL_LOAD, PROGRAM, true, 0x10));
        assertThat(machine.cpu.cop0().cause() >>> 31).isEqualTo(1);
        assertThat(machine.cpu.cop0().epc()).isEqualTo(PROGRAM);
    }

    @Test
    void misalignedAccessesRaiseAddressErrors() {
        machine.set(9, PROGRAM + 0x1002, 0);
        machine.run(immediate(Instruction.LW, 8, 9, 0));
        machine.run(NOP, immediate(Instruction.SD, 8, 9, 2));
        assertThat(machine.raised)
                .containsExactly(
                        new TestMachine.Raised(ExceptionCode.ADDRESS_ERROR_LOAD, PROGRAM, false, PROGRAM + 0x1002),
                        new TestMachine.Raised(
                                ExceptionCode.ADDRESS_ERROR_STORE, PROGRAM + 4, false, PROGRAM + 0x1004));
    }

    @Test
    void quadwordAccessesIgnoreTheLowAddressBits() {
        machine.set(9, PROGRAM + 0x1007, 0);
        machine.set(8, 0x1122334455667788L, 0x99AABBCCDDEEFF00L);
        machine.run(immediate(Instruction.SQ, 8, 9, 0), immediate(Instruction.LQ, 10, 9, 8));
        assertThat(machine.ram.read64(PROGRAM + 0x1000)).isEqualTo(0x1122334455667788L);
        assertThat(machine.low(10)).isEqualTo(0x1122334455667788L);
        assertThat(machine.high(10)).isEqualTo(0x99AABBCCDDEEFF00L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Instruction.class,
            names = {"ADD", "SUB", "DADD", "DSUB"})
    void overflowTrapsAndLeavesTheDestination(Instruction row) {
        long most = row.name().startsWith("D") ? Long.MAX_VALUE : Integer.MAX_VALUE;
        machine.set(8, most, 0);
        machine.set(9, row.name().endsWith("SUB") ? -1 : 1, 0);
        machine.set(10, 77, 0);
        machine.run(three(row, 10, 8, 9));
        assertThat(machine.raised.getFirst().code()).isEqualTo(ExceptionCode.OVERFLOW);
        assertThat(machine.low(10)).isEqualTo(77);
    }

    @Test
    void reservedInstructionsAndTrapsRaiseTheirExceptions() {
        machine.run(0x0000_0001);
        machine.run(three(Instruction.TEQ, 0, 0, 0));
        machine.run(Instruction.SYSCALL.encoding.match());
        assertThat(machine.raised)
                .extracting(TestMachine.Raised::code)
                .containsExactly(ExceptionCode.RESERVED_INSTRUCTION, ExceptionCode.TRAP, ExceptionCode.SYSCALL);
    }

    @Test
    void storesToDecodedCodeTakeEffectAtOnce() {
        machine.set(8, addiu(10, 0, 5), 0);
        machine.set(9, PROGRAM + 8, 0);
        machine.run(addiu(11, 11, 1), immediate(Instruction.SW, 8, 9, 0), addiu(10, 0, 4));
        assertThat(machine.low(10)).isEqualTo(5);
        machine.run(addiu(10, 0, 6));
        assertThat(machine.low(10)).isEqualTo(6);
    }

    /** MIPS: an instruction of a coprocessor whose CU bit is clear raises an exception that names it in Cause.CE. */
    @Test
    void coprocessorsThatAreSwitchedOffCannotBeUsed() {
        int multiply = Instruction.MUL_S.encoding.match();
        machine.run(multiply);
        assertThat(machine.raised).extracting(TestMachine.Raised::code).containsExactly(ExceptionCode.BREAKPOINT);
        machine.raised.clear();
        machine.cpu.cop0().status(machine.cpu.cop0().status() & ~(1 << 29));
        machine.run(multiply);
        assertThat(machine.raised.getFirst())
                .isEqualTo(new TestMachine.Raised(ExceptionCode.COPROCESSOR_UNUSABLE, PROGRAM, false, 0));
        assertThat(machine.cpu.cop0().cause() >>> 28 & 3).isEqualTo(1);
        machine.raised.clear();
        machine.cpu.cop0().status(machine.cpu.cop0().status() | 1 << 29);
        machine.run(multiply);
        assertThat(machine.raised).extracting(TestMachine.Raised::code).containsExactly(ExceptionCode.BREAKPOINT);
    }

    @Test
    void registerZeroStaysZeroAndUpperHalvesStay() {
        machine.set(8, -1, 0x1234);
        machine.run(addiu(0, 8, 0), shift(Instruction.SLL, 8, 8, 4), three(Instruction.PCPYLD, 0, 8, 8));
        assertThat(machine.low(0)).isZero();
        assertThat(machine.high(0)).isZero();
        assertThat(machine.low(8)).isEqualTo(-16);
        assertThat(machine.high(8)).isEqualTo(0x1234);
    }

    @Test
    void branchToItselfAdvancesTheClockToTheNextEvent() {
        machine.ram.write32(PROGRAM, immediate(Instruction.BEQ, 0, 0, -1));
        machine.ram.write32(PROGRAM + 4, NOP);
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(1_000_000_000_000L);
        assertThat(machine.cpu.cycles()).isEqualTo(1_000_000_000_000L);
    }

    @Test
    void interruptIsTakenOnlyWhileEnabled() {
        machine.cpu.interruptPin(0).drive(true);
        machine.run(NOP, NOP);
        assertThat(machine.raised.getFirst().code()).isEqualTo(ExceptionCode.INTERRUPT);
        assertThat(machine.raised.getFirst().epc()).isEqualTo(PROGRAM);
        machine.raised.clear();
        machine.cpu.returnFromException(PROGRAM);
        machine.cpu.cop0().status(machine.cpu.cop0().status() & ~1);
        machine.run(NOP, NOP);
        assertThat(machine.raised.getFirst().code()).isEqualTo(ExceptionCode.BREAKPOINT);
    }

    @Test
    void eventsThatComeNearerEndTheSlice() {
        machine.scheduler.handle(EventType.HOST_POLL, (time, payload) -> {});
        machine.scheduler.scheduleAt(EventType.HOST_POLL, 500, 0);
        machine.ram.write32(PROGRAM, immediate(Instruction.BEQ, 0, 0, -1));
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(machine.scheduler.nextEventTime());
        assertThat(machine.cpu.cycles()).isEqualTo(500);
        assertThat(machine.scheduler.now()).isEqualTo(500);
    }

    /** HotSpot compiles no method of more than 8,000 bytes, and stops inlining into what has grown to that. */
    @Test
    void innerLoopStaysSmallEnoughToBeCompiled() throws Exception {
        try (var stream = InnerLoop.class.getResourceAsStream("InnerLoop.class")) {
            var model = java.lang.classfile.ClassFile.of().parse(stream.readAllBytes());
            int length = model.methods().stream()
                    .filter(method -> method.methodName().equalsString("run"))
                    .map(method -> (java.lang.classfile.attribute.CodeAttribute)
                            method.code().orElseThrow())
                    .mapToInt(java.lang.classfile.attribute.CodeAttribute::codeLength)
                    .findFirst()
                    .orElseThrow();
            assertThat(length).isLessThan(6000);
        }
    }
}
