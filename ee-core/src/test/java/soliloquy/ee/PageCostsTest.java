package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import org.junit.jupiter.api.Test;

/** Which words decide what an instruction costs, and what branches cost as they go. Half cycles. */
class PageCostsTest {
    private static final int LOAD = immediate(Instruction.LW, 8, 29, 0);
    private static final int USE = three(Instruction.ADDU, 9, 8, 8);
    private static final int OTHER = three(Instruction.ADDU, 10, 4, 5);
    private static final int FORWARD = immediate(Instruction.BNE, 0, 4, 8);
    private static final int BACKWARD = immediate(Instruction.BNE, 0, 4, -8);

    private final byte[] ram = new byte[8192];
    private final PageCosts costs = new PageCosts(ram, 4096, TimingProfile.PIPELINE);

    private void put(int index, int... words) {
        for (int i = 0; i < words.length; i++) {
            EeBus.INTS.set(ram, 4096 + 4 * (index + i), words[i]);
        }
    }

    private int base(int index) {
        return PageCosts.base(costs.at(index));
    }

    private void changed(int index) {
        int first = costs.firstAffected(index);
        costs.forget(first, costs.endAffected(index));
    }

    @Test
    void aBlockDoesNotWaitForLoadsOfTheOneBefore() {
        put(0, FORWARD, LOAD, USE, FORWARD, 0);
        assertThat(base(2)).isEqualTo(1); // pairs with the branch
        put(5, LOAD, USE, FORWARD);
        assertThat(base(6)).as("in its own block").isEqualTo(4 - 1);
    }

    @Test
    void aBlockEndsBehindASystemCall() {
        put(0, LOAD, Instruction.SYSCALL.encoding.match(), LOAD, USE);
        assertThat(base(1)).isEqualTo(2);
        assertThat(base(2)).isEqualTo(2);
    }

    @Test
    void theCostDoesNotDependOnWhichWordIsAskedFirst() {
        put(0, OTHER, LOAD, USE, FORWARD, 0, OTHER, OTHER);
        int last = costs.at(3);
        PageCosts again = new PageCosts(ram, 4096, TimingProfile.PIPELINE);
        again.at(0);
        assertThat(again.at(3)).isEqualTo(last);
    }

    @Test
    void aChangedWordChangesItsBlock() {
        put(0, FORWARD, 0, LOAD, USE, USE, FORWARD, 0);
        assertThat(base(2)).isEqualTo(2);
        put(3, OTHER);
        changed(3);
        assertThat(base(2)).isEqualTo(1);
        assertThat(base(3)).isEqualTo(1);
        assertThat(base(4)).isEqualTo(3);
    }

    @Test
    void aWordThatBecomesABranchEndsTheBlockBehindItsSlot() {
        put(0, OTHER, LOAD, USE, OTHER);
        assertThat(base(2)).isEqualTo(3);
        put(0, FORWARD);
        changed(0);
        assertThat(base(1)).as("the slot").isEqualTo(2);
        assertThat(base(2)).as("the next block").isEqualTo(1);
        put(0, OTHER);
        changed(0);
        assertThat(base(2)).isEqualTo(3);
    }

    @Test
    void branchesAreGuessedTakenBackwardAndNotTakenForward() {
        put(0, FORWARD, 0, BACKWARD, 0);
        assertThat(PageCosts.taken(costs.at(0))).isEqualTo(2 * 3);
        assertThat(PageCosts.notTaken(costs.at(0))).isZero();
        assertThat(PageCosts.taken(costs.at(2))).isZero();
        assertThat(PageCosts.notTaken(costs.at(2))).isEqualTo(2 * 3);
    }

    @Test
    void aBranchThatAnnulsItsSlotLosesACycle() {
        put(0, immediate(Instruction.BNEL, 0, 4, 8), 0, immediate(Instruction.BNEL, 0, 4, -8), 0);
        assertThat(PageCosts.notTaken(costs.at(0))).isEqualTo(2);
        assertThat(PageCosts.notTaken(costs.at(2))).isEqualTo(2 * 3 + 2);
    }

    @Test
    void jumpsAreKnownUnlessARegisterHoldsTheTarget() {
        put(0, Instruction.J.encoding.match() | 100, 0, three(Instruction.JR, 0, 31, 0), 0);
        put(4, immediate(Instruction.BEQ, 0, 0, 8), 0);
        assertThat(PageCosts.taken(costs.at(0))).isZero();
        assertThat(PageCosts.taken(costs.at(2))).isEqualTo(2 * 3);
        assertThat(PageCosts.taken(costs.at(4))).isZero();
    }

    @Test
    void theSimpleProfileCountsCyclesOfUnitsOnly() {
        PageCosts simple = new PageCosts(ram, 4096, TimingProfile.SIMPLE);
        put(0, LOAD, USE, FORWARD, 0, three(Instruction.MULT, 0, 4, 5), three(Instruction.DIV, 0, 4, 5));
        assertThat(new int[] {simple.at(0), simple.at(1), simple.at(2), simple.at(3)})
                .containsExactly(2, 2, 2, 2);
        assertThat(simple.at(4)).isEqualTo(2 * 2);
        assertThat(simple.at(5)).isEqualTo(2 * 37);
    }
}
