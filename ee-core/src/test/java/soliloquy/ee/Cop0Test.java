package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.ExceptionEntryTest.mfc0;
import static soliloquy.ee.ExceptionEntryTest.mtc0;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.machine.Notices;

/** COP0 as programs see it: counters by the rows of ps2autotests cpu/ee_cop0/performance, the TLB by ps2tek and ps2sdk's tables. */
class Cop0Test {
    private static final int COUNTING = 0x8000_0000;
    private static final int ALL_MODES = 0x1E;
    private static final int CYCLES = 1 << 5;
    private static final int STATUS = 12;

    private final TestMachine machine = new TestMachine();

    private static int performance(Instruction row, int rt, int specifier) {
        return row.encoding.match() | rt << 16 | specifier << 1;
    }

    private int read(int register) {
        machine.run(mfc0(8, register));
        return (int) machine.low(8);
    }

    private void write(int register, int value) {
        machine.set(9, value, 0);
        machine.run(mtc0(9, register));
    }

    @Test
    void counterSpecifiersNameTheirRegisters() {
        machine.set(9, 0x89AB_CDEF, 0);
        machine.set(10, 0x0123_4567, 0);
        machine.set(11, 0x7FFF_FFFF, 0);
        machine.run(
                performance(Instruction.MTPC, 9, 0),
                performance(Instruction.MTPC, 10, 1),
                performance(Instruction.MTPS, 11, 0));
        for (int specifier = 0; specifier < 32; specifier++) {
            machine.run(performance(Instruction.MFPC, 8, specifier), performance(Instruction.MFPS, 12, specifier));
            assertThat((int) machine.low(8))
                    .as("counter %d", specifier)
                    .isEqualTo((specifier & 1) == 0 ? 0x89AB_CDEF : 0x0123_4567);
            assertThat(machine.low(12)).isEqualTo(0x000F_FBFE);
        }
        machine.run(performance(Instruction.MTPS, 0, 15));
        machine.run(performance(Instruction.MFPS, 12, 31));
        assertThat(machine.low(12)).isEqualTo(0x000F_FBFE);
    }

    /** The four rows on counting, and the same with the count switched off. */
    @ParameterizedTest
    @CsvSource({
        "true, 0x3E, 0, true, false",
        "true, 0, 0xF800, false, true",
        "true, 0x3E, 0xF800, true, true",
        "true, 0x20, 0x8000, false, false",
        "false, 0x3E, 0xF800, false, false",
    })
    void countersCountInTheirModes(boolean enabled, String control0, String control1, boolean moves0, boolean moves1) {
        machine.set(9, (enabled ? COUNTING : 0) | Integer.decode(control0) | Integer.decode(control1), 0);
        machine.run(performance(Instruction.MTPS, 9, 0), 0, 0, 0, performance(Instruction.MTPS, 0, 0));
        machine.run(performance(Instruction.MFPC, 8, 0), performance(Instruction.MFPC, 10, 1));
        assertThat(machine.low(8) != 0).isEqualTo(moves0);
        assertThat(machine.low(10) != 0).isEqualTo(moves1);
    }

    /** Time spent at the exception level counts only for a counter that has that mode's bit. */
    @Test
    void countersKeepModesApart() {
        int user = 1 << 4;
        int exception = 1 << 1;
        machine.cpu.cop0().leaveException();
        write(STATUS, machine.cpu.cop0().status() & ~2 | 2 << 3);
        machine.cpu.cop0().leaveException();
        machine.cpu.cop0().performance().control(COUNTING | user | CYCLES | (exception | CYCLES) << 10);
        long before = machine.cpu.cycles();
        machine.run(0, 0, 0); // ends in a BREAK, which enters the exception level
        long inUser = machine.cpu.cycles() - before;
        machine.run(0, 0, 0, 0, 0);
        long atExceptionLevel = machine.cpu.cycles() - before - inUser;
        assertThat(machine.cpu.cop0().performance().counter(0)).isEqualTo((int) inUser);
        assertThat(machine.cpu.cop0().performance().counter(1)).isEqualTo((int) atExceptionLevel);
    }

