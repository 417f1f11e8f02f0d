package soliloquy.ee;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What the processor's accesses to memory cost in the profile {@code cache}: its two caches, the write-back buffer, the buffer for
 * uncached accelerated loads, a prefetch under way, and transfers of the DMA controller beside them. Memory itself stays coherent.
 * Times are in half cycles of the processor. docs/timing.md names the sources of the figures and the estimates among them.
 */
final class MemoryTiming {
    /** EE cycles until RDRAM gives the first quadword, and for each. Source: DobieStation, from tests by game developers. */
    static final int LATENCY = 32;

    static final int QUADWORD = 2;
    /** EE cycles of an instruction miss; the same as a line from memory. Source: DobieStation. */
    static final int INSTRUCTION_MISS = LATENCY + 4 * QUADWORD;
    /** EE cycles of a data miss. Source: DobieStation. */
    static final int DATA_MISS = 43;
    /** EE cycles of an uncached load of any size. Source: DobieStation. */
    static final int UNCACHED_LOAD = 35;
    /** EE cycles in which eight quadwords come for an uncached accelerated load; estimate: seven more than the one. */
    static final int ACCELERATED_LOAD = UNCACHED_LOAD + 7 * QUADWORD;

    /** Quadwords that the write-back buffer holds, and EE cycles for each to drain; estimate: a line as long as a fill. */
    static final int BUFFERED = 8;

    static final int DRAIN = INSTRUCTION_MISS / 4;
    /** EE cycles of a slice of eight quadwords, in which the DMA controller does not give the bus away; estimate. */
    static final int SLICE = 8 * QUADWORD;

    /** Half cycles that an access takes at most: the prefetch before it, room in the buffer, a slice, and the line. */
    static final int LONGEST_ACCESS = 2 * (SLICE + INSTRUCTION_MISS + 4 * DRAIN + SLICE + DATA_MISS);

    /** Answer of an access that would take more than it may. */
    static final int TOO_LONG = -1;

    /** Kinds of accesses. */
    static final int FETCH = 0;

    static final int LOAD = 1;
    static final int STORE = 2;
    static final int PREFETCH = 3;

    private static final int LINE_QUADWORDS = 4;
    private static final int ACCELERATED_SHIFT = 7;

    final CacheTags data;
    final CacheTags instructions;
    private final int ramBytes;
    private IntConsumer fetchLineGone = line -> {};

    /** The line that a prefetch brings, and when it is there. */
    private int coming = CacheTags.NONE;

    private long comesAt;
    /** When the write-back buffer is empty. */
    private long drainedAt;
    /** The 128 bytes in the buffer for accelerated loads, and the quadword that the last accelerated store went to. */
    private int accelerated = CacheTags.NONE;

    private int gathered = CacheTags.NONE;

    private long transferFrom;
    private long transferUntil;
    private long stolen;

    private long fetchMisses;
    private long dataMisses;
    private long prefetches;
    private long linesWritten;

    MemoryTiming(int ramBytes) {
        this.ramBytes = ramBytes;
        data = new CacheTags(CacheTags.DATA_SETS, ramBytes + EeBus.ROOM);
        Arrays.fill(data.state, ramBytes >> CacheTags.LINE_SHIFT, data.state.length, CacheTags.DIRTY); // the scratchpad
        instructions = new CacheTags(CacheTags.INSTRUCTION_SETS, ramBytes);
    }

    /** Empties caches and buffers and forgets the counts; {@link #onFetchLineGone} stays. */
    void clear() {
        data.clear();
        instructions.clear();
        coming = CacheTags.NONE;
        comesAt = 0;
        drainedAt = 0;
        accelerated = CacheTags.NONE;
        gathered = CacheTags.NONE;
        transferFrom = 0;
        transferUntil = 0;
        stolen = 0;
        fetchMisses = 0;
        dataMisses = 0;
        prefetches = 0;
        linesWritten = 0;
    }

    /** Who is told of each line that leaves the instruction cache. */
    void onFetchLineGone(IntConsumer listener) {
        fetchLineGone = listener;
    }

    long fetchMisses() {
        return fetchMisses;
    }

    long dataMisses() {
        return dataMisses;
    }

    long prefetches() {
        return prefetches;
    }

    long linesWritten() {
        return linesWritten;
    }

