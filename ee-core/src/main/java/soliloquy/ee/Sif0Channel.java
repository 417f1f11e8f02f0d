package soliloquy.ee;

import soliloquy.machine.Ram;
import soliloquy.machine.SifFifo;

/** Channel 5: the IOP to memory. In chain mode the quadword before each packet is its destination tag. */
final class Sif0Channel extends DmacChannel {
    private final SifFifo fifo;

    Sif0Channel(Dmac dmac, SifFifo fifo) {
        super(dmac, 5, Sif1Channel.SIF_CYCLES_PER_QUADWORD);
        this.fifo = fifo;
        fifo.onData(this::resume);
    }

    @Override
    boolean endsChain(int id) {
        return id == ID_END;
    }

    @Override
    int move() {
        Ram memory = memory(madr);
        int done = Math.min(qwc, fifo.count() >> 2);
        if (done > 0) {
            int offset = madr & memory.mask & ~15;
            fifo.take(memory, offset, done << 2);
            if (memory == dmac.bus().ram()) {
                dmac.bus().codeWritten(offset, Math.min(done << 4, memory.size() - offset));
            }
            madr = address(madr + (done << 4));
            qwc -= done;
        }
        return done;
    }

    @Override
    int tag() {
        if (fifo.count() < 4) {
            return 0;
        }
        int tag = fifo.take();
        madr = address(fifo.take());
        fifo.take();
        fifo.take();
        keepTag(tag);
        qwc = tag & 0xFFFF;
        last = endsAfter(tag);
        return 1;
    }

    @Override
    void signal() {
        fifo.signalRoom();
    }
}
