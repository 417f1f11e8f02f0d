package soliloquy.ee;

import java.util.Arrays;

/**
 * What the words of one page cost as instructions. Costs are found block by block, when first asked for. A block ends behind a delay
 * slot, behind an instruction that enters or leaves the kernel, and with the page, so that the costs of a word depend on the words of
 * its block and on nothing else, not on where control came from.
 */
final class PageCosts {
    private static final int WORDS = 1024;
    private static final int BYTE = 0xFF;
    private static final int TAKEN = 8;
    private static final int NOT_TAKEN = 16;
    /** The costs are known. */
    private static final int KNOWN = 1 << 30;
    /** The word is the first of its block. */
    private static final int FIRST = 1 << 31;

    private final byte[] ram;
    private final int start;
    private final TimingProfile profile;
    private final int[] costs = new int[WORDS];

    /**
     * @param ram what the page lies in
     * @param start where it begins there
     */
    PageCosts(byte[] ram, int start, TimingProfile profile) {
        this.ram = ram;
        this.start = start;
        this.profile = profile;
    }

    /** The costs of the word at {@code index} (0 to 1023), for {@link #base}, {@link #taken} and {@link #notTaken}. */
    int at(int index) {
        if (costs[index] == 0) {
            find(index);
        }
        return costs[index] & 0xFF_FFFF;
    }

    /** Half cycles of the instruction, with what it waits for. */
    static int base(int costs) {
        return costs & BYTE;
    }

    /** Half cycles that a branch takes beyond {@link #base} if it is taken. */
    static int taken(int costs) {
        return costs >> TAKEN & BYTE;
    }

    /** Half cycles that a branch takes beyond {@link #base} if it is not taken. */
    static int notTaken(int costs) {
        return costs >> NOT_TAKEN & BYTE;
    }

    private Instruction row(int index) {
        return Decoder.decode(word(index));
    }

    private int word(int index) {
        return (int) EeBus.INTS.get(ram, start + 4 * index);
    }

    private boolean beginsBlock(int index) {
        if (index == 0 || profile == TimingProfile.SIMPLE) {
            return true;
        }
        Instruction before = row(index - 1);
        if (before == Instruction.ERET || before != null && before.timing == Timing.KERNEL_CALL) {
            return true;
        }
        Instruction beforeSlot = index < 2 ? null : row(index - 2);
        return beforeSlot != null && beforeSlot.has(Instruction.Trait.BRANCH);
    }

    private void find(int index) {
        int from = index;
        while (!beginsBlock(from)) {
            from--;
        }
        int end = index + 1;
        while (end < WORDS && !beginsBlock(end)) {
            end++;
        }
        Operation[] block = new Operation[end - from];
        for (int i = from; i < end; i++) {
            block[i - from] = Operation.decode(word(i), 4 * i);
        }
        boolean simple = profile == TimingProfile.SIMPLE;
        int[] base = simple ? new int[] {simpleCost(block[0])} : new PipelineTiming().costs(block);
        for (int i = from; i < end; i++) {
            Operation operation = block[i - from];
            int cost = KNOWN | base[i - from];
            if (!simple && operation != null && operation.isBranch()) {
                cost |= PipelineTiming.takenCost(operation) << TAKEN
                        | PipelineTiming.notTakenCost(operation) << NOT_TAKEN;
            }
            costs[i] = cost;
        }
        costs[from] |= FIRST;
    }

    private static int simpleCost(Operation operation) {
        boolean counted = operation != null && operation.row().unit != Instruction.Unit.COP2;
        return counted ? 2 * operation.row().timing.throughput : 2;
    }

    /** Index of the first word whose cost depends on the word at {@code index}. */
    int firstAffected(int index) {
        int first = index;
        while (costs[first] > 0) { // known, and not the first of its block
            first--;
        }
        return first;
    }

    /** Index behind the last word whose cost depends on the word at {@code index}: a branch ends the block behind its slot. */
    int endAffected(int index) {
        int end = index + 1;
        if (profile == TimingProfile.SIMPLE) {
            return end;
        }
        for (int next = end; next < Math.min(index + 3, WORDS); next++) {
            if (costs[next] != 0) {
                end = next + 1;
            }
        }
        while (end < WORDS && costs[end] > 0) {
            end++;
        }
        return end;
    }

    /** Forgets the costs of the words from {@code first} up to {@code end}. */
    void forget(int first, int end) {
        Arrays.fill(costs, first, end, 0);
    }
}
