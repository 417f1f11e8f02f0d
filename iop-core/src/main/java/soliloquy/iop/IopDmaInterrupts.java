package soliloquy.iop;

import soliloquy.machine.InterruptLine;

/**
 * DICR and DICR2: which channels interrupt and which have ended. Channels 0 to 6 have their mask at bit 16 and their flag at
 * bit 24 of DICR, channels 7 to 12 at the same places of DICR2. DICR bit 23 lets channels 0 to 6 interrupt; DICR2 has no such
 * bit. Source: ps2tek "IOP DMA"; ps2sdk {@code dmacman}.
 */
final class IopDmaInterrupts {
    private static final int FLAGS = 0x7F00_0000;
    private static final int BUS_ERROR = 1 << 15;
    private static final int MASTER_ENABLE = 1 << 23;
    private static final int MASTER_FLAG = 1 << 31;
    private static final int DICR_WRITABLE = 0x00FF_803F;
    private static final int DICR2_WRITABLE = 0x007F_1FFF;

    private final InterruptLine line;
    private int dicr;
    private int dicr2;
    private boolean asserted;

    IopDmaInterrupts(InterruptLine line) {
        this.line = line;
    }

    int dicr() {
        return pendingInDicr() ? dicr | MASTER_FLAG : dicr;
    }

    int dicr2() {
        return dicr2;
    }

    void dicr(int value) {
        dicr = value & DICR_WRITABLE | dicr & ~value & FLAGS;
        update();
    }

    void dicr2(int value) {
        dicr2 = value & DICR2_WRITABLE | dicr2 & ~value & FLAGS;
        update();
    }

    /** Channel {@code number} has ended; its flag sets if its mask bit is set. */
    void channelEnds(int number) {
        if (number < 7) {
            dicr |= dicr << 8 & 1 << (24 + number);
        } else {
            dicr2 |= dicr2 << 8 & 1 << (24 + number - 7);
        }
        update();
    }

    /** A tag with its interrupt bit went through channel {@code number}, 4, 9 or 10; it counts if enabled in DICR2. */
    void tagInterrupts(int number) {
        if ((dicr2 & 1 << number) != 0) {
            channelEnds(number);
        }
    }

    private boolean pendingInDicr() {
        return (dicr & BUS_ERROR) != 0 || (dicr & MASTER_ENABLE) != 0 && (dicr & FLAGS & dicr << 8) != 0;
    }

    /** The line takes an edge whenever a flag is pending that was not before. */
    private void update() {
        boolean now = pendingInDicr() || (dicr2 & FLAGS & dicr2 << 8) != 0;
        if (now && !asserted) {
            line.raise();
        }
        asserted = now;
    }
}
