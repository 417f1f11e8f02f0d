package soliloquy.iop;

import soliloquy.machine.Ram;

/**
 * Channels 11, RAM to the input FIFO of SIO2, and 12, its output FIFO to RAM. Channel 12 may be started before the transfer whose
 * replies it takes, as ps2sdk's {@code sio2man} does: it waits for their end.
 */
final class Sio2Channel extends IopDmaChannel {
    private final Ram ram;
    private final Sio2 sio2;
    private final boolean toSio2;

    Sio2Channel(IopDma dma, int number, Ram ram, Sio2 sio2) {
        super(dma, number);
        this.ram = ram;
        this.sio2 = sio2;
        toSio2 = number == 11;
        if (!toSio2) {
            sio2.onReplies(this::resume);
        }
    }

    @Override
    void start() {}

    @Override
    void resume() {
        if (running() && (toSio2 || sio2.hasReplies())) {
            int length = words() << 2;
            for (int i = 0; i < length; i++) {
                if (toSio2) {
                    sio2.put(ram.read8(madr + i));
                } else {
                    ram.write8(madr + i, sio2.take());
                }
            }
            madr = madr + length & ADDRESS_MASK;
            bcr &= 0xFFFF;
            end();
        }
    }
}