    /**
     * What an access costs, and what it changes. Compiled code calls this where a line is not there. It is one long method because
     * HotSpot would take shorter ones into every place they are called from.
     *
     * @param kind {@link #FETCH} and the others
     * @param physical an address in RDRAM
     * @param clock before the instruction for a fetch; for others after what the instruction takes otherwise
     * @param most what the access may take
     * @return half cycles; {@link #TOO_LONG}, with nothing done, if they are more than {@code most}
     */
    int cost(int kind, int physical, long clock, int most) {
        int line = physical >>> CacheTags.LINE_SHIFT;
        long served = served(clock);
        return switch (kind) {
            case FETCH -> {
                if (instructions.state[line] != CacheTags.ABSENT) {
                    yield 0;
                }
                int cost = (int) (granted(served) + 2 * INSTRUCTION_MISS - clock);
                if (cost > most) {
                    yield TOO_LONG;
                }
                serve(served);
                int tag = instructions.victim(line);
                int gone = instructions.lineAt(tag);
                instructions.fill(tag, line, CacheTags.CLEAN);
                if (gone != CacheTags.NONE) {
                    fetchLineGone.accept(gone);
                }
                fetchMisses++;
                yield cost;
            }
            case PREFETCH -> {
                if (data.state[line] != CacheTags.ABSENT || line == coming) {
                    yield 0;
                }
                int tag = data.victim(line);
                int cost = (int) (room(served, dirtyAt(tag)) - clock);
                if (cost > most) {
                    yield TOO_LONG;
                }
                long begins = replace(tag, served);
                serve(begins);
                data.fill(tag, line, CacheTags.ABSENT);
                coming = line;
                comesAt = granted(begins) + 2 * INSTRUCTION_MISS;
                prefetches++;
                yield cost;
            }
            default -> {
                short as = kind == STORE ? CacheTags.DIRTY : CacheTags.CLEAN;
                if (data.state[line] != CacheTags.ABSENT) {
                    data.state[line] = (short) Math.max(data.state[line], as);
                    yield 0;
                }
                if (line == coming) {
                    int wait = (int) (served - clock);
                    if (wait > most) {
                        yield TOO_LONG;
                    }
                    arrive();
                    data.state[line] = as;
                    yield wait;
                }
                int tag = data.victim(line);
                int cost = (int) (granted(room(served, dirtyAt(tag))) + 2 * DATA_MISS - clock);
                if (cost > most) {
                    yield TOO_LONG;
                }
                serve(replace(tag, served));
                data.fill(tag, line, as);
                dataMisses++;
                yield cost;
            }
        };
    }

    /**
     * The same for compiled code, which counts backwards from a deadline.
     *
     * @param deadline the clock at the deadline
     * @param remaining half cycles to it when the present block began, of which {@code reserved} must stay
     * @param passed half cycles from then to the access
     * @return what remains behind the access; {@link #TOO_LONG}, with nothing done, if that is too little
     */
    int remaining(int kind, int physical, long deadline, int remaining, int passed, int reserved) {
        int cost = cost(kind, physical, deadline - remaining + passed, remaining - reserved);
        return cost == TOO_LONG ? TOO_LONG : remaining - cost;
    }

    /** A fetch of an instruction, however long it takes. */
    int fetch(int physical, long clock) {
        return cost(FETCH, physical, clock, Integer.MAX_VALUE);
    }

    /** PREF: begins to fill a line; waits only for the fill before it, and for room for the line that is replaced. */
    int prefetch(int physical, long clock) {
        return cost(PREFETCH, physical, clock, Integer.MAX_VALUE);
    }

    /** When memory has done what it does for the processor: one thing at a time. */
    private long served(long clock) {
        return coming == CacheTags.NONE ? clock : Math.max(clock, comesAt);
    }

    /** The line that was under way is there. */
    private void arrive() {
        if (coming != CacheTags.NONE) {
            data.state[coming] = CacheTags.CLEAN;
            coming = CacheTags.NONE;
        }
    }

    /** Memory begins to serve an access of the processor, which takes the bus from a transfer. */
    private void serve(long begins) {
        arrive();
        if (begins >= transferFrom && begins < transferUntil) {
            stolen += LINE_QUADWORDS * QUADWORD;
        }
    }

    /** When the processor gets the bus: behind the slice that a transfer is in. */
    private long granted(long time) {
        if (time < transferFrom || time >= transferUntil) {
            return time;
        }
        long into = (time - transferFrom) % (2 * SLICE);
        return into == 0 ? time : Math.min(transferUntil, time - into + 2 * SLICE);
    }

    private int dirtyAt(int tag) {
        int line = data.lineAt(tag);
        return line != CacheTags.NONE && data.state[line] == CacheTags.DIRTY ? LINE_QUADWORDS : 0;
    }

    /** When the write-back buffer has room for so many quadwords. */
    private long room(long time, int quadwords) {
        return quadwords == 0 ? time : Math.max(time, drainedAt - 2L * DRAIN * (BUFFERED - quadwords));
    }

    /** Writes the line at {@code tag} back if it is dirty; when it has left the cache. */
    private long replace(int tag, long time) {
        int quadwords = dirtyAt(tag);
        if (quadwords == 0) {
            return time;
        }
        linesWritten++;
        return buffer(time, quadwords);
    }

    private long buffer(long time, int quadwords) {
        long begins = room(time, quadwords);
        drainedAt = Math.max(drainedAt, begins) + 2L * DRAIN * quadwords;
        return begins;
    }