    /**
     * A program of eight completed instructions: a branch, its slot, two loads, one store, two of the FPU (a load among them), two of
     * COP2; the BREAK behind it raises. The MTPS that starts the count is not counted, nor is the pair it is in; SB and ADD.S are one.
     */
    @ParameterizedTest
    @CsvSource({
        "2, 2, 5, 1",
        "12, 12, 8, 8",
        "13, 13, 7, 7",
        "3, 3, 1, 0",
        "14, 14, 2, 2",
        "15, 15, 2, 1",
        "16, 12, 0, 8"
    })
    void countersCountInstructions(int event0, int event1, int count0, int count1) {
        machine.set(9, COUNTING | ALL_MODES | event0 << 5 | (ALL_MODES | event1 << 5) << 10, 0);
        machine.set(10, TestMachine.PROGRAM + 0x1000, 0);
        int[] program = {
            performance(Instruction.MTPS, 9, 0),
            TestMachine.immediate(Instruction.BEQ, 0, 0, 2),
            TestMachine.three(Instruction.MULT, 11, 10, 10),
            -1,
            TestMachine.immediate(Instruction.LW, 11, 10, 0),
            TestMachine.immediate(Instruction.LWC1, 1, 10, 0),
            TestMachine.immediate(Instruction.SB, 11, 10, 4),
            Instruction.ADD_S.encoding.match(),
            Instruction.CFC2.encoding.match() | 11 << 16,
            Instruction.QMTC2.encoding.match() | 11 << 16,
        };
        for (int i = 0; i < 2; i++) { // decoded as it goes, and decoded before
            machine.cpu.cop0().performance().counter(0, 0);
            machine.cpu.cop0().performance().counter(1, 0);
            if (i == 0) {
                machine.run(program);
            } else {
                machine.runAgain();
            }
            machine.cpu.cop0().performance().control(0);
            assertThat(machine.cpu.cop0().performance().counter(0)).isEqualTo(count0);
            assertThat(machine.cpu.cop0().performance().counter(1)).isEqualTo(count1);
        }
    }

    /** A branch forward that is taken, and one that is not. */
    @Test
    void aCounterCountsWrongGuesses() {
        machine.set(9, COUNTING | ALL_MODES | 3 << 5 | (ALL_MODES | 3 << 5) << 10, 0);
        machine.run(
                performance(Instruction.MTPS, 9, 0),
                TestMachine.immediate(Instruction.BNE, 0, 9, 2),
                0,
                0,
                TestMachine.immediate(Instruction.BEQ, 0, 9, 2),
                0);
        assertThat(machine.cpu.cop0().performance().counter(0)).isEqualTo(2);
        assertThat(machine.cpu.cop0().performance().counter(1)).isEqualTo(1);
    }

