package soliloquy.iop;

import soliloquy.machine.DmaSource;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/**
 * The IOP's DMA controller: thirteen channels, of which CDVD (3), SIF0 (9), SIF1 (10) and SIO2 in and out (11, 12) move data. A
 * channel runs while its CHCR is busy and DPCR or DPCR2 enables it. Its registers lie at {@link #BASE} and {@link #BASE2}.
 * Source: ps2tek "IOP DMA"; ps2sdk {@code dmacman} and {@code sifman}.
 */
public final class IopDma implements MemoryMapped {
    /** Physical address of channels 0 to 6, DPCR and DICR. */
    public static final int BASE = 0x1F80_1080;

    /** Bytes from {@link #BASE}. */
    public static final int SIZE = 0x80;

    /** IOP cycles that channel 3 takes for each word of the drive. PCSX2's figure; an estimate. */
    public static final int CDVD_CYCLES_PER_WORD = 12;

    /** Physical address of channels 7 to 12, DPCR2, DICR2 and the enables. */
    public static final int BASE2 = 0x1F80_1500;

    /** Bytes from {@link #BASE2}. */
    public static final int SIZE2 = 0x80;

    private static final int DPCR_RESET = 0x0777_7777;
    private static final int CHANNELS = 13;

    private final Notices notices;
    private final IopDmaInterrupts interrupts;
    private final IopDmaChannel[] channels = new IopDmaChannel[CHANNELS];
    private int dpcr = DPCR_RESET;
    private int dpcr2 = DPCR_RESET;
    private int dmacen = 1;
    private int dmacinten;

    /**
     * @param interrupt line 3 of the IOP's interrupt controller
     * @param drive the data of channel 3
     * @param sif0 filled by channel 9
     * @param sif1 emptied by channel 10
     */
    public IopDma(
            IopBus bus,
            Scheduler scheduler,
            InterruptLine interrupt,
            DmaSource drive,
            SifFifo sif0,
            SifFifo sif1,
            Sio2 sio2,
            Notices notices) {
        this.notices = notices;
        interrupts = new IopDmaInterrupts(interrupt);
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = switch (i) {
                case 3 -> new IopCdvdChannel(this, bus.ram(), scheduler, drive);
                case 9 -> new IopSif0Channel(this, bus.ram(), scheduler, sif0);
                case 10 -> new IopSif1Channel(this, bus.ram(), scheduler, sif1);
                case 11 -> new Sio2Channel(this, 11, bus.ram(), sio2);
                case 12 -> new Sio2Channel(this, 12, bus.ram(), sio2);
                default -> new MissingIopChannel(this, i, notices);
            };
        }
    }

    IopDmaInterrupts interrupts() {
        return interrupts;
    }

    /** True if DPCR or DPCR2 and DMACEN let channel {@code number} run. */
    boolean enabled(int number) {
        int priorities = number < 7 ? dpcr : dpcr2;
        int place = number < 7 ? number : number - 7;
        return (dmacen & 1) != 0 && (priorities >>> (4 * place + 3) & 1) != 0;
    }

    void checkEnabled(int number) {
        if (!enabled(number)) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP DMA",
                    0,
                    "channel " + number + " was started but is not enabled in DPCR; it waits until it is");
        }
    }

    @Override
    public long read(int address, int bytes) {
        int word = register(address & ~3) >>> 8 * (address & 3);
        return bytes >= 4 ? word & 0xFFFF_FFFFL : word & (1 << 8 * bytes) - 1;
    }

    private int register(int address) {
        return switch (address) {
            case 0x1F8010F0 -> dpcr; // DPCR
            case 0x1F8010F4 -> interrupts.dicr(); // DICR
            case 0x1F801570 -> dpcr2; // DPCR2
            case 0x1F801574 -> interrupts.dicr2(); // DICR2
            case 0x1F801578 -> dmacen; // DMACEN
            case 0x1F80157C -> dmacinten; // DMACINTEN
            default -> {
                IopDmaChannel channel = channel(address);
                yield channel == null
                        ? 0
                        : switch (address & 0xC) {
                            case 0x0 -> channel.madr; // MADR
                            case 0x4 -> channel.bcr; // BCR
                            case 0x8 -> channel.chcr; // CHCR
                            default -> channel.tadr; // TADR
                        };
            }
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        int register = address & ~3;
        int word = (int) value;
        if (bytes < 4) {
            int shift = 8 * (address & 3);
            int mask = ((1 << 8 * bytes) - 1) << shift;
            word = writableBase(register) & ~mask | word << shift & mask;
        }
        switch (register) {
            case 0x1F8010F0 -> { // DPCR
                dpcr = word;
                resumeAll();
            }
            case 0x1F8010F4 -> interrupts.dicr(word); // DICR
            case 0x1F801570 -> { // DPCR2
                dpcr2 = word;
                resumeAll();
            }
            case 0x1F801574 -> interrupts.dicr2(word); // DICR2
            case 0x1F801578 -> { // DMACEN
                dmacen = word;
                resumeAll();
            }
            case 0x1F80157C -> dmacinten = word; // DMACINTEN
            default -> {
                IopDmaChannel channel = channel(register);
                if (channel != null) {
                    switch (register & 0xC) {
                        case 0x0 -> channel.madr = word & IopDmaChannel.ADDRESS_MASK; // MADR
                        case 0x4 -> channel.bcr = word; // BCR
                        case 0x8 -> channel.control(word); // CHCR
                        default -> channel.tadr = word & IopDmaChannel.ADDRESS_MASK; // TADR
                    }
                }
            }
        }
    }

    /** What a partial write keeps: never the interrupt flags, which a written 1 would clear. */
    private int writableBase(int register) {
        int word = register(register);
        return register == 0x1F8010F4 || register == 0x1F801574 ? word & 0x00FF_FFFF : word;
    }

    private IopDmaChannel channel(int address) {
        int old = (address - BASE) >> 4;
        if (old >= 0 && old < 7) {
            return channels[old];
        }
        int added = (address - BASE2) >> 4;
        return added >= 0 && added < 6 ? channels[7 + added] : null;
    }

    private void resumeAll() {
        for (IopDmaChannel channel : channels) {
            channel.resume();
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
