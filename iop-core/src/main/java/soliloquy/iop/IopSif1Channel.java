package soliloquy.iop;

import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/**
 * Channel 10: the EE to RAM. Each quadword that is a tag gives the address in 23..0, bit 30 interrupt, bit 31 last, and the
 * count of words; the data follow in whole quadwords, of which only the counted words are kept. Source: ps2tek "SIF"; ps2sdk
 * {@code sifman}; one word per IOP cycle is an estimate.
 */
final class IopSif1Channel extends IopDmaChannel {
    private static final int TAG_INTERRUPT = 1 << 30;
    private static final int TAG_WORDS = 4;
    private static final int CYCLES_AFTER_LAST = 64;

    private final Ram ram;
    private final Scheduler scheduler;
    private final SifFifo fifo;
    private int words;
    private int padding;
    private boolean last;
    private boolean finished;
    private boolean started;
    private boolean pumping;
    private long earliestEnd;

    IopSif1Channel(IopDma dma, Ram ram, Scheduler scheduler, SifFifo fifo) {
        super(dma, 10);
        this.ram = ram;
        this.scheduler = scheduler;
        this.fifo = fifo;
        scheduler.handle(EventType.IOP_DMA_SIF1, (time, payload) -> end());
        fifo.onData(this::resume);
    }

    @Override
    void start() {
        words = 0;
        padding = 0;
        last = false;
        finished = false;
        started = false;
    }

    @Override
    void stop() {
        scheduler.cancel(EventType.IOP_DMA_SIF1);
        finished = true;
    }

    @Override
    void resume() {
        if (pumping || finished || !running()) {
            return;
        }
        pumping = true;
        while (drain()) {
            fifo.signalRoom();
        }
        pumping = false;
        if (finished) {
            long due = Math.max(earliestEnd, scheduler.now()) + CYCLES_AFTER_LAST;
            scheduler.scheduleAt(EventType.IOP_DMA_SIF1, due, 0);
        }
    }

    /** Empties the FIFO; false if nothing could be taken. */
    private boolean drain() {
        boolean taken = false;
        while (!finished && running()) {
            if (words > 0) {
                int count = Math.min(words, fifo.count());
                if (count == 0) {
                    break;
                }
                fifo.take(ram, madr, count);
                madr = madr + (count << 2) & ADDRESS_MASK;
                words -= count;
            } else if (padding > 0) {
                if (fifo.count() == 0) {
                    break;
                }
                fifo.take();
                padding--;
            } else if (last) {
                finished = true;
                break;
            } else if (fifo.count() < TAG_WORDS) {
                break;
            } else {
                takeTag();
            }
            taken = true;
        }
        return taken;
    }

    private void takeTag() {
        int tag = fifo.take();
        int count = fifo.take() & 0x00FF_FFFF;
        fifo.take();
        fifo.take();
        madr = tag & ADDRESS_MASK;
        words = count;
        padding = -count & 3;
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
}
