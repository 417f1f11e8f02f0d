package soliloquy.ee;

import soliloquy.machine.Ram;
import soliloquy.machine.TraceEvent;

/** Channel 2: memory to the GIF's PATH3. */
final class GifChannel extends DmacSourceChannel {
    private final Gif gif;

    GifChannel(Dmac dmac, Gif gif) {
        super(dmac, 2, CYCLES_PER_QUADWORD);
        this.gif = gif;
    }

    @Override
    int accept(Ram memory, int offset, int quadwords) {
        gif.receive(memory, offset, quadwords);
        return quadwords;
    }

    @Override
    TraceEvent traced() {
        return TraceEvent.GIF_TRANSFER;
    }
}
