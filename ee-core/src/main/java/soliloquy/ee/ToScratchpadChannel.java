package soliloquy.ee;

import soliloquy.machine.Ram;
import soliloquy.machine.TraceEvent;

/** Channel 9: memory to scratchpad; normal, source chain, interleave. */
final class ToScratchpadChannel extends DmacSourceChannel {
    ToScratchpadChannel(Dmac dmac) {
        super(dmac, 9, CYCLES_PER_QUADWORD);
    }

    @Override
    int address(int value) {
        return super.address(value) & ~SCRATCHPAD;
    }

    @Override
    int move() {
        if (mode() != MODE_INTERLEAVE) {
            return super.move();
        }
        int done = Math.min(qwc, dmac.transferQuadwords());
        put(memory(madr), madr, done);
        madr = address(madr + (done + dmac.skipQuadwords() << 4));
        qwc -= done;
        return done;
    }

    @Override
    int accept(Ram memory, int offset, int quadwords) {
        put(memory, offset, quadwords);
        return quadwords;
    }

    @Override
    boolean acceptTag(long payload) {
        dmac.unusual("toSPR was started with CHCR.TTE; its tags are not transferred");
        return true;
    }

    private void put(Ram memory, int address, int quadwords) {
        copy(memory, address, dmac.bus().scratchpad(), sadr, quadwords);
        sadr = scratchpadAddress(sadr + (quadwords << 4));
    }

    @Override
    TraceEvent traced() {
        return TraceEvent.SCRATCHPAD_TO;
    }
}
