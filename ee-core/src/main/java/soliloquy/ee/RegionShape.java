package soliloquy.ee;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The code of one region: what has been executed and can be reached from its entry without leaving the function, up to a number of
 * instructions, and small functions it calls that call none themselves. Nearest code first.
 */
final class RegionShape {
    /**
     * Larger regions are faster once compiled, but HotSpot takes long over them: its first compiler gives up, and until its second
     * is done they are interpreted twice.
     */
    static final int MOST_OPERATIONS = 100;
    /** Of the second form. */
    static final int MOST_OF_SECOND = 240;
    /** Targets of a jump to a register, and of a call, that are taken in. */
    private static final int MOST_TARGETS = 12;

    private static final int MOST_CALLEES = 4;

    private static final int MOST_OF_CALLEE = 48;

    final RegionBlock entry;
    final List<RegionBlock> blocks = new ArrayList<>();

    /** Addresses of the region's function that control may reach and that found no room, or are entries of other regions. */
    final Set<Integer> cuts = new HashSet<>();

    /** Addresses that control may reach, but has not yet, and functions that are called without being taken in. */
    final Set<Integer> cold = new HashSet<>();

    /** Addresses of breakpoints that would be instructions of the region otherwise. */
    final Set<Integer> breakpoints = new HashSet<>();

    private final Source source;
    private final int mostOperations;
    private int operations;

    /** Guest code and what is known of it, by addresses. */
    interface Source {
        /** The word of memory. */
        int word(int address);

        /** The costs of the instruction, as {@link PageCosts#at} gives them. */
        int costs(int address);

        /** True if the load or store there was seen in the scratchpad. */
        boolean usesScratchpad(int address);

        /** The same at devices. */
        boolean usesDevices(int address);

        /** What is known of the jump to a register there; null if nothing. */
        JumpProfile jumps(int address);

        /** False if control has not been there yet: the region is left there then. */
        boolean executed(int address);

        /** True if another region begins there that this one should leave it to. */
        boolean isEntry(int address);

        /** True if a debugger wants to stop there: the interpreter looks at it each time. */
        boolean isBreakpoint(int address);
    }

    /**
     * @param address the entry
     * @param mostOperations how many instructions may be taken
     */
    RegionShape(int address, Source source, int mostOperations) {
        this.source = source;
        this.mostOperations = mostOperations;
        entry = function(null, address).get(address);
        if (entry != null) {
            markHeaders();
        }
    }

    /** How many instructions the region has, copies counted. */
    int operations() {
        return operations;
    }

    private Operation operation(int address) {
        if (Integer.compareUnsigned(address - EeBus.USER_START, EeBus.USER_SIZE) >= 0) {
            return null;
        }
        if (source.isBreakpoint(address)) {
            breakpoints.add(address);
            return null;
        }
        Operation operation = Operation.decode(source.word(address), address);
        return operation != null && RegionEmitter.supports(operation) && !waits(operation) ? operation : null;
    }

    /** True for a branch to itself around nothing, in which the interpreter lets time pass at once. */
    private boolean waits(Operation operation) {
        int address = operation.address();
        boolean toRegister = operation.row().timing == Timing.REGISTER_JUMP;
        return operation.isBranch() && !toRegister && operation.target() == address && source.word(address + 4) == 0;
    }

    private Operation costed(Operation operation) {
        return operation.with(
                source.costs(operation.address()),
                source.usesScratchpad(operation.address()),
                source.usesDevices(operation.address()));
    }

    /** The branch at {@code address} may be taken over only if its delay slot may. */
    private boolean hasSlot(Operation branch) {
        Operation slot = operation(branch.address() + 4);
        return slot != null && !slot.isBranch();
    }

