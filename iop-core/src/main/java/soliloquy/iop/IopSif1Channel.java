package soliloquy.iop;

import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/**
 * Channel 10: the EE to RAM. Each quadword that is a tag gives address and flags, and the count of words; the data follow in
 * whole quadwords, of which only the counted words are kept.
 */
final class IopSif1Channel extends IopSifChannel {
    private int padding;

    IopSif1Channel(IopDma dma, Ram ram, Scheduler scheduler, SifFifo fifo) {
        super(dma, 10, ram, scheduler, fifo, EventType.IOP_DMA_SIF1);
        fifo.onData(this::resume);
    }

    @Override
    void start() {
        super.start();
        padding = 0;
    }

    @Override
    void signal() {
        fifo.signalRoom();
    }

    @Override
    boolean move() {
        if (words > 0) {
            int count = Math.min(words, fifo.count());
            fifo.take(ram, madr, count);
            moved(count);
            return count > 0;
        }
        if (padding > 0) {
            if (fifo.count() == 0) {
                return false;
            }
            fifo.take();
            padding--;
            return true;
        }
        if (finishedAfterLast() || fifo.count() < TAG_WORDS) {
            return false;
        }
        int tag = fifo.take();
        int count = fifo.take() & 0x00FF_FFFF;
        fifo.take();
        fifo.take();
        padding = -count & 3;
        begin(tag, count);
        return true;
    }
}