    @Test
    void eventsThatAreNotCountedAreReported() {
        machine.cpu.cop0().performance().control(COUNTING | ALL_MODES | 6 << 5);
        assertThat(machine.notices.all()).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(Notices.Kind.UNIMPLEMENTED);
            assertThat(notice.text()).contains("counter 0").contains("event 6");
        });
    }

    /** Entries of the kernel: the scratchpad first, then devices; RDRAM cached, uncached, and accelerated behind the wired ones. */
    @ParameterizedTest
    @CsvSource({
        "0, 00000000, 70000000, 80000007, 00000007",
        "1, 00006000, FFFF8000, 00001E1F, 00001F1F",
        "13, 0007E000, 00080000, 0000201F, 0000301F",
        "16, 001FE000, 00200000, 0000801F, 0000C01F",
        "21, 007FE000, 01800000, 0006001F, 0007001F",
        "22, 0007E000, 20080000, 00002017, 00003017",
        "30, 007FE000, 21800000, 00060017, 00070017",
        "31, 0007E000, 30100000, 0000403F, 0000503F",
        "38, 007FE000, 31800000, 0006003F, 0007003F",
        "39, 00000000, E004E000, 00000000, 00000000",
    })
    void kernelsTlbEntriesCanBeRead(int index, String pageMask, String high, String low0, String low1) {
        machine.set(9, index, 0);
        machine.run(
                mtc0(9, 0),
                Instruction.TLBR.encoding.match(),
                mfc0(10, 5),
                mfc0(11, 10),
                mfc0(12, 2),
                mfc0(13, 3),
                mfc0(14, 6));
        assertThat((int) machine.low(10)).isEqualTo(Integer.parseUnsignedInt(pageMask, 16));
        assertThat((int) machine.low(11)).isEqualTo(Integer.parseUnsignedInt(high, 16));
        assertThat((int) machine.low(12)).isEqualTo(Integer.parseUnsignedInt(low0, 16));
        assertThat((int) machine.low(13)).isEqualTo(Integer.parseUnsignedInt(low1, 16));
        assertThat(machine.low(14)).as("Wired").isEqualTo(31);
    }

    /** Each RDRAM address translates by its entry to the address that the memory map gives. */
    @Test
    void kernelsEntriesAgreeWithTheMemoryMap() {
        Tlb tlb = machine.cpu.cop0().tlb();
        int[] addresses = {0x0008_0000, 0x0012_3450, 0x01FF_FFF0, 0x2008_0000, 0x3012_3450, 0x31FF_FFF0, 0xFFFF_8000};
        for (int address : addresses) {
            tlb.write(10, address, 0);
            tlb.probe();
            assertThat(tlb.read(0, 0)).as("entry of %08x", address).isNotNegative();
            tlb.readEntry();
            int offsetMask = (tlb.read(5, 0) | 0x1FFF) >> 1;
            int low = tlb.read((address & offsetMask + 1) == 0 ? 2 : 3, 0);
            int physical = (low >>> 6 & 0xFFFFF) << 12 & ~offsetMask | address & offsetMask;
            assertThat(physical).as("%08x", address).isEqualTo(machine.bus.physical(address));
        }
    }

    @Test
    void writtenEntriesAreKeptProbedAndReported() {
        write(0, 47);
        write(5, 0x0000_6000);
        write(10, 0x4567_8042);
        write(2, 0x0000_1F16);
        write(3, 0x0000_1F57);
        machine.run(Instruction.TLBWI.encoding.match());
        assertThat(machine.notices.all())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("tlbwi"));
        write(0, 0);
        machine.run(Instruction.TLBP.encoding.match());
        assertThat(read(0)).isEqualTo(47);
        write(10, 0x4567_8043);
        machine.run(Instruction.TLBP.encoding.match());
        assertThat(read(0)).as("another address space").isNegative();
        write(0, 47);
        machine.run(Instruction.TLBR.encoding.match());
        assertThat(read(5)).isEqualTo(0x0000_6000);
        assertThat(read(10)).isEqualTo(0x4567_8042);
        assertThat(read(2)).isEqualTo(0x0000_1F16);
        assertThat(read(3)).as("not global, as its partner is not").isEqualTo(0x0000_1F56);
    }

    @Test
    void randomStaysBetweenWiredAndTheLastEntry() {
        write(6, 40);
        boolean[] seen = new boolean[64];
        int[] reads = new int[64];
        for (int i = 0; i < 64; i++) {
            reads[i] = mfc0(8 + i % 16, 1);
        }
        for (int i = 0; i < 8; i++) {
            machine.run(reads);
            for (int r = 8; r < 24; r++) {
                seen[(int) machine.low(r)] = true;
            }
            machine.run(0);
        }
        for (int value = 0; value < 64; value++) {
            assertThat(seen[value]).as("%d", value).isEqualTo(value >= 40 && value < 48);
        }
    }

    @Test
    void breakpointRegistersKeepTheirValuesAndEnablingIsReported() {
        Instruction[] writes = {
            Instruction.MTIAB,
            Instruction.MTIABM,
            Instruction.MTDAB,
            Instruction.MTDABM,
            Instruction.MTDVB,
            Instruction.MTDVBM,
            Instruction.MTBPC
        };
        Instruction[] reads = {
            Instruction.MFIAB,
            Instruction.MFIABM,
            Instruction.MFDAB,
            Instruction.MFDABM,
            Instruction.MFDVB,
            Instruction.MFDVBM,
            Instruction.MFBPC
        };
        for (int i = 0; i < writes.length; i++) {
            machine.set(9, 0x1000_0000 + i, 0);
            machine.run(writes[i].encoding.match() | 9 << 16);
        }
        for (int i = 0; i < reads.length; i++) {
            machine.run(reads[i].encoding.match() | 8 << 16);
            assertThat(machine.low(8)).as(reads[i].name()).isEqualTo(0x1000_0000 + i);
        }
        assertThat(machine.notices.all()).isEmpty();
        machine.set(9, 0x8000_0000, 0);
        machine.run(Instruction.MTBPC.encoding.match() | 9 << 16);
        assertThat(machine.notices.all()).hasSize(1);
    }

    /** EI and DI do nothing in user mode unless the kernel set EDI. */
    @Test
    void interruptEnableObeysTheModeAndEdi() {
        Cop0 cop0 = machine.cpu.cop0();
        int eie = 1 << 16;
        machine.run(Instruction.DI.encoding.match());
        assertThat(cop0.status() & eie).isZero();
        machine.run(Instruction.EI.encoding.match());
        assertThat(cop0.status() & eie).isEqualTo(eie);
        cop0.status(cop0.status() & ~(1 << 17 | 2) | 2 << 3); // user, EDI 0, no exception
        machine.run(Instruction.DI.encoding.match());
        assertThat(cop0.status() & eie).isEqualTo(eie);
    }

    @Test
    void compareRaisesTheTimerBitUntilItIsWritten() {
        write(9, 0);
        write(11, 100);
        assertThat(machine.cpu.cop0().cause() & 1 << 15).isZero();
        machine.scheduler.advanceTo(machine.cpu.cycles() + 100);
        machine.scheduler.fireDue();
        assertThat(machine.cpu.cop0().cause() & 1 << 15).isNotZero();
        write(11, 1 << 30);
        assertThat(machine.cpu.cop0().cause() & 1 << 15).isZero();
    }
}