    /** Half cycles of a load at a virtual address that is mapped to {@code physical}, as {@link EeBus#physical} gives it. */
    int load(int address, int physical, long clock) {
        if (physical < 0) {
            return 0;
        }
        if (isCached(address, physical)) {
            return cost(LOAD, physical, clock, Integer.MAX_VALUE);
        }
        boolean accelerates = address >>> 28 == 3;
        if (accelerates && physical >>> ACCELERATED_SHIFT == accelerated) {
            return 0;
        }
        long begins = granted(served(clock));
        serve(begins);
        if (accelerates) {
            accelerated = physical >>> ACCELERATED_SHIFT;
        }
        return (int) (begins + 2L * (accelerates ? ACCELERATED_LOAD : UNCACHED_LOAD) - clock);
    }

    /** Half cycles of a store, of at most a quadword. */
    int store(int address, int physical, long clock) {
        if (physical < 0) {
            return 0;
        }
        if (isCached(address, physical)) {
            return cost(STORE, physical, clock, Integer.MAX_VALUE);
        }
        if (physical >>> ACCELERATED_SHIFT == accelerated) {
            accelerated = CacheTags.NONE;
        }
        boolean gathers = address >>> 28 == 3;
        if (gathers && physical >>> 4 == gathered && drainedAt > clock) {
            return 0;
        }
        gathered = gathers ? physical >>> 4 : CacheTags.NONE;
        return (int) (buffer(clock, 1) - clock);
    }

    /** True if the data cache is between the processor and a virtual address. */
    boolean isCached(int address, int physical) {
        return physical >= 0
                && physical < ramBytes
                && switch (address >>> 28) {
                    case 0x0, 0x8, 0x9, 0xF -> true;
                    default -> false;
                };
    }

    /**
     * CACHE.
     *
     * @param operation its operation field
     * @param physical what {@code address} is mapped to, {@link EeBus#UNMAPPED} where nothing is
     * @return half cycles; {@link #TOO_LONG} if the operation is not modelled
     */
    int operate(int operation, int address, int physical, long clock) {
        int line = physical >= 0 && physical < ramBytes ? physical >>> CacheTags.LINE_SHIFT : CacheTags.NONE;
        int hit = line == CacheTags.NONE ? CacheTags.NONE : data.tagOf(line);
        return switch (operation) {
            case 0x07 -> dropFetchLine(instructions.tagAt(address)); // IXIN
            case 0x0B -> dropFetchLine(line == CacheTags.NONE ? CacheTags.NONE : instructions.tagOf(line)); // IHIN
            case 0x0E -> line == CacheTags.NONE ? 0 : fetch(physical, clock); // IFL
            case 0x14 -> drop(data.tagAt(address), true, true, clock); // DXWBIN
            case 0x16 -> drop(data.tagAt(address), false, true, clock); // DXIN
            case 0x18 -> drop(hit, true, true, clock); // DHWBIN
            case 0x1A -> drop(hit, false, true, clock); // DHIN
            case 0x1C -> drop(hit, true, false, clock); // DHWOIN
            case 0x0C -> 0; // BFH flushes the branch target cache, which is not modelled
            default -> TOO_LONG;
        };
    }

    private int dropFetchLine(int tag) {
        int line = tag == CacheTags.NONE ? CacheTags.NONE : instructions.lineAt(tag);
        if (line != CacheTags.NONE) {
            instructions.invalidate(tag);
            fetchLineGone.accept(line);
        }
        return 0;
    }

    private int drop(int tag, boolean writes, boolean invalidates, long clock) {
        if (tag == CacheTags.NONE || data.lineAt(tag) == CacheTags.NONE) {
            return 0;
        }
        int line = data.lineAt(tag);
        long waits = clock;
        if (line == coming) {
            waits = served(clock);
            arrive();
        }
        if (writes) {
            waits = replace(tag, waits);
        }
        if (invalidates) {
            data.invalidate(tag);
        } else {
            data.state[line] = CacheTags.CLEAN;
        }
        return (int) (waits - clock);
    }

    /** Half cycles of writing all dirty lines back, and dropping all lines if asked to, as the kernel's FlushCache does. */
    int flushData(boolean writes, boolean invalidates, long clock) {
        long time = clock;
        for (int tag = 0; tag < data.size(); tag++) {
            time += drop(tag, writes, invalidates, time);
        }
        return (int) (time - clock);
    }

    /** Drops all lines of the instruction cache. */
    void flushInstructions() {
        for (int tag = 0; tag < instructions.size(); tag++) {
            dropFetchLine(tag);
        }
    }

    /** A transfer between RDRAM and scratchpad or GIF takes the bus from one EE cycle to another. */
    void transfer(long from, long until) {
        if (2 * from >= transferUntil) {
            transferFrom = 2 * from;
        }
        transferUntil = Math.max(transferUntil, 2 * until);
    }

    /** EE cycles that the processor's accesses have taken from transfers since power-on. */
    long stolen() {
        return stolen;
    }
}
