package soliloquy.iop;

import soliloquy.machine.Notices;

/** A channel whose device does not exist in this emulator: registers only. */
final class MissingIopChannel extends IopDmaChannel {
    private final Notices notices;

    MissingIopChannel(IopDma dma, int number, Notices notices) {
        super(dma, number);
        this.notices = notices;
    }

    @Override
    void start() {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP DMA",
                0,
                "channel " + number() + " was started; its device is not emulated, so the transfer ends at once");
        end();
    }

    @Override
    void resume() {}
}
