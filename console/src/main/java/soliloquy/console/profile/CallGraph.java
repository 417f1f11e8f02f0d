package soliloquy.console.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import soliloquy.console.profile.CallTree.Count;

/** A profile by function: what each took, and who called whom. Cycles of recursive calls are counted once. */
public final class CallGraph {
    /**
     * One function.
     *
     * @param own cycles in its own code
     * @param total cycles in it and what it called
     * @param dataMisses of the data cache in its own code
     * @param fetchMisses of the instruction cache in its own code
     */
    public record Function(int number, String name, long own, long total, long dataMisses, long fetchMisses) {}

    /**
     * Calls of one function by another, or of something by nobody, then {@code caller} is null.
     *
     * @param cycles in the called one and what it called, on behalf of the caller
     */
    public record Calls(Function caller, Function called, long cycles) {}

    private final List<Function> functions = new ArrayList<>();
    private final List<Calls> calls = new ArrayList<>();

    public CallGraph(GuestProfile profile) {
        CallTree tree = profile.tree();
        long[] totals = tree.totals(Count.CYCLES);
        int count = profile.names().count();
        long[] own = new long[count];
        long[] total = new long[count];
        long[] data = new long[count];
        long[] fetch = new long[count];
        Map<Long, Long> edges = new HashMap<>();
        for (int node = 1; node < tree.size(); node++) {
            int function = tree.function(node);
            own[function] += tree.own(Count.CYCLES, node);
            data[function] += tree.own(Count.DATA_MISSES, node);
            fetch[function] += tree.own(Count.FETCH_MISSES, node);
            if (outermost(tree, node, false)) {
                total[function] += totals[node];
            }
            if (outermost(tree, node, true)) {
                edges.merge((long) caller(tree, node) << 32 | function, totals[node], Long::sum);
            }
        }
        Function[] byNumber = new Function[count];
        for (int i = 0; i < count; i++) {
            byNumber[i] = new Function(i, profile.names().name(i), own[i], total[i], data[i], fetch[i]);
            if (total[i] > 0) {
                functions.add(byNumber[i]);
            }
        }
        functions.sort(Comparator.comparingLong(Function::own).reversed().thenComparing(Function::name));
        edges.forEach((edge, cycles) -> {
            int caller = (int) (edge >> 32);
            calls.add(new Calls(caller < 0 ? null : byNumber[caller], byNumber[edge.intValue()], cycles));
        });
        calls.sort(Comparator.comparingLong(Calls::cycles)
                .reversed()
                .thenComparing(call -> call.called().name())
                .thenComparing(
                        call -> call.caller() == null ? "" : call.caller().name()));
    }

    private static int caller(CallTree tree, int node) {
        return tree.parent(node) == 0 ? -1 : tree.function(tree.parent(node));
    }

    /** True if no node around has the same function, or with {@code calls} the same function called by the same. */
    private static boolean outermost(CallTree tree, int node, boolean calls) {
        for (int outer = tree.parent(node); outer > 0; outer = tree.parent(outer)) {
            if (tree.function(outer) == tree.function(node) && (!calls || caller(tree, outer) == caller(tree, node))) {
                return false;
            }
        }
        return true;
    }

    /** All that the guest was seen in, by the cycles of their own code. */
    public List<Function> functions() {
        return functions;
    }

    /** All calls, by their cycles. */
    public List<Calls> calls() {
        return calls;
    }
}
