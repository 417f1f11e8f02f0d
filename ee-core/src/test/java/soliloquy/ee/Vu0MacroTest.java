package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Macro mode of VU0. Values are recorded rows of ps2autotests vu/upper/clip, vu/games/triace and cpu/vu0_macro, or follow from 1.0. */
class Vu0MacroTest {
    private static final int ONE = 0x3F800000;
    private static final int XYZW = 0xF << 21;
    private static final int X = 8 << 21;

    private final TestMachine machine = new TestMachine();
    private final Vu0Registers vu0 = machine.cpu.vu0();

    private static int vector(Instruction row, int fields, int ft, int fs, int fd) {
        return row.encoding.match() | fields | ft << 16 | fs << 11 | fd << 6;
    }

    private static int vectorTwo(Instruction row, int fields, int ft, int fs) {
        return row.encoding.match() | fields | ft << 16 | fs << 11;
    }

    private void vector(int register, int x, int y, int z, int w) {
        vu0.write(register, Lanes.words(x, y), Lanes.words(z, w));
    }

    @Test
    void clipShiftsInSixJudgements() {
        vector(1, 0x40000000, 0x40000000, 0x40000000, 0);
        vector(2, 0xC0000000, 0xC0000000, 0xC0000000, 0);
        vector(3, 0, 0, 0, ONE);
        machine.run(vectorTwo(Instruction.VCLIP, 0xE << 21, 3, 1), vectorTwo(Instruction.VCLIP, 0xE << 21, 3, 2));
        assertThat(vu0.vi[18]).isEqualTo(0x15 << 6 | 0x2A);
    }

    @Test
    void sumDropsWhatLiesBelowTheGuardBit() {
        vector(1, 0x42546666, ONE, 0, 0x80000000);
        vu0.vi[21] = 0xB3E2A618;
        machine.run(vector(Instruction.VADDI, X, 0, 1, 2));
        assertThat(vu0.vf[8]).isEqualTo(0x42546666);
        assertThat(vu0.vf[9]).isZero();
        assertThat(vu0.vi[17]).isZero();
    }

    @Test
    void flagsTellLaneByLane() {
        vector(1, 0x7F7FFFFF, 0, 0xBF800000, ONE);
        vector(2, 0x7F7FFFFF, ONE, ONE, ONE);
        machine.run(vector(Instruction.VMUL, XYZW, 2, 1, 3));
        assertThat(vu0.vf[12]).isEqualTo(0x7FFFFFFF);
        assertThat(vu0.vi[17]).as("overflow of x, zero of y, sign of z").isEqualTo(0x8000 | 0x0004 | 0x0020);
        assertThat(vu0.vi[16]).isEqualTo(0xB | 0xB << 6);
    }

    @Test
    void divisionByZeroIsFlagged() {
        vector(1, ONE, 0, 0, 0);
        machine.run(vectorTwo(Instruction.VDIV, 0, 0, 1), vectorTwo(Instruction.VWAITQ, 0, 0, 0));
        assertThat(vu0.vi[22]).isEqualTo(0x7FFFFFFF);
        assertThat(vu0.vi[16]).isEqualTo(1 << 5 | 1 << 11);
    }

    @Test
    void accumulatorAndBroadcast() {
        vector(1, ONE, ONE, ONE, ONE);
        vector(2, 0x40000000, 0x40400000, 0x40800000, 0x40A00000);
        machine.run(
                vectorTwo(Instruction.VMULAX, XYZW, 2, 1),
                vectorTwo(Instruction.VMADDAY, XYZW, 2, 1),
                vector(Instruction.VMADDW, XYZW, 2, 1, 3));
        assertThat(vu0.vf[12]).as("2 + 3 + 5").isEqualTo(0x41200000);
    }

    @Test
    void conversionsTruncateAndRegisterZeroStays() {
        vector(1, 0x40200000, 0xC0200000, 0x7F800000, ONE);
        machine.run(
                vectorTwo(Instruction.VFTOI4, XYZW, 2, 1),
                vectorTwo(Instruction.VITOF4, XYZW, 3, 2),
                vectorTwo(Instruction.VMOVE, XYZW, 0, 1));
        assertThat(vu0.vf[8]).isEqualTo(40);
        assertThat(vu0.vf[9]).isEqualTo(-40);
        assertThat(vu0.vf[10]).isEqualTo(Integer.MAX_VALUE);
        assertThat(vu0.vf[12]).isEqualTo(0x40200000);
        assertThat(vu0.vf[0]).isZero();
        assertThat(vu0.vf[3]).isEqualTo(ONE);
    }

    @Test
    void quadwordsMoveThroughDataMemory() {
        vector(1, 1, 2, 3, 4);
        vu0.vi[5] = 7;
        machine.run(vectorTwo(Instruction.VSQI, XYZW, 5, 1), vectorTwo(Instruction.VLQD, XYZW, 2, 5));
        assertThat(vu0.vi[5]).isEqualTo(7);
        assertThat(vu0.low(2)).isEqualTo(vu0.low(1));
        assertThat(machine.bus.read32(0x1100_4000 + 7 * 16 + 8)).isEqualTo(3);
    }
}
