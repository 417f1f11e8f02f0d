package soliloquy.ee;

/**
 * A loop of one block that ends when a register which it steps by a constant becomes equal to one it does not change. How often it
 * goes round is known at its beginning then.
 *
 * @param counter the register that is stepped
 * @param end the one it is compared with
 * @param step what is added in each round, not 0
 * @param before true if the step is taken before the comparison; false if in the delay slot, behind it
 */
record CountedLoop(int counter, int end, int step, boolean before) {
    /** The loop that {@code block} is; null if it is none, or its registers are not kept as words. */
    static CountedLoop of(RegionBlock block, RegionTypes types) {
        Operation branch = block.branch;
        if (branch == null
                || block.taken != block
                || branch.row() != Instruction.BNE && branch.row() != Instruction.BNEL
                || hasFloats(block)
                || usesDevices(block)
                || !types.isWord(branch.s())
                || !types.isWord(branch.t())) {
            return null;
        }
        CountedLoop loop = of(block, branch.s(), branch.t());
        return loop != null ? loop : of(block, branch.t(), branch.s());
    }

    /** Exact arithmetic of the FPU has so many rare ways out that HotSpot gains nothing from counting. */
    private static boolean hasFloats(RegionBlock block) {
        return block.slot.row().unit == Instruction.Unit.FPU
                || block.body.stream().anyMatch(operation -> operation.row().unit == Instruction.Unit.FPU);
    }

    /** An access to a device may bring the deadline nearer. */
    private static boolean usesDevices(RegionBlock block) {
        return block.slot.inDevices() || block.body.stream().anyMatch(Operation::inDevices);
    }

    private static CountedLoop of(RegionBlock block, int counter, int end) {
        if (counter == 0 || writes(block.slot, end)) {
            return null;
        }
        Operation step = null;
        for (Operation operation : block.body) {
            if (writes(operation, end) || step != null && writes(operation, counter)) {
                return null;
            }
            step = writes(operation, counter) ? operation : step;
        }
        boolean before = step != null;
        if (writes(block.slot, counter)) {
            if (before) {
                return null;
            }
            step = block.slot;
        }
        return step != null && step.row() == Instruction.ADDIU && step.s() == counter && step.t() != 0
                ? new CountedLoop(counter, end, step.t(), before)
                : null;
    }

    /**
     * Called by compiled code.
     *
     * @param distance from the counter to the end
     * @param step what each round adds to the counter
     * @param last 1 if the last round finds the counter at the end; 0 if it only gets there behind the comparison
     * @param most what time allows
     * @return how many rounds are sure to be followed by another; none or less if the counter steps over the end
     */
    static int rounds(int distance, int step, int last, int most) {
        int rounds = distance / step;
        return rounds * step == distance ? Math.min(rounds - last, most) : 0;
    }

    private static boolean writes(Operation operation, int register) {
        return RegisterEffects.of(operation).writes.get(register);
    }
}
