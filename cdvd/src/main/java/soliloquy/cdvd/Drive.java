package soliloquy.cdvd;

import java.time.LocalDateTime;
import java.util.List;
import soliloquy.machine.DmaSource;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Notices.Kind;
import soliloquy.machine.Scheduler;

/**
 * The CD/DVD drive: byte-wide registers at 0x1F402004 to 0x1F40203A, a mechanism that takes time, and a sector buffer from
 * which IOP DMA channel 3 pulls. Source: ps2tek "CDVD Drive"; PCSX2's CDVD.cpp; ps2sdk's cdvdman.
 *
 * <p>A read command goes on only while the channel takes data, and is complete when it has taken the last byte.
 */
public final class Drive implements MemoryMapped, DmaSource {
    /** Physical address on the IOP bus at which the registers start. */
    public static final int BASE = 0x1F402000;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x40;

    private final Notices notices;
    private final DiscBay bay;
    private final NCommands commands;
    private final Mechanism mechanism;
    private final FaultyTray tray;
    private final DriveClock clock;
    private final SCommands systemCommands;
    private final DriveRegisters registers;

    /**
     * A drive without a disc.
     *
     * @param interrupt line 2 of the IOP's interrupt controller
     */
    public Drive(Scheduler scheduler, InterruptLine interrupt, Notices notices) {
        this.notices = notices;
        mechanism = new Mechanism();
        bay = new DiscBay(scheduler, mechanism);
        tray = new FaultyTray(this, scheduler);
        commands = new NCommands(scheduler, interrupt, notices, mechanism, bay);
        clock = new DriveClock(scheduler);
        systemCommands = new SCommands(this, scheduler, notices, clock, bay, mechanism, commands);
        registers = new DriveRegisters(scheduler, notices, commands, systemCommands, bay, mechanism);
    }

    /**
     * Puts a disc into the drive, in place of any other, and closes the tray. Before the console has run it is ready at
     * once; later the drive first finds out what it is. The caller closes the image after the console has stopped.
     */
    public void insert(DiscImage disc) {
        openTray();
        bay.place(disc);
        closeTray();
    }

    /** Opens the tray and takes the disc out; null if there is none. */
    public DiscImage eject() {
        DiscImage disc = bay.disc();
        openTray();
        bay.place(null);
        return disc;
    }

    /** Opens the tray; a running command fails. */
    public void openTray() {
        if (!bay.trayOpen()) {
            bay.openTray();
            commands.trayOpened();
        }
    }

    /** Closes the tray with what is in it. */
    public void closeTray() {
        if (bay.trayOpen()) {
            bay.closeTray();
            commands.trayClosed();
        }
    }

    /** Uses {@code profile} for any disc instead of the one that fits its medium; null: the fitting one again. */
    public void profile(DriveProfile profile) {
        bay.fixProfile(profile);
    }

    /** Makes the drive and the disc in it fail from now on; in place of any faults before. */
    public void faults(List<Fault> wanted) {
        Faults faults = new Faults(wanted);
        mechanism.faults(faults);
        commands.faults(faults);
        bay.slowDown(faults.slowness());
        tray.schedule(wanted, faults);
    }

    /** Installs what a program's S-command switches off: the console. */
    public void onPowerOff(Runnable action) {
        systemCommands.onPowerOff(action);
    }

    /** Sets what the console's clock shows at power-on, in Japanese time (UTC+9) as the hardware keeps it. */
    public void clock(LocalDateTime atPowerOn) {
        clock.set(atPowerOn);
    }

    /** What the drive has done so far. */
    public DriveStatistics statistics() {
        return commands.statistics();
    }

    /** What the drive does now. */
    public DriveState state() {
        return commands.state();
    }

    @Override
    public long read(int address, int bytes) {
        checkWidth(address, bytes);
        return registers.read(address);
    }

    @Override
    public void write(int address, int bytes, long value) {
        checkWidth(address, bytes);
        registers.write(address, (int) value & 0xFF);
    }

    private void checkWidth(int address, int bytes) {
        if (bytes != 1) {
            notices.report(
                    Kind.UNUSUAL,
                    "CDVD",
                    0,
                    "Access of %d bytes to drive register 0x%08X; only the first byte counts."
                            .formatted(bytes, address));
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return Math.max(0, registers.peek(address));
    }

    @Override
    public int available() {
        return commands.available();
    }

    @Override
    public void read(byte[] destination, int offset, int length) {
        commands.take(destination, offset, length);
    }

    @Override
    public void onAvailable(Runnable channel) {
        commands.onAvailable(channel);
    }
}
