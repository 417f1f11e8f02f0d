package soliloquy.ee;

import soliloquy.machine.InterruptLine;
import soliloquy.machine.Notices;

/**
 * Runs micro programs of vector unit 0: words of two instructions, the upper in the high half. Branches and the end (bit E) have a
 * delay slot; a lower half that bit I makes a number loads I for the next word. Both instructions of a word read what was before
 * it, and the upper one wins where both write one register. Source: ps2tek "VU Microprogram"; ps2autotests vu and
 * cpu/vu0_macro/transfer; bits D and T as PCSX2 has them.
 */
final class Vu0Micro {
    private static final int PAIRS = 512;
    private static final int BIT_I = 1 << 31;
    private static final int BIT_E = 1 << 30;
    private static final int BIT_D = 1 << 28;
    private static final int BIT_T = 1 << 27;
    private static final int REGISTER_I = 21;
    private static final int TPC = 26;

    /** Bits of VPU_STAT. */
    private static final int RUNNING = 1;

    private static final int STOPPED_BY_D = 1 << 1;
    private static final int STOPPED_BY_T = 1 << 2;
    private static final int STOPPED_BY_FORCE = 1 << 3;

    private final int[] vf;
    private final int[] vi;
    private final Notices notices;
    private final Vu0Memory memory = new Vu0Memory(this::forget);
    private final Vu0Pipeline pipeline;
    private final Vu0Upper upper;
    private final Vu0Lower lower;
    private final Instruction[] uppers = new Instruction[PAIRS];
    private final Instruction[] lowers = new Instruction[PAIRS];
    private final boolean[] decoded = new boolean[PAIRS];
    private final int[] before = new int[4];
    private InterruptLine interrupt = () -> {};
    private long cycle;
    private int pc;
    private int target = Vu0Lower.NO_BRANCH;
    private boolean ending;
    private int state;
    private boolean stopsAtD;
    private boolean stopsAtT;

    Vu0Micro(Vu0Registers registers, Vu0Macro macro, Notices notices) {
        this.notices = notices;
        vf = registers.vf;
        vi = registers.vi;
        pipeline = new Vu0Pipeline(vi);
        upper = new Vu0Upper(macro, pipeline, vi);
        lower = new Vu0Lower(registers, macro, pipeline, notices);
    }

    Vu0Memory memory() {
        return memory;
    }

    /** Where a stop by bit D or T is told. */
    void interrupt(InterruptLine line) {
        interrupt = line;
    }

    private void forget(int wordIndex) {
        decoded[wordIndex >> 1] = false;
    }

    /** Begins a program at index {@code pair} of micro memory. */
    void start(int pair) {
        pc = pair & PAIRS - 1;
        target = Vu0Lower.NO_BRANCH;
        ending = false;
        state = RUNNING;
        pipeline.start();
        lower.start();
    }

    /** VPU_STAT's bits of VU0: running, and what stopped it. */
    int state() {
        return state;
    }

    boolean running() {
        return (state & RUNNING) != 0;
    }

    /** FBRST's bits of VU0. */
    void control(int value) {
        stopsAtD = (value & 4) != 0;
        stopsAtT = (value & 8) != 0;
        if ((value & 2) != 0) {
            state = 0;
            pipeline.reset();
        } else if ((value & 1) != 0 && running()) {
            stop(STOPPED_BY_FORCE);
        }
    }

    /** Stops a program that cannot be waited for. */
    void abandon() {
        stop(STOPPED_BY_FORCE);
    }

    /** Executes at most {@code words} words; returns the word-cycles they took. */
    long run(int words) {
        long start = cycle;
        for (int i = 0; i < words && running(); i++) {
            step();
        }
        return cycle - start;
    }

    private void step() {
        int at = pc;
        int slotOf = target;
        boolean last = ending;
        if (!decoded[at]) {
            decode(at);
        }
        int low = memory.word(2 * at);
        int high = memory.word(2 * at + 1);
        Instruction upperRow = uppers[at];
        Instruction lowerRow = lowers[at];
        boolean number = (high & BIT_I) != 0;

        long issue = upper.ready(upperRow, high, cycle + 1);
        cycle = number ? issue : lower.ready(lowerRow, low, issue);
        pipeline.arrive(cycle);
        target = Vu0Lower.NO_BRANCH;
        if (number) {
            upper.execute(upperRow, high, cycle);
            vi[REGISTER_I] = low;
            lower.start();
        } else {
            both(upperRow, lowerRow, high, low, at);
        }

        pc = (slotOf == Vu0Lower.NO_BRANCH ? at + 1 : slotOf) & PAIRS - 1;
        vi[TPC] = pc;
        if (last) {
            stop(state & ~RUNNING);
        }
        ending = (high & BIT_E) != 0;
        if (stopsAtD && (high & BIT_D) != 0) {
            halt(STOPPED_BY_D);
        }
        if (stopsAtT && (high & BIT_T) != 0) {
            halt(STOPPED_BY_T);
        }
    }

    /** The lower instruction first, on old registers; then the upper on the same old ones. */
    private void both(Instruction upperRow, Instruction lowerRow, int high, int low, int at) {
        int written = Vu0Lower.destination(lowerRow, low);
        System.arraycopy(vf, 4 * written, before, 0, 4);
        target = lower.execute(lowerRow, low, at, cycle);
        if (written == 0) {
            upper.execute(upperRow, high, cycle);
            return;
        }
        swap(written);
        upper.execute(upperRow, high, cycle);
        if (Vu0Upper.destination(upperRow, high) != written) {
            swap(written);
        }
    }

    private void swap(int register) {
        for (int i = 0; i < 4; i++) {
            int value = vf[4 * register + i];
            vf[4 * register + i] = before[i];
            before[i] = value;
        }
    }

    private void decode(int at) {
        int high = memory.word(2 * at + 1);
        uppers[at] = Vu0Upper.decode(high);
        lowers[at] = Vu0Lower.decode(memory.word(2 * at));
        decoded[at] = true;
        if (uppers[at] == null) {
            uppers[at] = Instruction.VNOP;
            notices.report(
                    Notices.Kind.UNHANDLED,
                    "VU0",
                    8 * at,
                    "the micro program's upper word 0x%08x is no instruction; it does nothing".formatted(high));
        }
    }

    private void halt(int reason) {
        state |= reason;
        ending = true;
        interrupt.raise();
    }

    private void stop(int reason) {
        state = reason & ~RUNNING;
        cycle += Vu0Pipeline.RECIPROCAL_ROOT;
        pipeline.arrive(cycle);
    }
}
