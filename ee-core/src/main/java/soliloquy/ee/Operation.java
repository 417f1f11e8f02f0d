package soliloquy.ee;

/**
 * One decoded instruction of a region.
 *
 * @param address where it stands
 * @param row its row of the instruction table
 * @param word its encoding
 * @param d operand as {@link OperandFormat} lays it out
 * @param s operand
 * @param t operand
 * @param costs its costs, as {@link PageCosts#at} gives them; 0 if they do not matter
 * @param inScratchpad true for a load or store that was seen in the scratchpad
 * @param inDevices the same at devices
 */
record Operation(
        int address,
        Instruction row,
        int word,
        int d,
        int s,
        int t,
        int costs,
        boolean inScratchpad,
        boolean inDevices) {
    /** The instruction of {@code word} at {@code address}; null if the R5900 has none. */
    static Operation decode(int word, int address) {
        Instruction row = Decoder.decode(word);
        if (row == null) {
            return null;
        }
        int[] operands = new int[4];
        row.format.decode(word, row.has(Instruction.Trait.STORE), operands, 0);
        return new Operation(address, row, word, operands[1], operands[2], operands[3], 0, false, false);
    }

    /** The same with {@code costs}, and what is known of its access. */
    Operation with(int costs, boolean inScratchpad, boolean inDevices) {
        return new Operation(address, row, word, d, s, t, costs, inScratchpad, inDevices);
    }

    boolean isBranch() {
        return row.has(Instruction.Trait.BRANCH);
    }

    boolean isLikely() {
        return row.has(Instruction.Trait.LIKELY);
    }

    /** Target of a branch or jump within the region's segment. */
    int target() {
        return row.format == OperandFormat.TARGET ? address + 4 & 0xF000_0000 | d : address + 4 + d;
    }

    /** True for a branch that is always taken. */
    boolean isAlways() {
        return switch (row) {
            case J, JAL, JR, JALR -> true;
            case BEQ, BEQL -> s == t;
            case BGEZ, BGEZL, BGEZAL, BGEZALL, BLEZ, BLEZL -> s == 0;
            default -> false;
        };
    }

    /** Half cycles the instruction takes, with what it waits for. */
    int cycles() {
        return PageCosts.base(costs);
    }

    /** Half cycles that it takes beyond {@link #cycles} as a branch that is taken. */
    int cyclesTaken() {
        return PageCosts.taken(costs);
    }

    /** Half cycles that it takes beyond {@link #cycles} as a branch that is not taken. */
    int cyclesNotTaken() {
        return PageCosts.notTaken(costs);
    }
}
