package soliloquy.ee;

/**
 * Where an instruction can be issued, and beside what. Two instructions that follow each other are issued in one cycle if they
 * find different pipes. Source: DobieStation's model of the two pipes; what it does not say is an estimate, see docs/timing.md.
 */
enum Issue {
    /** Plain integer arithmetic. */
    INTEGER(Issue.EITHER),
    BRANCH(Issue.EITHER),
    /** Multimedia arithmetic: takes both integer pipes. */
    WIDE(Issue.EITHER),
    /** Multimedia arithmetic that also takes both multipliers. */
    WIDE_PRODUCT(Issue.EITHER),
    /** The multiplier and divider of pipe 0, and the moves of HI and LO. */
    PRODUCT(Issue.PIPE_0),
    /** The multiplier and divider of pipe 1, and the moves of HI1 and LO1. */
    PRODUCT_1(Issue.PIPE_1),
    SHIFT_AMOUNT(Issue.PIPE_0),
    LEADING_BITS(Issue.PIPE_1),
    ACCESS(Issue.PIPE_1),
    /** COP0, but for its branches. */
    SYSTEM(Issue.PIPE_1),
    SYNC(Issue.PIPE_1),
    FPU(Issue.PIPE_0),
    FPU_MOVE(Issue.PIPE_1),
    VECTOR(Issue.PIPE_0),
    VECTOR_MOVE(Issue.PIPE_1),
    /** Enters the kernel: never one of two. */
    ALONE(0);

    private static final int PIPE_0 = 1;
    private static final int PIPE_1 = 2;
    private static final int EITHER = 3;

    private final int pipes;

    Issue(int pipes) {
        this.pipes = pipes;
    }

    /** True if one of this kind and one of {@code other} fit into one cycle, whatever their operands. */
    boolean pairs(Issue other) {
        if (this == ALONE || other == ALONE) {
            return false;
        }
        if (isWide()) {
            return !other.isWide() && other.pairsWithWide(this);
        }
        if (other.isWide()) {
            return pairsWithWide(other);
        }
        boolean branches = this == BRANCH && other == BRANCH;
        boolean sameUnit = this == FPU && other == FPU_MOVE || this == FPU_MOVE && other == FPU;
        return !branches && !sameUnit && (pipes | other.pipes) == EITHER;
    }

    private boolean isWide() {
        return this == WIDE || this == WIDE_PRODUCT;
    }

    private boolean pairsWithWide(Issue wide) {
        return switch (this) {
            case ACCESS, FPU, VECTOR, BRANCH, SYSTEM -> true;
            case PRODUCT -> wide == WIDE;
            default -> false;
        };
    }
}
