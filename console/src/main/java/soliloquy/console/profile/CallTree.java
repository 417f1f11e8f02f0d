package soliloquy.console.profile;

import java.util.Arrays;

/** Call stacks that share their outer functions, with what was counted at each. Node 0 is the root, in which no function is. */
public final class CallTree {
    /** What is counted. */
    public enum Count {
        /** EE cycles. */
        CYCLES,
        /** Lines that the data cache fetched. */
        DATA_MISSES,
        /** Lines that the instruction cache fetched. */
        FETCH_MISSES
    }

    /** A guest cannot make the tree larger, whatever it calls. */
    static final int MOST_NODES = 1 << 16;

    private int[] function = new int[256];
    private int[] parent = new int[256];
    private int[] firstChild = new int[256];
    private int[] sibling = new int[256];
    private final long[][] own = new long[Count.values().length][256];
    private int size = 1;

    CallTree() {}

    /** The node of a stack, the innermost function first; that of its outer functions if there are too many. */
    int node(int[] stack, int depth) {
        int node = 0;
        for (int i = depth - 1; i >= 0; i--) {
            int child = firstChild[node];
            while (child != 0 && function[child] != stack[i]) {
                child = sibling[child];
            }
            if (child == 0) {
                if (size >= MOST_NODES) {
                    return node;
                }
                child = add(node, stack[i]);
            }
            node = child;
        }
        return node;
    }

    private int add(int outer, int called) {
        if (size == function.length) {
            function = Arrays.copyOf(function, 2 * size);
            parent = Arrays.copyOf(parent, 2 * size);
            firstChild = Arrays.copyOf(firstChild, 2 * size);
            sibling = Arrays.copyOf(sibling, 2 * size);
            for (int i = 0; i < own.length; i++) {
                own[i] = Arrays.copyOf(own[i], 2 * size);
            }
        }
        function[size] = called;
        parent[size] = outer;
        sibling[size] = firstChild[outer];
        firstChild[outer] = size;
        return size++;
    }

    void count(Count what, int node, long amount) {
        own[what.ordinal()][node] += amount;
    }

    /** Number of nodes; a node's callers have smaller numbers than itself. */
    public int size() {
        return size;
    }

    /** The function of a node. */
    public int function(int node) {
        return function[node];
    }

    /** The node of its caller. */
    public int parent(int node) {
        return parent[node];
    }

    /** What was counted in the function itself. */
    public long own(Count what, int node) {
        return own[what.ordinal()][node];
    }

    /** By node, what was counted in its function and in all that it called. */
    public long[] totals(Count what) {
        long[] totals = Arrays.copyOf(own[what.ordinal()], size);
        for (int node = size - 1; node > 0; node--) {
            totals[parent[node]] += totals[node];
        }
        return totals;
    }
}
