package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Micro programs of VU0. Values are recorded rows of ps2autotests: cpu/vu0_macro/transfer, vu/lower (branch, fdivdelay, integer),
 * vu/upper/clip and vu/games/triace; encodings from the VU manual.
 */
class Vu0MicroTest {
    private static final int ONE = 0x3F800000;
    private static final int FOUR = 0x40800000;
    private static final int NOP = 0x2FF;
    private static final int LOWER_NOP = 0x8000_033C; // MOVE vf0, vf0 without fields
    private static final int E = 1 << 30;
    private static final int I = 1 << 31;
    private static final int D = 1 << 28;
    private static final int XYZW = 0xF << 21;
    private static final int X = 8 << 21;
    private static final int W = 1 << 21;
    private static final int CALL = Instruction.VCALLMS.encoding.match();
    private static final int READ_STATE = Instruction.CFC2.encoding.match() | 2 << 16 | 29 << 11;
    private static final int INTERLOCK = 1;

    private final TestMachine machine = new TestMachine();
    private final Vu0Registers vu0 = machine.cpu.vu0();
    private int pairs;

    private void word(int upper, int lower) {
        machine.bus.write64(0x1100_0000 + 8 * pairs, Lanes.words(lower, upper));
        pairs++;
    }

    private void end() {
        word(NOP | E, LOWER_NOP);
        word(NOP, LOWER_NOP);
    }

    private static int upper(Instruction row, int fields, int ft, int fs, int fd) {
        return row.encoding.match() & 0x7FF | fields | ft << 16 | fs << 11 | fd << 6;
    }

    private static int lower(int opcode, int it, int is, int low) {
        return opcode << 25 | it << 16 | is << 11 | low & 0x7FF;
    }

    /** IADDIU it, is, value. */
    private static int addImmediate(int it, int is, int value) {
        return lower(0x08, it, is, value);
    }

    private void divide(int fs, int ft) {
        word(NOP, 0x8000_0000 | 3 << 23 | 3 << 21 | ft << 16 | fs << 11 | 0x3BC);
    }

    @Test
    void programEndsAfterTheDelaySlotOfBitE() {
        pairs = 0x1D;
        word(NOP | E, LOWER_NOP);
        word(NOP, addImmediate(1, 0, 5));
        word(NOP, addImmediate(1, 0, 6));
        machine.run(CALL, Instruction.VNOP.encoding.match());
        assertThat(vu0.control(26)).as("TPC, recorded").isEqualTo(0x1F);
        assertThat(vu0.vi[1]).isEqualTo(5);
    }

    @Test
    void registerCallsStartWhereCmsarSays() {
        pairs = 0x10;
        word(NOP, addImmediate(1, 0, 7));
        end();
        vu0.control(27, 0x10);
        machine.run(Instruction.VCALLMSR.encoding.match());
        assertThat(vu0.vi[1]).isEqualTo(7);
    }

    @Test
    void jumpLinksThePairAfterItsSlot() {
        word(NOP, addImmediate(1, 0, 6));
        word(NOP, LOWER_NOP);
        word(NOP, lower(0x25, 2, 1, 0)); // JALR vi2, vi1
        word(NOP, addImmediate(4, 0, 1));
        word(NOP, addImmediate(5, 0, 1));
        word(NOP, LOWER_NOP);
        word(NOP, addImmediate(3, 0, 1));
        end();
        machine.run(CALL);
        assertThat(vu0.vi[2]).isEqualTo(4);
        assertThat(vu0.vi[3]).isOne();
        assertThat(vu0.vi[4]).as("delay slot").isOne();
        assertThat(vu0.vi[5]).as("jumped over").isZero();
    }

    @Test
    void loopsBackOnConditions() {
        word(NOP, addImmediate(1, 0, 10));
        word(NOP, lower(0x09, 1, 1, 1)); // ISUBIU vi1, vi1, 1
        word(NOP, addImmediate(2, 2, 3));
        word(NOP, lower(0x29, 1, 0, -3)); // IBNE vi1, vi0
        word(NOP, LOWER_NOP);
        end();
        machine.run(CALL);
        assertThat(vu0.vi[1]).isZero();
        assertThat(vu0.vi[2]).isEqualTo(30);
    }

