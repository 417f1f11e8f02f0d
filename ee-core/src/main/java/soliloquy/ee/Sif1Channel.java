package soliloquy.ee;

import soliloquy.machine.Ram;
import soliloquy.machine.SifFifo;
import soliloquy.machine.TraceEvent;

/**
 * Channel 6: memory to the IOP. The data carry the IOP's tags. The IOP moves a word in each of its cycles (estimate), which
 * makes 32 EE cycles for a quadword.
 */
final class Sif1Channel extends DmacSourceChannel {
    static final int SIF_CYCLES_PER_QUADWORD = 32;

    private final SifFifo fifo;

    Sif1Channel(Dmac dmac, SifFifo fifo) {
        super(dmac, 6, SIF_CYCLES_PER_QUADWORD);
        this.fifo = fifo;
        fifo.onRoom(this::resume);
    }

    @Override
    int accept(Ram memory, int offset, int quadwords) {
        int done = Math.min(quadwords, fifo.room() >> 2);
        if (done > 0) {
            fifo.put(memory, offset, done << 2);
        }
        return done;
    }

    @Override
    boolean acceptTag(long payload) {
        if (fifo.room() < 4) {
            return false;
        }
        fifo.put((int) payload);
        fifo.put((int) (payload >>> 32));
        fifo.put(0);
        fifo.put(0);
        return true;
    }

    @Override
    void signal() {
        fifo.signalData();
    }

    @Override
    TraceEvent traced() {
        return TraceEvent.SIF1_TRANSFER;
    }
}
