package soliloquy.ee;

import java.util.Arrays;

/**
 * What the instructions of a block cost in the {@code pipeline} profile, in half cycles: issued in order, two in a cycle where
 * {@link Issue} and their registers allow it, each when its operands and its unit are ready. Before the block nothing is under way;
 * its last instruction waits for divisions and roots. See docs/timing.md.
 */
final class PipelineTiming {
    /** EE cycles that a wrong guess costs; estimate. */
    static final int WRONG_GUESS = 3;
    /** EE cycles that an annulled delay slot takes; estimate. */
    static final int ANNULLED_SLOT = 1;

    private static final int RESERVED_INSTRUCTION = 2;
    private static final int FORWARDED = 1;

    private final int[] ready = new int[RegisterEffects.COUNT];
    private final int[] free = new int[Timing.UNITS];
    /** When the next instruction can be issued at the earliest. */
    private int next;
    /** When all long operations are done. */
    private int drained;

    /** Half cycles of each instruction of the block; null stands for a word that is none. */
    int[] costs(Operation[] block) {
        int[] costs = new int[block.length];
        RegisterEffects[] effects = new RegisterEffects[block.length];
        for (int i = 0; i < block.length; i++) {
            effects[i] = block[i] == null ? null : RegisterEffects.of(block[i]);
        }
        Arrays.fill(ready, 0);
        Arrays.fill(free, 0);
        next = 0;
        drained = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == null) {
                costs[i] = RESERVED_INSTRUCTION;
                next++;
                continue;
            }
            int cycle = earliest(block[i], effects[i]);
            int waited = 2 * (cycle - next);
            issue(block[i], effects[i], cycle);
            boolean paired = i + 1 < block.length
                    && pairs(block[i], effects[i], block[i + 1], effects[i + 1])
                    && earliest(block[i + 1], effects[i + 1]) <= cycle;
            next = cycle + 1;
            if (paired) {
                costs[i] = waited + 1;
                i++;
                issue(block[i], effects[i], cycle);
                costs[i] = 1;
            } else {
                costs[i] = waited + 2;
            }
        }
        if (block.length > 0) {
            costs[block.length - 1] += 2 * Math.max(0, drained - next);
        }
        return costs;
    }

    private static boolean pairs(Operation a, RegisterEffects ofA, Operation b, RegisterEffects ofB) {
        return b != null
                && !a.isBranch() // its delay slot is not issued with it
                && a.row().timing.issue.pairs(b.row().timing.issue)
                && !ofA.writes.intersects(ofB.reads)
                && !ofA.writes.intersects(ofB.writes);
    }

    private int earliest(Operation operation, RegisterEffects effects) {
        Timing timing = operation.row().timing;
        int cycle = next;
        for (int register = effects.reads.nextSetBit(0);
                register >= 0;
                register = effects.reads.nextSetBit(register + 1)) {
            boolean accumulator = register >= R5900.LO && register < R5900.SINK;
            if (!accumulator || !timing.accumulates()) {
                cycle = Math.max(cycle, ready[register]);
            }
        }
        for (int unit = 0; unit < free.length; unit++) {
            if ((timing.units >> unit & 1) != 0) {
                cycle = Math.max(cycle, free[unit]);
            }
        }
        return cycle;
    }

    private void issue(Operation operation, RegisterEffects effects, int cycle) {
        Timing timing = operation.row().timing;
        for (int register = effects.writes.nextSetBit(0);
                register >= 0;
                register = effects.writes.nextSetBit(register + 1)) {
            boolean forwarded = register == RegisterEffects.ACC
                    || register == RegisterEffects.FCR31
                    || register == RegisterEffects.VECTOR_ACC;
            ready[register] = cycle + (forwarded ? FORWARDED : timing.latency);
        }
        for (int unit = 0; unit < free.length; unit++) {
            if ((timing.units >> unit & 1) != 0) {
                free[unit] = cycle + timing.throughput;
            }
        }
        if (timing.isLong()) {
            drained = Math.max(drained, cycle + timing.latency);
        }
    }

    /** Half cycles that the branch adds when taken: forward it is guessed not to be. A register's target is never known. */
    static int takenCost(Operation branch) {
        if (branch.row().timing == Timing.REGISTER_JUMP) {
            return 2 * WRONG_GUESS;
        }
        return branch.isAlways() || isBackward(branch) ? 0 : 2 * WRONG_GUESS;
    }

    /** Half cycles that the branch adds when not taken: backward it is guessed to be, and one that annuls wastes its slot. */
    static int notTakenCost(Operation branch) {
        if (branch.isAlways()) {
            return 0;
        }
        int wrong = isBackward(branch) ? 2 * WRONG_GUESS : 0;
        return branch.isLikely() ? wrong + 2 * ANNULLED_SLOT : wrong;
    }

    private static boolean isBackward(Operation branch) {
        return branch.d() < 0;
    }
}
