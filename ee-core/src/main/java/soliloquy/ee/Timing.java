package soliloquy.ee;

/**
 * Timing class of an instruction: how it is issued, after how many EE cycles its result can be used, and for how many it keeps its
 * unit from the next of its kind. Source: DobieStation's cycle tables; what they do not say is an estimate, see docs/timing.md.
 */
enum Timing {
    SINGLE(Issue.INTEGER, 1, 1, 0),
    BRANCH(Issue.BRANCH, 1, 1, 0),
    /** A jump to where a register says. */
    REGISTER_JUMP(Issue.BRANCH, 1, 1, 0),
    LOAD(Issue.ACCESS, 2, 1, 0),
    STORE(Issue.ACCESS, 1, 1, 0),
    SYSTEM(Issue.SYSTEM, 1, 1, 0),
    SYNC(Issue.SYNC, 1, 1, 0),
    KERNEL_CALL(Issue.ALONE, 1, 1, 0),
    SHIFT_AMOUNT(Issue.SHIFT_AMOUNT, 1, 1, 0),
    PRODUCT_MOVE(Issue.PRODUCT, 1, 1, Timing.MAC_0),
    PRODUCT_MOVE_1(Issue.PRODUCT_1, 1, 1, Timing.MAC_1),
    MULTIPLY(Issue.PRODUCT, 4, 2, Timing.MAC_0),
    MULTIPLY_1(Issue.PRODUCT_1, 4, 2, Timing.MAC_1),
    DIVIDE(Issue.PRODUCT, 37, 37, Timing.MAC_0),
    DIVIDE_1(Issue.PRODUCT_1, 37, 37, Timing.MAC_1),
    WIDE(Issue.WIDE, 1, 1, 0),
    LEADING_BITS(Issue.LEADING_BITS, 1, 1, 0),
    WIDE_PRODUCT_MOVE(Issue.WIDE_PRODUCT, 1, 1, Timing.MAC_0 | Timing.MAC_1),
    WIDE_MULTIPLY(Issue.WIDE_PRODUCT, 4, 2, Timing.MAC_0 | Timing.MAC_1),
    WIDE_DIVIDE(Issue.WIDE_PRODUCT, 37, 37, Timing.MAC_0 | Timing.MAC_1),
    FPU(Issue.FPU, 4, 1, 0),
    FPU_MOVE(Issue.FPU_MOVE, 2, 1, 0),
    FPU_DIVIDE(Issue.FPU, 8, 7, Timing.FPU_DIVIDER),
    FPU_RECIPROCAL_ROOT(Issue.FPU, 14, 13, Timing.FPU_DIVIDER),
    VECTOR(Issue.VECTOR, 4, 1, 0),
    VECTOR_INTEGER(Issue.VECTOR, 1, 1, 0),
    VECTOR_MOVE(Issue.VECTOR_MOVE, 2, 1, 0),
    VECTOR_DIVIDE(Issue.VECTOR, 7, 7, Timing.VECTOR_DIVIDER),
    VECTOR_RECIPROCAL_ROOT(Issue.VECTOR, 13, 13, Timing.VECTOR_DIVIDER);

    private static final int MAC_0 = 1;
    private static final int MAC_1 = 2;
    private static final int FPU_DIVIDER = 4;
    private static final int VECTOR_DIVIDER = 8;

    /** Number of units that can be busy. */
    static final int UNITS = 4;

    /** From this latency on, an operation is a long one, which the end of its block waits for. */
    private static final int LONG = 7;

    final Issue issue;
    /** EE cycles from issue until the result can be used. */
    final int latency;
    /** EE cycles from issue until the unit can be used again. */
    final int throughput;
    /** The units it keeps busy, as bits. */
    final int units;

    Timing(Issue issue, int latency, int throughput, int units) {
        this.issue = issue;
        this.latency = latency;
        this.throughput = throughput;
        this.units = units;
    }

    /** True for divisions and roots. */
    boolean isLong() {
        return latency >= LONG;
    }

    /** True if it adds to the results of others of its kind, which it is given as soon as its unit is free. */
    boolean accumulates() {
        return this == MULTIPLY || this == MULTIPLY_1 || this == WIDE_MULTIPLY;
    }
}
