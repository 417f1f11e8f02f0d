package soliloquy.iop;

import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/**
 * Channel 9: RAM to the EE. A chain of tags of four words: address in 23..0, bit 30 interrupt, bit 31 last; words; and two
 * words that the EE's channel 5 takes as its own tag. A tag goes into the FIFO as these two words and two of padding, then the
 * data in whole quadwords. Source: ps2tek "SIF"; ps2sdk {@code sifman}; one word per IOP cycle is an estimate.
 */
final class IopSif0Channel extends IopDmaChannel {
    private static final int TAG_INTERRUPT = 1 << 30;
    private static final int TAG_BYTES = 16;
    private static final int TAG_WORDS = 4;
    private static final int CYCLES_AFTER_LAST = 64;

    private final Ram ram;
    private final Scheduler scheduler;
    private final SifFifo fifo;
    private int words;
    private boolean last;
    private boolean finished;
    private boolean pumping;
    private long earliestEnd;

    IopSif0Channel(IopDma dma, Ram ram, Scheduler scheduler, SifFifo fifo) {
        super(dma, 9);
        this.ram = ram;
        this.scheduler = scheduler;
        this.fifo = fifo;
        scheduler.handle(EventType.IOP_DMA_SIF0, (time, payload) -> end());
        fifo.onRoom(this::resume);
    }

    @Override
    void start() {
        words = 0;
        last = false;
        finished = false;
        earliestEnd = scheduler.now();
    }

    @Override
    void stop() {
        scheduler.cancel(EventType.IOP_DMA_SIF0);
        finished = true;
    }

    @Override
    void resume() {
        if (pumping || finished || !running()) {
            return;
        }
        pumping = true;
        while (fill()) {
            fifo.signalData();
        }
        pumping = false;
        if (finished) {
            long due = Math.max(earliestEnd, scheduler.now()) + CYCLES_AFTER_LAST;
            scheduler.scheduleAt(EventType.IOP_DMA_SIF0, due, 0);
        }
    }

    /** Fills the FIFO; false if nothing could be put. */
    private boolean fill() {
        boolean put = false;
        while (!finished && running()) {
            if (words > 0) {
                int count = Math.min(words, fifo.room());
                if (count == 0) {
                    break;
                }
                fifo.put(ram, madr, count);
                madr = madr + (count << 2) & ADDRESS_MASK;
                words -= count;
            } else if (last) {
                finished = true;
                break;
            } else if (fifo.room() < TAG_WORDS) {
                break;
            } else {
                takeTag();
            }
            put = true;
        }
        return put;
    }

    private void takeTag() {
        int tag = ram.read32(tadr);
        madr = tag & ADDRESS_MASK;
        words = ram.read32(tadr + 4) + 3 & 0x00FF_FFFC;
        last = tag < 0;
        fifo.put(ram.read32(tadr + 8));
        fifo.put(ram.read32(tadr + 12));
        fifo.put(0);
        fifo.put(0);
        tadr = tadr + TAG_BYTES & ADDRESS_MASK;
        earliestEnd += (long) (words + TAG_WORDS) * Clocks.EE_CYCLES_PER_IOP_CYCLE;
        if ((tag & TAG_INTERRUPT) != 0) {
            tagInterrupts();
        }
    }
}
