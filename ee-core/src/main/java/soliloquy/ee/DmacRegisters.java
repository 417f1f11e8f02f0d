package soliloquy.ee;

/** The register map of the DMAC. Source: ps2tek "DMA Controller"; CPCOND0 as ps2autotests {@code dma/dmac/cpcond} recorded it. */
final class DmacRegisters {
    private static final int CHANNEL_BITS = 0x3FF;
    private static final int STAT_FLAGS = 0xE3FF;
    private static final int STAT_MASKS = 0x63FF_0000;
    private static final int STAT_BEIS = 1 << 15;
    private static final int CTRL_DMAE = 1;
    private static final int CTRL_MFD = 3 << 2;
    private static final int CTRL_STS = 3 << 4;
    private static final int CTRL_STD = 3 << 6;
    private static final int ENABLE_SUSPEND = 1 << 16;
    private static final int ENABLE_RESET = 0x1201;

    private final Dmac dmac;
    /** DMAE as the kernel leaves it when a program starts. */
    private int control = CTRL_DMAE;

    private int status;
    private int priority;
    private int skip;
    private int ringSize;
    private int ringBase;
    private int stallAddress;
    private int enable = ENABLE_RESET;

    DmacRegisters(Dmac dmac) {
        this.dmac = dmac;
    }

    int read(int address) {
        return switch (address) {
            case 0x1000E000 -> control; // D_CTRL
            case 0x1000E010 -> status; // D_STAT
            case 0x1000E020 -> priority; // D_PCR
            case 0x1000E030 -> skip; // D_SQWC
            case 0x1000E040 -> ringSize; // D_RBSR
            case 0x1000E050 -> ringBase; // D_RBOR
            case 0x1000E060 -> stallAddress; // D_STADR
            case 0x1000F520 -> enable; // D_ENABLER
            default -> {
                DmacChannel channel = dmac.channel(address);
                yield channel == null
                        ? 0
                        : switch (address & 0xF0) {
                            case 0x00 -> channel.chcr; // CHCR
                            case 0x10 -> channel.madr; // MADR
                            case 0x20 -> channel.qwc; // QWC
                            case 0x30 -> channel.tadr; // TADR
                            case 0x40 -> channel.asr0; // ASR0
                            case 0x50 -> channel.asr1; // ASR1
                            case 0x80 -> channel.sadr; // SADR
                            default -> 0;
                        };
            }
        };
    }

    void write(int address, int value) {
        switch (address) {
            case 0x1000E000 -> { // D_CTRL
                control = value;
                if ((value & (CTRL_MFD | CTRL_STS | CTRL_STD)) != 0) {
                    dmac.unimplemented("D_CTRL asks for stall control or the memory FIFO; channels run without");
                }
                dmac.resumeAll();
            }
            case 0x1000E010 -> { // D_STAT: flags clear, masks toggle
                status = status & ~(value & STAT_FLAGS) ^ value & STAT_MASKS;
                dmac.driveInterrupt();
            }
            case 0x1000E020 -> { // D_PCR
                priority = value;
                dmac.resumeAll();
            }
            case 0x1000E030 -> skip = value; // D_SQWC
            case 0x1000E040 -> ringSize = value & 0x7FFF_FFF0; // D_RBSR
            case 0x1000E050 -> ringBase = value & 0x7FFF_FFF0; // D_RBOR
            case 0x1000E060 -> stallAddress = value & 0x7FFF_FFF0; // D_STADR
            case 0x1000F590 -> { // D_ENABLEW
                enable = value;
                dmac.resumeAll();
            }
            default -> {
                DmacChannel channel = dmac.channel(address);
                if (channel != null) {
                    write(channel, address & 0xF0, value);
                }
            }
        }
    }

    private static void write(DmacChannel channel, int register, int value) {
        switch (register) {
            case 0x00 -> channel.control(value); // CHCR
            case 0x10 -> channel.madr = channel.address(value); // MADR
            case 0x20 -> channel.qwc = value & 0xFFFF; // QWC
            case 0x30 -> channel.tadr = channel.address(value); // TADR
            case 0x40 -> channel.asr0 = channel.number < 3 ? channel.address(value) : 0; // ASR0
            case 0x50 -> channel.asr1 = channel.number < 3 ? channel.address(value) : 0; // ASR1
            case 0x80 -> channel.sadr = channel.number > 7 ? DmacChannel.scratchpadAddress(value) : 0; // SADR
            default -> {}
        }
    }

    /** True if the controller and D_PCR let channel {@code number} run. */
    boolean enabled(int number) {
        boolean allowed = priority >= 0 /* PCE clear */ || (priority >>> (16 + number) & 1) != 0;
        return (control & CTRL_DMAE) != 0 && (enable & ENABLE_SUSPEND) == 0 && allowed;
    }

    void channelEnds(int number) {
        status |= 1 << number;
    }

    /** True if the end of channel {@code number} interrupts. */
    boolean interruptsAt(int number) {
        return (status >>> 16 + number & 1) != 0;
    }

    boolean interrupting() {
        return (status & status >>> 16 & STAT_FLAGS) != 0 || (status & STAT_BEIS) != 0;
    }

    boolean condition() {
        return ((~priority | status) & CHANNEL_BITS) == CHANNEL_BITS;
    }

    /** D_SQWC.TQWC, with 0 taken as one quadword so that a transfer ends. */
    int transferQuadwords() {
        return Math.max(skip >>> 16 & 0xFF, 1);
    }

    int skipQuadwords() {
        return skip & 0xFF;
    }
}
