package soliloquy.ee;

import java.util.Arrays;

/**
 * Which lines of RDRAM one of the processor's caches holds: two ways of 64-byte lines, of which the one filled least recently is
 * replaced. Only tags, no data. Source: ps2tek "EE Cache Structure", "Cache Misses and Replacement Algorithm".
 */
final class CacheTags {
    static final int LINE_SHIFT = 6;
    /** Sets of the data cache (8 KB) and of the instruction cache (16 KB). */
    static final int DATA_SETS = 64;

    static final int INSTRUCTION_SETS = 128;
    /** No line. */
    static final int NONE = -1;

    /** Values of {@link #state}: an access must look at the tags; a load goes on; loads and stores go on. */
    static final short ABSENT = 0;

    static final short CLEAN = 1;
    static final short DIRTY = 2;

    private static final int WAYS = 2;

    /**
     * By line of RDRAM, what an access finds; of the data cache behind them by line of the scratchpad, which is there always. Compiled code tests it; of no byte array, since HotSpot would take that for one that
     * stores to RDRAM change.
     */
    final short[] state;

    /** Lines by twice the set plus the way. */
    private final int[] lines;
    /** The bits R of the tags. */
    private final boolean[] filled;

    private final int sets;

    CacheTags(int sets, int ramBytes) {
        this.sets = sets;
        state = new short[ramBytes >> LINE_SHIFT];
        lines = new int[WAYS * sets];
        filled = new boolean[WAYS * sets];
        Arrays.fill(lines, NONE);
    }

    /** Number of tags. */
    int size() {
        return lines.length;
    }

    /** The line at a tag, or {@link #NONE}. */
    int lineAt(int tag) {
        return lines[tag];
    }

    /** The tag of {@code line}; {@link #NONE} if it is not there. */
    int tagOf(int line) {
        int first = WAYS * (line & sets - 1);
        return lines[first] == line ? first : lines[first + 1] == line ? first + 1 : NONE;
    }

    /** The tag that bits of an address and the way in its bit 0 choose, as the CACHE instruction does. */
    int tagAt(int address) {
        return WAYS * (address >>> LINE_SHIFT & sets - 1) + (address & 1);
    }

    /** The tag that {@code line}, which is absent, would be filled into. */
    int victim(int line) {
        int first = WAYS * (line & sets - 1);
        if (lines[first] == NONE) {
            return first;
        }
        if (lines[first + 1] == NONE) {
            return first + 1;
        }
        return filled[first] != filled[first + 1] ? first + 1 : first;
    }

    /** Puts {@code line} at {@code tag}, in place of what is there. */
    void fill(int tag, int line, short as) {
        invalidate(tag);
        lines[tag] = line;
        filled[tag] = !filled[tag];
        state[line] = as;
    }

    /** Makes all tags as they are at power-on. */
    void clear() {
        for (int tag = 0; tag < lines.length; tag++) {
            invalidate(tag);
        }
        Arrays.fill(filled, false);
    }

    /** Makes {@code tag} free. */
    void invalidate(int tag) {
        if (lines[tag] != NONE) {
            state[lines[tag]] = ABSENT;
            lines[tag] = NONE;
        }
    }
}
