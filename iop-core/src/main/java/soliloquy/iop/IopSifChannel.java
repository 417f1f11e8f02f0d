package soliloquy.iop;

import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/**
 * What the two channels of the SIF share: a chain of tags, moved as far as the FIFO allows whenever the other side has moved, and
 * an end that waits for the time of the words. Source: ps2tek "SIF"; ps2sdk {@code sifman}; one word per IOP cycle is an estimate.
 */
abstract class IopSifChannel extends IopDmaChannel {
    static final int TAG_WORDS = 4;
    private static final int TAG_INTERRUPT = 1 << 30;
    private static final int CYCLES_AFTER_LAST = 64;

    final Ram ram;
    final SifFifo fifo;
    final Scheduler scheduler;
    private final EventType endEvent;
    /** Words left of the present tag's data. */
    int words;

    private boolean last;
    private boolean finished;
    private boolean started;
    private boolean pumping;
    private long earliestEnd;

    IopSifChannel(IopDma dma, int number, Ram ram, Scheduler scheduler, SifFifo fifo, EventType endEvent) {
        super(dma, number);
        this.ram = ram;
        this.scheduler = scheduler;
        this.fifo = fifo;
        this.endEvent = endEvent;
        scheduler.handle(endEvent, (time, payload) -> {
            ended();
            end();
        });
    }

    /** Moves words of the present tag, takes the next tag, or neither: then false. */
    abstract boolean move();

    /** Tells the other side that the FIFO has changed. */
    abstract void signal();

    @Override
    void start() {
        words = 0;
        last = false;
        finished = false;
        started = false;
    }

    @Override
    void stop() {
        scheduler.cancel(endEvent);
        finished = true;
        ended();
    }

    /** The transfer is over, at its end or before. */
    void ended() {}

    @Override
    void resume() {
        if (pumping || finished || !running()) {
            return;
        }
        pumping = true;
        while (moveAll()) {
            signal();
        }
        pumping = false;
        if (finished) {
            long due = Math.max(earliestEnd, scheduler.now()) + CYCLES_AFTER_LAST;
            scheduler.scheduleAt(endEvent, due, 0);
        }
    }

    private boolean moveAll() {
        boolean moved = false;
        while (!finished && running() && move()) {
            moved = true;
        }
        return moved;
    }

    /** True if the chain ends with the tag whose data are through; the channel then is finished. */
    final boolean finishedAfterLast() {
        finished |= last;
        return last;
    }

    /** Takes over a tag: address in 23..0, bit 30 interrupt, bit 31 last, and its count of words. */
    final void begin(int tag, int count) {
        madr = tag & ADDRESS_MASK;
        words = count;
        last = tag < 0;
        if (!started) {
            started = true;
            earliestEnd = scheduler.now();
        }
        earliestEnd += (long) (count + TAG_WORDS) * Clocks.EE_CYCLES_PER_IOP_CYCLE;
        if ((tag & TAG_INTERRUPT) != 0) {
            tagInterrupts();
        }
    }

    /** Counts {@code count} words of the present tag as moved. */
    final void moved(int count) {
        madr = madr + (count << 2) & ADDRESS_MASK;
        words -= count;
    }
}
