package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Half cycles by the rules and latencies of docs/timing.md: 2 alone, 1 + 1 for a pair, 2 more for every cycle of waiting. */
class PipelineTimingTest {
    private static final int NOP = 0;

    private static int[] costs(int... words) {
        return new PipelineTiming()
                .costs(IntStream.range(0, words.length)
                        .mapToObj(i -> Operation.decode(words[i], 4 * i))
                        .toArray(Operation[]::new));
    }

    private static int addu(int rd, int rs, int rt) {
        return three(Instruction.ADDU, rd, rs, rt);
    }

    private static int lw(int rt) {
        return immediate(Instruction.LW, rt, 29, 0);
    }

    /** {@code row fd, fs, ft}. */
    private static int single(Instruction row, int fd, int fs, int ft) {
        return row.encoding.match() | ft << 16 | fs << 11 | fd << 6;
    }

    @Test
    void independentArithmeticIsIssuedInPairs() {
        assertThat(costs(addu(8, 4, 5), addu(9, 4, 5), addu(10, 4, 5))).containsExactly(1, 1, 2);
    }

    @Test
    void noPairWhereTheSecondNeedsOrOverwritesTheResultOfTheFirst() {
        assertThat(costs(addu(8, 4, 5), addu(9, 8, 5))).containsExactly(2, 2);
        assertThat(costs(addu(8, 4, 5), addu(8, 6, 7))).containsExactly(2, 2);
    }

    @Test
    void resultsForRegisterZeroAreNeverWaitedFor() {
        assertThat(costs(lw(0), addu(9, 0, 5))).containsExactly(1, 1);
    }

    @Test
    void aLoadedValueIsThereACycleLater() {
        assertThat(costs(lw(8), addu(9, 8, 5))).containsExactly(2, 4);
        assertThat(costs(lw(8), NOP, addu(9, 8, 5))).containsExactly(1, 1, 4);
        assertThat(costs(lw(8), addu(9, 4, 5), addu(10, 4, 5), addu(11, 4, 5), addu(12, 8, 5)))
                .containsExactly(1, 1, 1, 1, 2);
    }

    @Test
    void onlyOneAccessIsIssuedInACycle() {
        assertThat(costs(lw(8), lw(9))).containsExactly(2, 2);
        assertThat(costs(lw(8), immediate(Instruction.SW, 9, 29, 0))).containsExactly(2, 2);
        assertThat(costs(lw(8), addu(9, 4, 5))).containsExactly(1, 1);
    }

    @Test
    void anUnalignedLoadNeedsWhatItMergesWith() {
        assertThat(costs(immediate(Instruction.LWL, 8, 29, 3), immediate(Instruction.LWR, 8, 29, 0)))
                .containsExactly(2, 4);
    }

    /** Latency 4, throughput 2. */
    @Test
    void productsTakeFourCyclesAndTheMultiplierTwo() {
        assertThat(costs(three(Instruction.MULT, 0, 4, 5), three(Instruction.MFLO, 8, 0, 0)))
                .containsExactly(2, 8);
        assertThat(costs(three(Instruction.MULT, 8, 4, 5), addu(9, 8, 5))).containsExactly(2, 8);
        assertThat(costs(three(Instruction.MULT, 0, 4, 5), three(Instruction.MULT, 0, 6, 7)))
                .containsExactly(2, 4);
        assertThat(costs(three(Instruction.MADD, 0, 4, 5), three(Instruction.MADD, 0, 6, 7)))
                .containsExactly(2, 4);
    }

    @Test
    void theTwoMultipliersWorkAtOnce() {
        assertThat(costs(three(Instruction.MULT, 8, 4, 5), three(Instruction.MULT1, 9, 6, 7)))
                .containsExactly(1, 1);
    }

    /** Latency and throughput 37. */
    @Test
    void quotientsTakeThirtySevenCycles() {
        int div = three(Instruction.DIV, 0, 4, 5);
        assertThat(costs(div, three(Instruction.MFLO, 8, 0, 0))).containsExactly(2, 2 * 36 + 2);
        assertThat(costs(div, NOP, NOP, three(Instruction.MFHI, 8, 0, 0))).containsExactly(1, 1, 2, 2 * 35 + 2);
        assertThat(costs(div, three(Instruction.MULT, 0, 4, 5))).containsExactly(2, 2 * 36 + 2);
    }

