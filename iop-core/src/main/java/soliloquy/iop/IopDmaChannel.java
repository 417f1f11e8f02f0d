package soliloquy.iop;

/** The registers of a channel and what every channel does alike. Source: ps2tek "IOP DMA". */
abstract class IopDmaChannel {
    static final int CHCR_FROM_RAM = 1;
    static final int CHCR_BUSY = 1 << 24;
    private static final int CHCR_TRIGGER = 1 << 28;
    static final int ADDRESS_MASK = 0x00FF_FFFF;
    private static final int LARGEST_WORDS = 0x40_0000;

    /** Address in RAM. */
    int madr;
    /** Words of a block in 15..0, blocks in 31..16. */
    int bcr;
    /** Direction, mode, busy. */
    int chcr;
    /** Address of the next tag. */
    int tadr;

    private final IopDma dma;
    private final int number;

    IopDmaChannel(IopDma dma, int number) {
        this.dma = dma;
        this.number = number;
    }

    final int number() {
        return number;
    }

    /** True if the software started the channel and it has not ended. */
    final boolean busy() {
        return (chcr & CHCR_BUSY) != 0;
    }

    /** True if data may move. */
    final boolean running() {
        return busy() && dma.enabled(number);
    }

    /** Words that BCR asks for; a count beyond the address space, which would wrap, is cut. */
    final int words() {
        int block = bcr & 0xFFFF;
        long words = (block == 0 ? 0x1_0000L : block) * Math.max(bcr >>> 16, 1);
        return (int) Math.min(words, LARGEST_WORDS);
    }

    /** CHCR was written. */
    final void control(int value) {
        boolean was = busy();
        chcr = value & ~CHCR_TRIGGER;
        if (busy() && !was) {
            dma.checkEnabled(number);
            start();
        } else if (!busy() && was) {
            stop();
        }
        resume();
    }

    /** Ends the transfer: busy clears, the interrupt flag sets. */
    final void end() {
        chcr &= ~CHCR_BUSY;
        dma.interrupts().channelEnds(number);
    }

    /** A tag with its interrupt bit set went through. */
    final void tagInterrupts() {
        dma.interrupts().tagInterrupts(number);
    }

    /** The software sets the channel busy. */
    abstract void start();

    /** The software clears busy before the transfer ended. */
    void stop() {}

    /** Moves what can be moved now. */
    abstract void resume();
}
