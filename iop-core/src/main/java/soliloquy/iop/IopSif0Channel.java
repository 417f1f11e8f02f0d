package soliloquy.iop;

import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;
import soliloquy.machine.TraceEvent;

/**
 * Channel 9: RAM to the EE. Tags of four words in RAM: address and flags; words; and two words that the EE's channel 5 takes as
 * its own tag. A tag goes into the FIFO as these two words and two of padding, then the data in whole quadwords.
 */
final class IopSif0Channel extends IopSifChannel {
    private static final int TAG_BYTES = 16;

    private long wordsSent;

    IopSif0Channel(IopDma dma, Ram ram, Scheduler scheduler, SifFifo fifo) {
        super(dma, 9, ram, scheduler, fifo, EventType.IOP_DMA_SIF0);
        fifo.onRoom(this::resume);
    }

    @Override
    void start() {
        super.start();
        wordsSent = 0;
        scheduler.trace().begin(TraceEvent.SIF0_TRANSFER, scheduler.now(), 0);
    }

    @Override
    void ended() {
        scheduler.trace().end(TraceEvent.SIF0_TRANSFER, scheduler.now(), wordsSent << 2);
    }

    @Override
    void signal() {
        fifo.signalData();
    }

    @Override
    boolean move() {
        if (words > 0) {
            int count = Math.min(words, fifo.room());
            fifo.put(ram, madr, count);
            moved(count);
            wordsSent += count;
            return count > 0;
        }
        if (finishedAfterLast() || fifo.room() < TAG_WORDS) {
            return false;
        }
        int tag = ram.read32(tadr);
        int count = ram.read32(tadr + 4) + 3 & 0x00FF_FFFC;
        fifo.put(ram.read32(tadr + 8));
        fifo.put(ram.read32(tadr + 12));
        fifo.put(0);
        fifo.put(0);
        tadr = tadr + TAG_BYTES & ADDRESS_MASK;
        begin(tag, count);
        return true;
    }
}
