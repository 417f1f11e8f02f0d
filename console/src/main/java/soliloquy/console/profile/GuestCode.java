package soliloquy.console.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import soliloquy.bios.ElfFile;
import soliloquy.bios.ElfSymbols;

/**
 * The functions of one program: which one an address is in, and who called it. Functions without a name are found by the calls in
 * the code.
 */
final class GuestCode {
    /** No function of the program. */
    static final int NONE = -1;

    private static final int PHYSICAL = 0x1FFF_FFFF;
    private static final int MOST_WORDS = 8 << 20;
    private static final int JAL = 3;
    private static final int SP = 2 * 29;
    private static final int RA = 2 * 31;

    private final IntUnaryOperator read;
    private final int base;
    private final int[] functionAt;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<FrameFlow> flows = new ArrayList<>();
    private final int firstNumber;

    /**
     * @param names gets the program's functions
     * @param read reads a word of guest memory without side effects
     */
    GuestCode(ElfFile program, FunctionNames names, IntUnaryOperator read) {
        this.read = read;
        firstNumber = names.count();
        int low = Integer.MAX_VALUE;
        int high = 0;
        for (ElfFile.Segment segment : program.segments()) {
            low = Math.min(low, segment.physical());
            high = Math.max(high, segment.physical() + segment.fileSize());
        }
        base = low & ~3;
        int words = high <= base ? 0 : Math.min(high - base + 3 >> 2, MOST_WORDS);
        functionAt = new int[words];
        place(found(program, words), names);
    }

    /** Names of functions by the number of their first word. */
    private TreeMap<Integer, ElfSymbols.Symbol> found(ElfFile program, int words) {
        TreeMap<Integer, ElfSymbols.Symbol> found = new TreeMap<>();
        for (ElfSymbols.Symbol symbol : program.symbols().all()) {
            int index = index(symbol.address());
            if (symbol.function() && index >= 0 && index < words) {
                found.merge(index, symbol, (first, second) -> first.size() > 0 ? first : second);
            }
        }
        if (found.isEmpty()) {
            addUnnamed(found, index(program.entry()), words);
            for (int i = 0; i < words; i++) {
                int word = read.applyAsInt(base + 4 * i);
                if (word >>> 26 == JAL) {
                    addUnnamed(found, index((word & 0x03FF_FFFF) << 2), words);
                }
            }
        }
        return found;
    }

    private void addUnnamed(TreeMap<Integer, ElfSymbols.Symbol> found, int index, int words) {
        if (index >= 0 && index < words) {
            int address = base + 4 * index;
            found.putIfAbsent(index, new ElfSymbols.Symbol("sub_%08x".formatted(address), address, 0, true));
        }
    }

    private void place(TreeMap<Integer, ElfSymbols.Symbol> found, FunctionNames names) {
        for (var entry : found.entrySet()) {
            int start = entry.getKey();
            Integer next = found.higherKey(start);
            int limit = next == null ? functionAt.length : next;
            int size = entry.getValue().size() + 3 >> 2;
            int end = size > 0 ? Math.min(start + size, limit) : limit;
            names.add(entry.getValue().name());
            starts.add(start);
            ends.add(end);
            flows.add(null);
            for (int i = start; i < end; i++) {
                functionAt[i] = starts.size();
            }
        }
    }

    private int index(int address) {
        return (address & PHYSICAL) - base >> 2;
    }

    /** The number of the function at {@code address}, or {@link #NONE}. */
    int function(int address) {
        int index = index(address);
        return index < 0 || index >= functionAt.length || functionAt[index] == 0
                ? NONE
                : firstNumber + functionAt[index] - 1;
    }

    private FrameFlow flow(int function) {
        int i = function - firstNumber;
        FrameFlow flow = flows.get(i);
        if (flow == null) {
            int start = starts.get(i);
            int[] code = new int[ends.get(i) - start];
            for (int k = 0; k < code.length; k++) {
                code[k] = read.applyAsInt(base + 4 * (start + k));
            }
            flow = new FrameFlow(code, base + 4 * start);
            flows.set(i, flow);
        }
        return flow;
    }

    /**
     * Follows callers from {@code pc} outwards.
     *
     * @param gpr general registers as the processor has them, two longs each
     * @param addresses gets {@code pc}, then the return addresses
     * @return how many of them; the last is one outside of the program, or room is at its end
     */
    int callers(int pc, long[] gpr, int[] addresses) {
        int at = pc;
        int call = pc;
        int sp = (int) gpr[SP];
        int depth = 0;
        while (depth < addresses.length) {
            addresses[depth++] = at;
            int function = function(call);
            if (function == NONE) {
                if (depth > 1) {
                    return depth;
                }
                at = (int) gpr[RA];
            } else {
                FrameFlow flow = flow(function);
                int index = index(call) - starts.get(function - firstNumber);
                int saved = flow.saved(index);
                if (saved == FrameFlow.IN_REGISTER && depth > 1) {
                    return depth;
                }
                sp += flow.frame(index);
                at = saved == FrameFlow.IN_REGISTER ? (int) gpr[RA] : read.applyAsInt(sp + saved);
            }
            call = at - 8;
        }
        return depth;
    }
}