    /** Finds and links the blocks reachable from {@code start} in one function. */
    private Map<Integer, RegionBlock> function(RegionBlock.Frame frame, int start) {
        TreeSet<Integer> leaders = new TreeSet<>();
        Set<Integer> seen = new HashSet<>();
        Map<Integer, Operation> code = new HashMap<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        leaders.add(start);
        open.add(start);
        while (!open.isEmpty()) {
            int from = open.remove();
            if (from == start || source.executed(from) && (frame != null || !source.isEntry(from))) {
                walk(frame, from, seen, code, leaders, open);
            }
        }
        TreeMap<Integer, RegionBlock> found = new TreeMap<>();
        for (int leader : leaders) {
            if (code.containsKey(leader)) {
                found.put(leader, new RegionBlock(frame, leader));
            } else if (operation(leader) != null) {
                (source.executed(leader) ? cuts : cold).add(leader);
            }
        }
        for (RegionBlock block : found.values()) {
            fill(block, code, found);
        }
        blocks.addAll(found.values());
        for (RegionBlock block : List.copyOf(found.values())) {
            link(block, found);
        }
        return found;
    }

    private void walk(
            RegionBlock.Frame frame,
            int from,
            Set<Integer> seen,
            Map<Integer, Operation> code,
            TreeSet<Integer> leaders,
            ArrayDeque<Integer> open) {
        int other = 0;
        for (int address = from; !seen.contains(address); address += 4) {
            if (address != from && frame == null && source.isEntry(address)) {
                other = address;
            }
            if (operations >= mostOperations) {
                // another region begins here, or has begun before
                int cut = other == 0 ? loopAround(from, address) : other;
                for (int dropped = cut; dropped < address; dropped += 4) {
                    code.remove(dropped);
                }
                leaders.add(cut);
                return;
            }
            seen.add(address);
            Operation operation = operation(address);
            if (operation == null || operation.isBranch() && !hasSlot(operation)) {
                return;
            }
            code.put(address, operation);
            operations++;
            if (operation.isBranch()) {
                operations++;
                for (int successor : successors(operation)) {
                    if (leaders.add(successor)) {
                        open.add(successor);
                    }
                }
                return;
            }
        }
    }

    /**
     * The head of the innermost loop that begins behind {@code from} in straight code and goes on at {@code address}, where room ends: the loop is to
     * be a region of its own from its head on, instead of one from somewhere within. If there is none, {@code address}.
     */
    private int loopAround(int from, int address) {
        int end = Math.min(address + 4 * MOST_OF_SECOND, EeBus.USER_START + EeBus.USER_SIZE);
        for (int ahead = address; ahead < end; ahead += 4) {
            Operation operation = Operation.decode(source.word(ahead), ahead);
            if (operation == null) {
                return address;
            }
            if (operation.isBranch() && !RegionBlock.isCall(operation)) {
                if (operation.row().timing == Timing.REGISTER_JUMP || operation.target() <= from) {
                    return address;
                }
                if (operation.target() <= address) {
                    return operation.target();
                }
                if (operation.isAlways()) {
                    return address;
                }
            }
        }
        return address;
    }

    private int[] successors(Operation branch) {
        if (RegionBlock.isCall(branch)) {
            return new int[] {branch.address() + 8};
        }
        return switch (branch.row()) {
            case JR, JALR -> targets(branch, MOST_TARGETS);
            case J -> new int[] {branch.target()};
            default ->
                branch.isAlways() ? new int[] {branch.target()} : new int[] {branch.address() + 8, branch.target()};
        };
    }

    /** The targets known of a jump to a register other than a return; of calls, those that could be taken in. */
    private int[] targets(Operation branch, int most) {
        JumpProfile jump =
                branch.row() == Instruction.JR && branch.s() == R5900.RA ? null : source.jumps(branch.address());
        return jump == null
                ? new int[0]
                : Arrays.stream(jump.common(most))
                        .filter(target -> operation(target) != null)
                        .toArray();
    }

    private void fill(RegionBlock block, Map<Integer, Operation> code, TreeMap<Integer, RegionBlock> found) {
        int address = block.address;
        while (true) {
            Operation operation = code.get(address);
            if (operation == null || address != block.address && found.containsKey(address)) {
                block.end = address;
                return;
            }
            if (operation.isBranch()) {
                block.branch = costed(operation);
                block.slot = costed(operation(address + 4));
                block.end = address + 8;
                return;
            }
            block.body.add(costed(operation));
            address += 4;
        }
    }