    @Test
    void bothHalvesReadOldRegistersAndTheUpperWins() {
        vu0.write(1, Lanes.words(ONE, ONE), Lanes.words(ONE, ONE));
        vu0.write(2, Lanes.words(FOUR, FOUR), Lanes.words(FOUR, FOUR));
        int moveOneToTwo = 0x8000_033C | XYZW | 2 << 16 | 1 << 11;
        int moveTwoToThree = 0x8000_033C | XYZW | 3 << 16 | 2 << 11;
        word(upper(Instruction.VADD, XYZW, 2, 2, 4), moveOneToTwo);
        word(upper(Instruction.VADD, XYZW, 1, 1, 2), moveTwoToThree);
        word(upper(Instruction.VADD, X, 1, 1, 5), 0x8000_033C | XYZW | 5 << 16 | 1 << 11);
        end();
        machine.run(CALL);
        assertThat(vu0.vf[16]).as("4 + 4: before the move").isEqualTo(0x41000000);
        assertThat(vu0.vf[12]).as("1: moved before the sum").isEqualTo(ONE);
        assertThat(vu0.vf[8]).as("1 + 1").isEqualTo(0x40000000);
        assertThat(vu0.vf[20]).as("the sum's x").isEqualTo(0x40000000);
        assertThat(vu0.vf[21]).as("the move is dropped").isZero();
    }

    @Test
    void quotientArrivesAfterSevenWords() {
        vu0.vi[22] = ONE;
        vu0.write(1, 0, Lanes.words(0, FOUR));
        divide(0, 1);
        for (int i = 2; i <= 8; i++) {
            word(upper(Instruction.VMULQ, W, 0, 0, i), LOWER_NOP);
        }
        end();
        machine.run(CALL);
        for (int i = 2; i <= 7; i++) {
            assertThat(vu0.vf[4 * i + 3]).as("word %d after DIV", i - 1).isEqualTo(ONE);
        }
        assertThat(vu0.vf[4 * 8 + 3]).as("1/4").isEqualTo(0x3E800000);
    }

    @Test
    void waitqStallsAndItsUpperHalfReadsTheNewQuotient() {
        vu0.vi[22] = ONE;
        vu0.write(1, 0, Lanes.words(0, FOUR));
        divide(0, 1);
        word(upper(Instruction.VMULQ, W, 0, 0, 2), 0x8000_03BF);
        end();
        machine.run(CALL);
        assertThat(vu0.vf[11]).isEqualTo(0x3E800000);
    }

    @Test
    void clipFlagsAreSeenFourWordsLater() {
        vu0.write(1, Lanes.words(FOUR, FOUR), Lanes.words(FOUR, FOUR));
        word(upper(Instruction.VCLIP, 0xE << 21, 0, 1, 0), LOWER_NOP);
        word(NOP, LOWER_NOP);
        word(NOP, LOWER_NOP);
        word(NOP, lower(0x1C, 1, 0, 0)); // FCGET vi1
        word(NOP, lower(0x1C, 2, 0, 0));
        end();
        machine.run(CALL);
        assertThat(vu0.vi[1]).isZero();
        assertThat(vu0.vi[2]).isEqualTo(0x15);
    }

    @Test
    void bitOfImmediateLoadsForTheNextWord() {
        vu0.write(1, 0xB063B75BL, 0);
        vu0.vi[21] = ONE;
        word(upper(Instruction.VMULI, X, 0, 1, 3) | I, 0x42FECCCD);
        word(upper(Instruction.VMULI, X, 0, 1, 2) | I, 0x42546666);
        word(upper(Instruction.VADDI, X, 0, 2, 3), LOWER_NOP);
        end();
        machine.run(CALL);
        assertThat(vu0.vf[8]).as("recorded").isEqualTo(0xB3E2A618);
        assertThat(vu0.vf[12]).as("recorded").isEqualTo(0x42546666);
    }

