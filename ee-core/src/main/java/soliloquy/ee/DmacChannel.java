package soliloquy.ee;

import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TraceEvent;
import soliloquy.machine.TraceSink;

/**
 * The registers of a DMAC channel and what every channel does alike: start, move data until it is done or blocked, and end
 * after the time the data take. Source: ps2tek "DMA Controller"; the registers as ps2autotests {@code dma/spr} recorded them.
 */
abstract class DmacChannel {
    static final int CHCR_TTE = 1 << 6;
    static final int CHCR_TIE = 1 << 7;
    static final int CHCR_STR = 1 << 8;
    static final int MODE_NORMAL = 0;
    static final int MODE_CHAIN = 1;
    static final int MODE_INTERLEAVE = 2;

    static final int ID_REFE = 0;
    static final int ID_CNT = 1;
    static final int ID_NEXT = 2;
    static final int ID_REF = 3;
    static final int ID_REFS = 4;
    static final int ID_CALL = 5;
    static final int ID_RET = 6;
    static final int ID_END = 7;

    static final int SCRATCHPAD = EeBus.SCRATCHPAD;
    private static final int ADDRESS_MASK = 0x7FFF_FFF0;
    private static final int SADR_MASK = 0x3FF0;
    private static final int CHCR_WRITABLE = 0xFFFF_01FD;

    /** Two EE cycles for a quadword and a start of 24: DobieStation's estimate, without its slices. */
    static final int CYCLES_PER_QUADWORD = 2;

    private static final int CYCLES_TO_START = 24;

    /** EE cycles between slices of eight quadwords, but for the scratchpad's channels, in the profile {@code cache}: DobieStation's. */
    private static final int CYCLES_BETWEEN_SLICES = 24;

    private static final int SLICE_QUADWORDS = 8;

    /** Tags and quadwords at one time; a longer chain goes on in an event, so that an endless one cannot stop the host. */
    private static final int STEPS_IN_ONE_GO = 0x4000;

    private static final int PAYLOAD_END = 1;

    int chcr;
    int madr;
    int qwc;
    int tadr;
    int asr0;
    int asr1;
    int sadr;

    /** Set when the data that QWC counts are the last of the chain. */
    boolean last;

    final Dmac dmac;
    final int number;
    private final Scheduler scheduler;
    private final EventType event;
    private final int cyclesPerQuadword;
    private boolean pumping;
    private boolean finished;
    /** When the transfer ends whose data have moved. */
    private long endsAt = Scheduler.NEVER;

    private boolean moved;
    private long quadwordsMoved;
    private long earliestEnd;
    private long stolenBefore;
    private long budgetTime = -1;
    private int budget;

    DmacChannel(Dmac dmac, int number, int cyclesPerQuadword) {
        this.dmac = dmac;
        this.number = number;
        this.cyclesPerQuadword = cyclesPerQuadword;
        scheduler = dmac.scheduler();
        event = EventType.values()[EventType.DMAC_VIF0.ordinal() + number];
        scheduler.handle(event, (time, payload) -> {
            if (payload == PAYLOAD_END) {
                end();
            } else {
                resume();
            }
        });
    }

    final int mode() {
        return chcr >>> 2 & 3;
    }

    final boolean started() {
        return (chcr & CHCR_STR) != 0;
    }

    /** Keeps the bits of an address that MADR and TADR have; the SPR channels do not keep bit 31. */
    int address(int value) {
        return value & (ADDRESS_MASK | SCRATCHPAD);
    }

    /** Keeps the bits that SADR has. */
    static int scratchpadAddress(int value) {
        return value & SADR_MASK;
    }

    /** CHCR was written. */
    final void control(int value) {
        boolean was = started();
        chcr = value & CHCR_WRITABLE;
        if (started() && !was) {
            finished = false;
            endsAt = Scheduler.NEVER;
            moved = false;
            quadwordsMoved = 0;
            if (traced() != null) {
                scheduler.trace().begin(traced(), scheduler.now(), 0);
            }
            last = mode() != MODE_CHAIN || qwc > 0 && endsAfter(chcr);
            begin();
            resume();
        } else if (!started() && was) {
            scheduler.cancel(event);
            endsAt = Scheduler.NEVER;
            finished = true;
            traceEnd();
        }
    }

    /** What a transfer is in a timeline; null if it is not in one. */
    TraceEvent traced() {
        return null;
    }

    private void traceEnd() {
        if (traced() != null) {
            scheduler.trace().end(traced(), scheduler.now(), quadwordsMoved << 4);
        }
    }

    /** True if the tag whose bits 31..16 {@code tag} holds ends the chain after its data. */
    final boolean endsAfter(int tag) {
        int id = tag >>> 28 & 7;
        return endsChain(id) || tag < 0 && (chcr & CHCR_TIE) != 0;
    }

    /** True if a tag of this kind is the last. */
    boolean endsChain(int id) {
        return id == ID_REFE || id == ID_END;
    }

    /** The channel was started; nothing has moved yet. */
    void begin() {}

