package soliloquy.iop;

import soliloquy.machine.Ram;

/** Channel 12: the output FIFO of SIO2 to RAM. */
final class Sio2OutChannel extends IopDmaChannel {
    private final Ram ram;
    private final Sio2 sio2;

    Sio2OutChannel(IopDma dma, Ram ram, Sio2 sio2) {
        super(dma, 12);
        this.ram = ram;
        this.sio2 = sio2;
    }

    @Override
    void start() {}

    @Override
    void resume() {
        if (running()) {
            int length = words() << 2;
            for (int i = 0; i < length; i++) {
                ram.write8(madr + i, sio2.take());
            }
            madr = madr + length & ADDRESS_MASK;
            bcr &= 0xFFFF;
            end();
        }
    }
}
