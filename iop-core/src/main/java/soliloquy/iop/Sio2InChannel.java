package soliloquy.iop;

import soliloquy.machine.Ram;

/** Channel 11: RAM to the input FIFO of SIO2. */
final class Sio2InChannel extends IopDmaChannel {
    private final Ram ram;
    private final Sio2 sio2;

    Sio2InChannel(IopDma dma, Ram ram, Sio2 sio2) {
        super(dma, 11);
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
                sio2.put(ram.read8(madr + i));
            }
            madr = madr + length & ADDRESS_MASK;
            bcr &= 0xFFFF;
            end();
        }
    }
}
