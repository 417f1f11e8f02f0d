package soliloquy.ee;

import soliloquy.machine.Ram;
import soliloquy.machine.TraceEvent;

/** Channel 8: scratchpad to memory; normal, destination chain (tags in the scratchpad), interleave. */
final class FromScratchpadChannel extends DmacChannel {
    FromScratchpadChannel(Dmac dmac) {
        super(dmac, 8, CYCLES_PER_QUADWORD);
    }

    @Override
    int address(int value) {
        return super.address(value) & ~SCRATCHPAD;
    }

    @Override
    boolean endsChain(int id) {
        return id == ID_END;
    }

    @Override
    int move() {
        boolean interleaved = mode() == MODE_INTERLEAVE;
        int done = interleaved ? Math.min(qwc, dmac.transferQuadwords()) : qwc;
        copy(dmac.bus().scratchpad(), sadr, memory(madr), madr, done);
        sadr = scratchpadAddress(sadr + (done << 4));
        madr = address(madr + (done + (interleaved ? dmac.skipQuadwords() : 0) << 4));
        qwc -= done;
        return done;
    }

    @Override
    int tag() {
        Ram scratchpad = dmac.bus().scratchpad();
        int tag = scratchpad.read32(sadr);
        madr = address(scratchpad.read32(sadr + 4));
        sadr = scratchpadAddress(sadr + 16);
        keepTag(tag);
        qwc = tag & 0xFFFF;
        last = endsAfter(tag);
        return 1;
    }

    @Override
    TraceEvent traced() {
        return TraceEvent.SCRATCHPAD_FROM;
    }
}
