package soliloquy.ee;

import soliloquy.machine.InterruptPin;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/**
 * The EE's DMA controller: ten channels, of which GIF (2), SIF0 (5), SIF1 (6), fromSPR (8) and toSPR (9) move data. A transfer
 * moves its data at once and ends (STR clears, CIS sets) after the time it takes. Source: ps2tek "DMA Controller".
 */
public final class Dmac implements MemoryMapped {
    /** Physical address of the channels and of D_CTRL to D_STADR. */
    public static final int BASE = 0x1000_8000;

    /** Bytes from {@link #BASE}. */
    public static final int SIZE = 0x7000;

    /** Physical address of the page of D_ENABLER and D_ENABLEW. */
    public static final int ENABLE_BASE = 0x1000_F500;

    /** Bytes from {@link #ENABLE_BASE}. */
    public static final int ENABLE_SIZE = 0x100;

    private static final int FROM_SCRATCHPAD = 8;
    private static final int TO_SCRATCHPAD = 9;

    private final EeBus bus;
    private final Scheduler scheduler;
    private final InterruptPin int1;
    private final Notices notices;
    private final DmacRegisters registers = new DmacRegisters(this);
    private final DmacChannel[] channels;
    private boolean asserted;

    /**
     * @param int1 interrupt input 1 of the processor
     * @param gif takes the data of channel 2
     * @param sif0 emptied by channel 5
     * @param sif1 filled by channel 6
     */
    public Dmac(
            EeBus bus, Scheduler scheduler, InterruptPin int1, Gif gif, SifFifo sif0, SifFifo sif1, Notices notices) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.int1 = int1;
        this.notices = notices;
        channels = new DmacChannel[] {
            new MissingDmacChannel(this, 0, "VIF0"),
            new MissingDmacChannel(this, 1, "VIF1"),
            new GifChannel(this, gif),
            new MissingDmacChannel(this, 3, "fromIPU"),
            new MissingDmacChannel(this, 4, "toIPU"),
            new Sif0Channel(this, sif0),
            new Sif1Channel(this, sif1),
            new MissingDmacChannel(this, 7, "SIF2"),
            new FromScratchpadChannel(this),
            new ToScratchpadChannel(this)
        };
    }

    /** CPCOND0, the condition of BC0T and BC0F: all channels chosen in D_PCR have ended. */
    public boolean condition() {
        settle();
        return registers.condition();
    }

    @Override
    public long read(int address, int bytes) {
        int shift = address & 15;
        if (shift > 3) {
            return 0;
        }
        settle();
        long value = (registers.read(address & ~15) & 0xFFFF_FFFFL) >>> 8 * shift;
        return bytes >= 4 ? value : value & (1L << 8 * bytes) - 1;
    }

    @Override
    public void write(int address, int bytes, long value) {
        int register = address & ~15;
        int shift = address & 15;
        if (shift > 3) {
            return;
        }
        settle();
        int word = (int) value;
        if (bytes < 4) {
            int mask = ((1 << 8 * bytes) - 1) << 8 * shift;
            int kept = register == 0x1000E010 ? 0 : registers.read(register); // D_STAT: zeros keep
            word = kept & ~mask | word << 8 * shift & mask;
        }
        registers.write(register, word);
        if (register == 0x1000E010) { // D_STAT: masks may have changed
            channels[FROM_SCRATCHPAD].awaitEnd();
            channels[TO_SCRATCHPAD].awaitEnd();
        }
    }

    /** Brings the channels that end without an event up to date. */
    private void settle() {
        channels[FROM_SCRATCHPAD].settle();
        channels[TO_SCRATCHPAD].settle();
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }

    /** The channel whose registers lie at {@code address}, or null. */
    DmacChannel channel(int address) {
        return switch (address >>> 8 & 0xFF) {
            case 0x80 -> channels[0]; // D0 VIF0
            case 0x90 -> channels[1]; // D1 VIF1
            case 0xA0 -> channels[2]; // D2 GIF
            case 0xB0 -> channels[3]; // D3 fromIPU
            case 0xB4 -> channels[4]; // D4 toIPU
            case 0xC0 -> channels[5]; // D5 SIF0
            case 0xC4 -> channels[6]; // D6 SIF1
            case 0xC8 -> channels[7]; // D7 SIF2
            case 0xD0 -> channels[8]; // D8 fromSPR
            case 0xD4 -> channels[9]; // D9 toSPR
            default -> null;
        };
    }

    EeBus bus() {
        return bus;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    boolean interruptsAt(int number) {
        return registers.interruptsAt(number);
    }

    boolean enabled(int number) {
        return registers.enabled(number);
    }

    int transferQuadwords() {
        return registers.transferQuadwords();
    }

    int skipQuadwords() {
        return registers.skipQuadwords();
    }

    void channelEnds(int number) {
        registers.channelEnds(number);
        driveInterrupt();
    }

    void driveInterrupt() {
        boolean now = registers.interrupting();
        if (now != asserted) {
            asserted = now;
            int1.drive(now);
        }
    }

    void resumeAll() {
        for (DmacChannel channel : channels) {
            channel.resume();
        }
    }

    void unusual(String text) {
        notices.report(Notices.Kind.UNUSUAL, "DMAC", 0, text);
    }

    void unimplemented(String text) {
        notices.report(Notices.Kind.UNIMPLEMENTED, "DMAC", 0, text);
    }
}
