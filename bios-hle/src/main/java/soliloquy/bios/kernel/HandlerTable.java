package soliloquy.bios.kernel;

import java.util.Arrays;

/** The chains of guest functions for the causes of one interrupt controller. */
final class HandlerTable {
    /** Handlers a console can hold for one controller. */
    static final int CAPACITY = 128;

    private static final int FAILED = -1;
    private static final Handler[] NONE = {};

    /** One guest function; its number is unique among those of the controller. */
    static final class Handler {
        final int id;
        final int function;
        final int argument;
        final int gp;
        boolean enabled = true;

        Handler(int id, int function, int argument, int gp) {
            this.id = id;
            this.function = function;
            this.argument = argument;
            this.gp = gp;
        }
    }

    private final Handler[][] chains;
    private final boolean[] used = new boolean[CAPACITY];

    HandlerTable(int causes) {
        chains = new Handler[causes][];
        clear();
    }

    void clear() {
        Arrays.fill(chains, NONE);
        Arrays.fill(used, false);
    }

    /** The chain of a cause; the array is never changed, only replaced. */
    Handler[] chain(int cause) {
        return chains[cause];
    }

    /**
     * Inserts a function.
     *
     * @param next 0 first, -1 last, otherwise the number of the handler to come before
     * @return its number, or -1
     */
    int add(int cause, int function, int next, int argument, int gp) {
        if (cause < 0 || cause >= chains.length) {
            return FAILED;
        }
        int id = 0;
        while (id < CAPACITY && used[id]) {
            id++;
        }
        Handler[] chain = chains[cause];
        int place = next == 0 ? 0 : next == -1 ? chain.length : indexOf(chain, next);
        if (id == CAPACITY || place < 0) {
            return FAILED;
        }
        Handler[] longer = new Handler[chain.length + 1];
        System.arraycopy(chain, 0, longer, 0, place);
        longer[place] = new Handler(id, function, argument, gp);
        System.arraycopy(chain, place, longer, place + 1, chain.length - place);
        chains[cause] = longer;
        used[id] = true;
        return id;
    }

    /** Takes a handler out; returns how many remain, or -1. */
    int remove(int cause, int id) {
        int place = cause < 0 || cause >= chains.length ? FAILED : indexOf(chains[cause], id);
        if (place < 0) {
            return FAILED;
        }
        Handler[] chain = chains[cause];
        Handler[] shorter = new Handler[chain.length - 1];
        System.arraycopy(chain, 0, shorter, 0, place);
        System.arraycopy(chain, place + 1, shorter, place, shorter.length - place);
        chains[cause] = shorter;
        used[id] = false;
        return shorter.length;
    }

    /** Lets a handler be called or skipped; returns 1, or -1 if there is no such handler. */
    int enable(int id, boolean enabled) {
        for (Handler[] chain : chains) {
            int place = indexOf(chain, id);
            if (place >= 0) {
                chain[place].enabled = enabled;
                return 1;
            }
        }
        return FAILED;
    }

    private static int indexOf(Handler[] chain, int id) {
        for (int i = 0; i < chain.length; i++) {
            if (chain[i].id == id) {
                return i;
            }
        }
        return FAILED;
    }
}