    @Test
    void theEndOfABlockWaitsForADivision() {
        assertThat(costs(three(Instruction.DIV, 0, 4, 5))).containsExactly(2 * 37);
        assertThat(costs(single(Instruction.DIV_S, 1, 2, 3), NOP)).containsExactly(1, 1 + 2 * 7);
    }

    @Test
    void sumsOfTheFpuTakeFourCyclesAndOneIsBegunInEach() {
        assertThat(costs(single(Instruction.ADD_S, 1, 2, 3), single(Instruction.ADD_S, 4, 1, 3)))
                .containsExactly(2, 8);
        assertThat(costs(single(Instruction.ADD_S, 1, 2, 3), single(Instruction.MUL_S, 4, 5, 6)))
                .containsExactly(2, 2);
    }

    @Test
    void theAccumulatorIsThereAtOnce() {
        int madda = single(Instruction.MADDA_S, 0, 2, 3);
        assertThat(costs(madda, madda, single(Instruction.MADD_S, 1, 2, 3), single(Instruction.MOV_S, 4, 1, 0)))
                .containsExactly(2, 2, 2, 8);
    }

    @Test
    void movesOfTheFpuTakeTwoCyclesAndNeverPairWithItsArithmetic() {
        int mtc1 = Instruction.MTC1.encoding.match() | 8 << 16 | 1 << 11;
        assertThat(costs(mtc1, single(Instruction.ADD_S, 4, 1, 3))).containsExactly(2, 4);
        assertThat(costs(mtc1, single(Instruction.ADD_S, 4, 2, 3))).containsExactly(2, 2);
        int lwc1 = immediate(Instruction.LWC1, 1, 29, 0);
        assertThat(costs(lwc1, single(Instruction.ADD_S, 4, 2, 3))).containsExactly(1, 1);
        assertThat(costs(lwc1, single(Instruction.ADD_S, 4, 1, 3))).containsExactly(2, 4);
    }

    /** DIV.S 8/7, RSQRT.S 14/13. */
    @Test
    void rootsAndQuotientsOfTheFpuShareAUnit() {
        assertThat(costs(single(Instruction.DIV_S, 1, 2, 3), single(Instruction.ADD_S, 4, 1, 3)))
                .containsExactly(2, 2 * 7 + 2);
        assertThat(costs(single(Instruction.RSQRT_S, 1, 2, 3), single(Instruction.ADD_S, 4, 1, 3)))
                .containsExactly(2, 2 * 13 + 2);
        // the second begins at 7 and is done at 15
        assertThat(costs(single(Instruction.DIV_S, 1, 2, 3), single(Instruction.SQRT_S, 4, 0, 3)))
                .containsExactly(2, 2 * 14);
    }

    @Test
    void wideArithmeticTakesBothIntegerPipes() {
        int paddw = three(Instruction.PADDW, 8, 4, 5);
        assertThat(costs(paddw, three(Instruction.PADDW, 9, 4, 5))).containsExactly(2, 2);
        assertThat(costs(paddw, addu(9, 4, 5))).containsExactly(2, 2);
        assertThat(costs(paddw, lw(9))).containsExactly(1, 1);
        assertThat(costs(single(Instruction.ADD_S, 1, 2, 3), paddw)).containsExactly(1, 1);
        assertThat(costs(three(Instruction.PMULTW, 8, 4, 5), three(Instruction.MULT, 0, 6, 7)))
                .containsExactly(2, 4);
    }

    @Test
    void aBranchPairsWithWhatIsBeforeItButNotWithItsSlot() {
        int bne = immediate(Instruction.BNE, 0, 8, 4);
        assertThat(costs(addu(9, 4, 5), bne, addu(10, 4, 5))).containsExactly(1, 1, 2);
        assertThat(costs(addu(8, 4, 5), bne, addu(10, 4, 5))).containsExactly(2, 2, 2);
    }

    @Test
    void vectorSumsTakeFourCycles() {
        int vadd = Instruction.VADD.encoding.match() | 15 << 21 | 3 << 16 | 2 << 11 | 1 << 6;
        int vsub = Instruction.VSUB.encoding.match() | 15 << 21 | 1 << 16 | 2 << 11 | 4 << 6;
        assertThat(costs(vadd, vsub)).containsExactly(2, 8);
    }

    @Test
    void aWordThatIsNoInstructionTakesACycle() {
        assertThat(costs(addu(8, 4, 5), 0x4C00_0000, addu(9, 8, 5))).containsExactly(2, 2, 2);
    }
}