    @Test
    void bitDStopsAndInterruptsOnlyIfAllowed() {
        int[] raised = {0};
        vu0.interruptLine(() -> raised[0]++);
        word(NOP | D, addImmediate(1, 1, 1));
        word(NOP, addImmediate(1, 1, 1));
        word(NOP, addImmediate(1, 1, 1));
        end();
        machine.run(CALL, READ_STATE | INTERLOCK);
        assertThat(vu0.vi[1]).isEqualTo(3);
        assertThat(raised[0]).isZero();
        machine.set(3, 4, 0);
        machine.run(Instruction.CTC2.encoding.match() | 3 << 16 | 28 << 11, CALL, READ_STATE | INTERLOCK);
        assertThat(vu0.vi[1]).as("stopped after one more").isEqualTo(5);
        assertThat(machine.low(2)).as("VPU_STAT.VDS0").isEqualTo(2);
        assertThat(raised[0]).isOne();
    }

    @Test
    void endlessProgramRunsOnUntilSomebodyWaits() {
        word(NOP, addImmediate(1, 1, 1));
        word(NOP, lower(0x20, 0, 0, -2)); // B to the first
        word(NOP, LOWER_NOP);
        machine.run(CALL, READ_STATE);
        assertThat(machine.low(2)).as("VPU_STAT.VBS0").isOne();
        machine.run(READ_STATE | INTERLOCK);
        assertThat(machine.low(2)).as("VPU_STAT.VFS0").isEqualTo(8);
        assertThat(machine.notices.all())
                .extracting(notice -> notice.text())
                .anyMatch(text -> text.contains("does not end"));
    }

    @Test
    void waitingTakesAsLongAsTheProgram() {
        for (int i = 0; i < 98; i++) {
            word(NOP, LOWER_NOP);
        }
        end();
        long start = machine.cpu.cycles();
        machine.run(CALL, READ_STATE, READ_STATE | INTERLOCK);
        assertThat(machine.low(2)).isZero();
        assertThat(machine.cpu.cycles() - start).isGreaterThan(100);
    }

    /** Words of random halves, half of them arithmetic and branches: no Java exception, vf0 and vi0 stay, integers have 16 bits. */
    @Property(tries = 100)
    void randomProgramsStayInside(@ForAll long seed) {
        Random random = new Random(seed);
        pairs = 0;
        machine.raised.clear();
        for (int i = 0; i < 512; i++) {
            int lower = random.nextBoolean() ? random.nextInt() : random.nextInt() & 0x01FF_FFFF | 0x8000_0000;
            word(random.nextInt() & ~(random.nextInt(8) == 0 ? 0 : E), random.nextInt(4) == 0 ? lower >>> 1 : lower);
        }
        machine.run(CALL, READ_STATE);
        machine.set(3, 2, 0);
        machine.run(Instruction.CTC2.encoding.match() | 3 << 16 | 28 << 11, READ_STATE);
        assertThat(machine.raised).extracting(TestMachine.Raised::code).containsOnly(ExceptionCode.BREAKPOINT);
        assertThat(machine.low(2)).isZero();
        assertThat(vu0.low(0)).isZero();
        assertThat(vu0.high(0)).isEqualTo(Lanes.words(0, ONE));
        assertThat(vu0.vi[0]).isZero();
        for (int i = 1; i < 16; i++) {
            assertThat(vu0.vi[i]).isBetween(0, 0xFFFF);
        }
    }

    @Test
    void memoriesAreSeenFourTimes() {
        machine.bus.write32(0x1100_1008, 0x1234_5678);
        machine.bus.write32(0x1100_7008, 0x2345_6789);
        assertThat(machine.bus.read32(0x1100_0008)).isEqualTo(0x1234_5678);
        assertThat(machine.bus.read32(0x1100_4008)).isEqualTo(0x2345_6789);
    }
}
