package soliloquy.ee;

import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instructions of a region that are entered only at the first and left only at the end. */
final class RegionBlock {
    /**
     * A call whose callee's code is part of the region, once for each place it is called from.
     *
     * @param returnAddress where the caller goes on
     */
    record Frame(int returnAddress) {}

    /** Null for code of the function that the region begins in. */
    final Frame frame;

    final int address;
    final List<Operation> body = new ArrayList<>();

    /** What ends the block; null if it runs into {@link #next}, or out of the region at {@link #end}. */
    Operation branch;
    /** The instruction in the delay slot of {@link #branch}. */
    Operation slot;
    /** Address behind the block. */
    int end;
    /** Where a taken branch, an inlined call or return leads; null if out of the region. */
    RegionBlock taken;
    /** Where a jump to a register leads if it leads there: targets and their blocks, most frequent first. */
    final Map<Integer, RegionBlock> known = new LinkedHashMap<>();
    /** What follows if no branch is taken, or after a call that is not inlined; null if that is out of the region. */
    RegionBlock next;

    /** True if the deadline is tested on entry: loops come back here, or a call returned. */
    boolean header;
    /** Greatest number of half cycles from here to the next test. */
    int longestPath;

    Label label;

    RegionBlock(Frame frame, int address) {
        this.frame = frame;
        this.address = address;
        this.end = address;
    }

    /** Half cycles of the instructions before the branch. */
    int bodyCycles() {
        int cycles = 0;
        for (Operation operation : body) {
            cycles += operation.cycles();
        }
        return cycles;
    }

    /** Half cycles of the whole block, with the delay slot. */
    int cycles() {
        return bodyCycles() + (branch == null ? 0 : branch.cycles() + slot.cycles());
    }

    /** Half cycles of the whole block where it takes longest. */
    int longest() {
        return cycles() + (branch == null ? 0 : Math.max(branch.cyclesTaken(), branch.cyclesNotTaken()));
    }

    /** A call by JAL or JALR that leaves the region and comes back to {@link #next}. */
    boolean calls() {
        return branch != null && taken == null && isCall(branch);
    }

    static boolean isCall(Operation operation) {
        return operation.row() == Instruction.JAL || operation.row() == Instruction.JALR && operation.d() == R5900.RA;
    }
}