    /** Moves what can be moved now; called when the channel starts and when what it waited for has come. */
    final void resume() {
        if (pumping || finished || !started() || !dmac.enabled(number)) {
            return;
        }
        if (scheduler.now() != budgetTime) {
            budgetTime = scheduler.now();
            budget = STEPS_IN_ONE_GO;
        }
        pumping = true;
        int step;
        do {
            step = 0;
            int done;
            while (budget > 0 && (done = advance()) > 0) {
                step += done;
                budget -= done;
            }
            if (step > 0) {
                signal();
            }
        } while (step > 0 && !finished && budget > 0);
        pumping = false;
        if (finished) {
            endsAt = Math.max(earliestEnd, scheduler.now()) + CYCLES_TO_START;
            awaitEnd();
        } else if (budget <= 0) {
            scheduler.scheduleAt(event, Math.max(earliestEnd, scheduler.now() + 1), 0);
        }
    }

    /**
     * Schedules the end of a transfer. That of the scratchpad's channels is seen by nobody who does not look at the controller, unless it
     * interrupts: without an event compiled code goes on over it.
     */
    final void awaitEnd() {
        boolean noticed = !endsUnnoticed()
                || dmac.interruptsAt(number)
                || !scheduler.trace().equals(TraceSink.NONE);
        if (endsAt != Scheduler.NEVER && noticed && scheduler.timeOf(event) == Scheduler.NEVER) {
            scheduler.scheduleAt(event, Math.max(endsAt, scheduler.now()), PAYLOAD_END);
        }
    }

    private boolean endsUnnoticed() {
        return ofScratchpad() && dmac.bus().timing() == null;
    }

    /** Ends the transfer if it is time; called before anybody looks at the controller. */
    final void settle() {
        if (endsAt <= scheduler.now() && endsUnnoticed()) {
            if (scheduler.timeOf(event) != Scheduler.NEVER) {
                scheduler.cancel(event);
            }
            end();
        }
    }

    /** One piece of data or one tag: returns how much was done, 0 if blocked or finished. */
    private int advance() {
        if (finished) {
            return 0;
        }
        if (qwc > 0) {
            int done = move();
            if (done > 0) {
                elapse(done);
            }
            return done;
        }
        if (last) {
            finished = true;
            return 0;
        }
        int taken = tag();
        if (taken > 0) {
            elapse(1);
        }
        return taken;
    }

    private void elapse(int quadwords) {
        quadwordsMoved += quadwords;
        MemoryTiming timing = dmac.bus().timing();
        if (!moved) {
            moved = true;
            earliestEnd = scheduler.now();
            stolenBefore = timing == null ? 0 : timing.stolen();
        }
        long begins = earliestEnd;
        earliestEnd += (long) quadwords * cyclesPerQuadword;
        if (timing != null && cyclesPerQuadword == CYCLES_PER_QUADWORD) {
            earliestEnd += ofScratchpad()
                    ? MemoryTiming.LATENCY
                    : (long) CYCLES_BETWEEN_SLICES * ((quadwords + SLICE_QUADWORDS - 1) / SLICE_QUADWORDS);
            timing.transfer(begins, earliestEnd);
        }
    }

    private boolean ofScratchpad() {
        return number >= 8;
    }

    /** EE cycles that the processor took from the transfer since this was last asked. */
    private long stolen() {
        MemoryTiming timing = dmac.bus().timing();
        if (timing == null || !moved || cyclesPerQuadword != CYCLES_PER_QUADWORD) {
            return 0;
        }
        long stolen = timing.stolen() - stolenBefore;
        stolenBefore = timing.stolen();
        return stolen;
    }

    /** Moves some of the {@link #qwc} quadwords at {@link #madr}; returns how many, 0 if it must wait. */
    abstract int move();

    /** Takes the next tag; returns 1, or 0 if it must wait. */
    abstract int tag();

    /** Tells the other side that data moved. */
    void signal() {}

    private void end() {
        long stolen = stolen();
        if (stolen > 0) {
            dmac.bus().timing().transfer(scheduler.now(), scheduler.now() + stolen);
            scheduler.scheduleAt(event, scheduler.now() + stolen, PAYLOAD_END);
            return;
        }
        endsAt = Scheduler.NEVER;
        chcr &= ~CHCR_STR;
        traceEnd();
        dmac.channelEnds(number);
    }

    /** Keeps bits 31..16 of a tag in CHCR. */
    final void keepTag(int tag) {
        chcr = chcr & 0xFFFF | tag & 0xFFFF_0000;
    }

    /** The memory that a DMA address means. */
    final Ram memory(int address) {
        return (address & SCRATCHPAD) != 0
                ? dmac.bus().scratchpad()
                : dmac.bus().ram();
    }

    /** Quadwords, at most {@code limit}, that lie in one piece at {@code address}. */
    static int run(Ram memory, int address, int limit) {
        return Math.min(limit, memory.size() - (address & memory.mask) >> 4);
    }

    /** Copies {@code quadwords}, each side wrapping at the end of its memory. */
    final void copy(Ram from, int fromAddress, Ram to, int toAddress, int quadwords) {
        int source = fromAddress;
        int destination = toAddress;
        int left = quadwords;
        while (left > 0) {
            int run = run(to, destination, run(from, source, left));
            int length = run << 4;
            int offset = destination & to.mask & ~15;
            System.arraycopy(from.bytes, from.start + (source & from.mask & ~15), to.bytes, to.start + offset, length);
            if (to == dmac.bus().ram()) {
                dmac.bus().codeWritten(offset, length);
            }
            source += length;
            destination += length;
            left -= run;
        }
    }
}
