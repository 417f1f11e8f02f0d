package soliloquy.ee;

import soliloquy.machine.Notices;

/**
 * The two performance counters of COP0. They count processor cycles, instructions issued alone and in pairs, and of instructions the
 * completed ones, branches and those guessed wrong, loads, stores and those of COP1 and COP2; and misses of the caches, in a timing
 * profile that has them. Other events never happen. Source: ps2autotests cpu/ee_cop0/performance; DobieStation's event numbers.
 */
final class PerformanceCounters {
    private static final int WRITABLE = 0x000F_FBFE;
    private static final int CTE = 0x8000_0000;
    private static final int MODES = 0x1E;

    private static final int EVENT_CYCLE = 1;
    /** Instructions issued alone for counter 0, pairs of instructions for counter 1. */
    private static final int EVENT_ISSUE = 2;
    /** Branches for counter 0, those guessed wrong for counter 1. */
    private static final int EVENT_BRANCH = 3;

    /** Misses of the instruction cache for counter 0, of the data cache for counter 1; as the core's manual is quoted, unverified. */
    private static final int EVENT_MISS = 6;

    private static final int EVENT_COMPLETED = 12;
    private static final int EVENT_COMPLETED_NOT_IN_SLOT = 13;
    /** Instructions of COP2 for counter 0, of COP1 for counter 1. */
    private static final int EVENT_COPROCESSOR = 14;
    /** Loads for counter 0, stores for counter 1. */
    private static final int EVENT_ACCESS = 15;

    private static final int EVENT_NONE = 16;

    private final Cop0 cop0;
    private final R5900 cpu;
    private final int[] counters = new int[2];
    private int control;
    private boolean counting;
    private boolean countsInstructions;
    private long since;
    private CacheCounts missesBefore = new CacheCounts(0, 0, 0, 0);
    /** One instruction of a pair was completed, the other is not yet. */
    private boolean halfPair;

    PerformanceCounters(Cop0 cop0, R5900 cpu) {
        this.cop0 = cop0;
        this.cpu = cpu;
    }

    /** MFPS: bit 31 is never read back. */
    int control() {
        return control;
    }

    /** MTPS. */
    void control(int value) {
        catchUp();
        control = value & WRITABLE;
        counting = (value & CTE) != 0;
        countsInstructions = false;
        for (int i = 0; counting && i < 2; i++) {
            int event = event(i);
            boolean ofInstructions = ofInstructions(event);
            if ((group(i) & MODES) != 0) {
                countsInstructions |= ofInstructions;
                if (!ofInstructions
                        && event != EVENT_CYCLE
                        && event != EVENT_NONE
                        && !(event == EVENT_MISS && cpu.bus().timing() != null)) {
                    report("performance counter %d was set to event %d, which never happens here; it stays as it is"
                            .formatted(i, event));
                }
            }
        }
        cpu.recheckInterrupts(); // instructions are executed one by one from here on, or no longer
    }

    /** True if {@link #completed} must be told of every instruction. */
    boolean countsInstructions() {
        return countsInstructions;
    }

    /** MFPC. */
    int counter(int index) {
        catchUp();
        return counters[index];
    }

    /** MTPC. */
    void counter(int index, int value) {
        catchUp();
        counters[index] = value;
    }

    private int group(int i) {
        return i == 0 ? control : control >> 10;
    }

    private int event(int i) {
        return group(i) >> 5 & 31;
    }

    private static boolean ofInstructions(int event) {
        return switch (event) {
            case EVENT_ISSUE, EVENT_BRANCH -> true;
            case EVENT_COMPLETED, EVENT_COMPLETED_NOT_IN_SLOT, EVENT_COPROCESSOR, EVENT_ACCESS -> true;
            default -> false;
        };
    }

    private void report(String text) {
        cpu.notices().report(Notices.Kind.UNIMPLEMENTED, "EE", cpu.accessPc, text);
    }

    /**
     * Counts {@code row}, completed in {@code mode} (see {@link Cop0#mode}).
     *
     * @param halfCycles how long it took
     * @param guessedWrong true for a branch that went where it was not expected to
     */
    void completed(Instruction row, boolean inDelaySlot, int mode, long halfCycles, boolean guessedWrong) {
        boolean ofPair = (halfCycles & 1) != 0;
        boolean endsPair = ofPair && halfPair;
        halfPair = ofPair && !halfPair;
        for (int i = 0; i < 2; i++) {
            boolean is = switch (event(i)) {
                case EVENT_ISSUE -> i == 0 ? !ofPair : endsPair;
                case EVENT_BRANCH -> i == 0 ? row.has(Instruction.Trait.BRANCH) : guessedWrong;
                default -> is(event(i), i, row, inDelaySlot);
            };
            if (counting && runsIn(i, mode) && is) {
                advance(i, 1);
            }
        }
    }

    private static boolean is(int event, int counter, Instruction row, boolean inDelaySlot) {
        return switch (event) {
            case EVENT_COMPLETED -> true;
            case EVENT_COMPLETED_NOT_IN_SLOT -> !inDelaySlot;
            case EVENT_COPROCESSOR -> row.coprocessor() == 2 - counter;
            case EVENT_ACCESS -> row.has(counter == 0 ? Instruction.Trait.LOAD : Instruction.Trait.STORE);
            default -> false;
        };
    }

    private boolean runsIn(int i, int mode) {
        int modeBit = switch (mode) {
            case 3 -> 1 << 1;
            case 0 -> 1 << 2;
            case 1 -> 1 << 3;
            default -> 1 << 4;
        };
        return (group(i) & modeBit) != 0;
    }

    /** Counts cycles and misses up to the present in the present mode; called before the mode changes. */
    void catchUp() {
        long now = cpu.cycles();
        CacheCounts misses = cpu.cacheCounts();
        for (int i = 0; counting && i < 2; i++) {
            if (event(i) == EVENT_CYCLE && runsIn(i, cop0.mode())) {
                advance(i, (int) (now - since));
            } else if (event(i) == EVENT_MISS && runsIn(i, cop0.mode())) {
                long count = i == 0
                        ? misses.fetchMisses() - missesBefore.fetchMisses()
                        : misses.dataMisses() - missesBefore.dataMisses();
                advance(i, (int) count);
            }
        }
        since = now;
        missesBefore = misses;
    }

    private void advance(int i, int count) {
        int before = counters[i];
        counters[i] += count;
        if ((~before & counters[i]) < 0) {
            report("performance counter %d reached bit 31, and its exception is not raised".formatted(i));
        }
    }
}
