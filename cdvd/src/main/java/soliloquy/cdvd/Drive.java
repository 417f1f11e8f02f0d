package soliloquy.cdvd;

import java.time.LocalDateTime;
import soliloquy.machine.DmaSource;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/**
 * The CD/DVD drive: byte-wide registers at 0x1F402004 to 0x1F40203A, a mechanism that takes time, and a sector buffer from
 * which IOP DMA channel 3 pulls. Source: ps2tek "CDVD Drive"; PCSX2's CDVD.cpp; ps2sdk's cdvdman.
 */
public final class Drive implements MemoryMapped, DmaSource {
    /** Physical address on the IOP bus at which the registers start. */
    public static final int BASE = 0x1F402000;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x40;

    private DiscImage disc;

    /**
     * @param interrupt line 2 of the IOP's interrupt controller
     */
    public Drive(Scheduler scheduler, InterruptLine interrupt, Notices notices) {}

    /** Puts a disc into the drive and closes the tray; at power-on it is ready at once. */
    public void insert(DiscImage image) {
        disc = image;
    }

    /** Opens the tray and takes the disc out, or returns null if there is none. */
    public DiscImage eject() {
        DiscImage ejected = disc;
        disc = null;
        return ejected;
    }

    /** Uses {@code profile} for any disc instead of the one that fits its medium; null: the fitting one again. */
    public void profile(DriveProfile profile) {}

    /** Sets what the console's clock shows at power-on, in Japanese time as the hardware keeps it. */
    public void clock(LocalDateTime atPowerOn) {}

    /** What the drive has done so far. */
    public DriveStatistics statistics() {
        return new DriveStatistics(0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long read(int address, int bytes) {
        return 0;
    }

    @Override
    public void write(int address, int bytes, long value) {}

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void read(byte[] destination, int offset, int length) {}

    @Override
    public void onAvailable(Runnable channel) {}
}