    private void link(RegionBlock block, Map<Integer, RegionBlock> found) {
        Operation branch = block.branch;
        block.next = found.get(block.end);
        if (branch == null) {
            return;
        }
        if (branch.row() == Instruction.JAL) {
            block.taken = inline(block, branch.target());
            if (block.taken == null && operation(branch.target()) != null) {
                cold.add(branch.target());
            }
        } else if (block.calls()) {
            for (int target : targets(branch, MOST_CALLEES)) {
                RegionBlock callee = inline(block, target);
                if (callee != null) {
                    block.known.put(target, callee);
                }
            }
        } else if (branch.row() == Instruction.JR) {
            for (int target : targets(branch, MOST_TARGETS)) {
                if (found.containsKey(target)) {
                    block.known.put(target, found.get(target));
                }
            }
        } else if (branch.row() != Instruction.JR && branch.row() != Instruction.JALR) {
            block.taken = found.get(branch.target());
        }
    }

    /** Puts the callee's code behind a call, if it is small and makes no calls, and there is room. */
    private RegionBlock inline(RegionBlock block, int target) {
        int size = leafSize(target);
        if (block.frame != null || block.next == null || size <= 0 || operations + size > mostOperations) {
            return null;
        }
        RegionBlock.Frame frame = new RegionBlock.Frame(block.end);
        Map<Integer, RegionBlock> callee = function(frame, target);
        for (RegionBlock returning : callee.values()) {
            if (returning.branch != null
                    && returning.branch.row() == Instruction.JR
                    && returning.branch.s() == R5900.RA) {
                returning.taken = block.next;
            }
        }
        return callee.get(target);
    }

    /** Number of instructions of the function at {@code start}; -1 if it is not small, calls, or has what regions lack. */
    private int leafSize(int start) {
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(start);
        int size = 0;
        while (!open.isEmpty()) {
            int from = open.remove();
            for (int address = from; source.executed(from) && seen.add(address); address += 4) {
                Operation operation = operation(address);
                if (operation == null || RegionBlock.isCall(operation) || ++size > MOST_OF_CALLEE) {
                    return -1;
                }
                if (operation.isBranch()) {
                    boolean returns = operation.row() == Instruction.JR && operation.s() == R5900.RA;
                    if (!hasSlot(operation)
                            || operation.row() == Instruction.JALR
                            || operation.row() == Instruction.JR && !returns) {
                        return -1;
                    }
                    size++;
                    for (int successor : successors(operation)) {
                        open.add(successor);
                    }
                    break;
                }
            }
        }
        return size;
    }

    /** The blocks that {@code block} leads to inside the region. */
    static List<RegionBlock> following(RegionBlock block) {
        List<RegionBlock> list = new ArrayList<>(2);
        if (block.taken != null) {
            list.add(block.taken);
        }
        list.addAll(block.known.values());
        boolean passes = block.branch == null || block.calls() || !block.branch.isAlways();
        if (block.next != null && passes) {
            list.add(block.next);
        }
        return list;
    }

    /** Those of {@link #following} before which no other region is called. */
    static Collection<RegionBlock> within(RegionBlock block) {
        return block.calls() ? block.known.values() : following(block);
    }

    private void markHeaders() {
        entry.header = true;
        Set<RegionBlock> done = new HashSet<>();
        markLoops(entry, new HashSet<>(), done);
        blocks.retainAll(done);
        for (RegionBlock block : blocks) {
            if (block.calls() && block.next != null) {
                block.next.header = true;
            }
        }
        for (RegionBlock block : blocks) {
            longestPath(block);
        }
    }

    private static void markLoops(RegionBlock block, Set<RegionBlock> path, Set<RegionBlock> done) {
        done.add(block);
        path.add(block);
        for (RegionBlock following : following(block)) {
            if (path.contains(following)) {
                following.header = true;
            } else if (!done.contains(following)) {
                markLoops(following, path, done);
            }
        }
        path.remove(block);
    }

    private static int longestPath(RegionBlock block) {
        if (block.longestPath == 0) {
            int rest = 0;
            for (RegionBlock following : within(block)) {
                rest = Math.max(rest, following.header ? 0 : longestPath(following));
            }
            block.longestPath = block.longest() + rest;
        }
        return block.longestPath;
    }
}
