package soliloquy.cdvd;

import java.io.IOException;
import java.util.List;
import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.Notices;
import soliloquy.machine.Notices.Kind;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TraceEvent;

/**
 * The commands that move the mechanism or data, one at a time: registers 0x1F402004 to 0x1F402008. Source: ps2tek
 * "N commands"; PCSX2's CDVD.cpp; the use ps2sdk's cdvdman makes of them.
 */
final class NCommands {
    private static final int PARAMETER_BYTES = 16;

    /** Bit of register 0x1F402008: a command is complete. */
    private static final int INTERRUPT_COMPLETE = 0x01;

    private static final int STATUS_ERROR = 0x01;
    private static final int STATUS_INITIALISED = 0x08;
    private static final int STATUS_READY = 0x40;
    private static final int STATUS_BUSY = 0x80;

    /** From a command that moves nothing to its interrupt: an estimate, no record is known. */
    private static final long COMMAND_CYCLES = Clocks.cycles(100e-6);

    /** Tries of a sector that a command with the number 0 allows. Source: PCSX2. */
    private static final int MOST_TRIES = 256;

    /** What a pending mechanism event ends. */
    private enum Step {
        SPIN_UP,
        SEEK,
        SECTOR,
        COMPLETE
    }

    private static final Step[] STEPS = Step.values();

    private final Scheduler scheduler;
    private final InterruptLine interrupt;
    private final Notices notices;
    private final Mechanism mechanism;
    private final DiscBay bay;
    private final ByteQueue parameters = new ByteQueue(PARAMETER_BYTES);
    private final SectorBlock block = new SectorBlock();

    private Faults faults = new Faults(List.of());
    private Runnable onAvailable = () -> {};
    private NCommand command;
    private int commandCode;
    private DriveStatus status = DriveStatus.STOPPED;
    private int stickyStatus;
    private DriveError error = DriveError.NONE;
    private boolean failed;
    private int interruptStatus;

    /** The profile whose notice was given. */
    private DriveProfile admitted;

    private int decryption;
    private int lsn;
    private int remaining;
    private int spindle;
    private int tries;
    private int blockBytes;
    private long sectorsDelivered;
    private long bytesDelivered;
    private long bytesBefore;
    private long idleSince;
    private long idleCycles;

    NCommands(Scheduler scheduler, InterruptLine interrupt, Notices notices, Mechanism mechanism, DiscBay bay) {
        this.scheduler = scheduler;
        this.interrupt = interrupt;
        this.notices = notices;
        this.mechanism = mechanism;
        this.bay = bay;
        scheduler.handle(EventType.CDVD_MECHANISM, this::due);
    }

    /** Register 0x3A. */
    int decryption() {
        return decryption;
    }

    /** Register 0x3A write: how sectors are decrypted on their way to DMA. */
    void decryption(int setting) {
        decryption = setting;
    }

    void faults(Faults newFaults) {
        faults = newFaults;
    }

    /** Register 0x04 read. */
    int commandCode() {
        return commandCode;
    }

    /** Register 0x05 read. */
    int status() {
        int error = failed ? STATUS_ERROR : 0;
        if (command != null) {
            return STATUS_INITIALISED | STATUS_BUSY | error;
        }
        return STATUS_INITIALISED | (bay.ready() ? STATUS_READY : 0) | error;
    }

    /** Register 0x05 write. */
    void parameter(int value) {
        if (!parameters.put(value)) {
            notices.report(Kind.UNUSUAL, "CDVD", 0, "More than 16 parameters for an N-command; the rest are lost.");
        }
    }

    /** Register 0x06 read: reading clears it. */
    int takeError() {
        int code = error.code();
        error = DriveError.NONE;
        return code;
    }

    int peekError() {
        return error.code();
    }

    /** Register 0x08 read. */
    int interruptStatus() {
        return interruptStatus;
    }

    /** Register 0x08 write: 1 clears. */
    void acknowledge(int bits) {
        interruptStatus &= ~bits;
    }

    /** Register 0x0A. */
    int driveStatus() {
        DriveStatus shown = status;
        if (bay.trayOpen()) {
            shown = DriveStatus.TRAY_OPEN;
        } else if (!bay.ready() && bay.disc() != null) {
            shown = DriveStatus.SPINNING;
        }
        return shown.code();
    }

    /** Register 0x0B: every status since {@link #clearStickyStatus}. */
    int stickyStatus() {
        return stickyStatus | driveStatus();
    }

    void clearStickyStatus() {
        stickyStatus = 0;
    }

    private void status(DriveStatus newStatus) {
        trace(newStatus);
        status = newStatus;
        stickyStatus |= newStatus.code();
    }

    private void trace(DriveStatus newStatus) {
        TraceEvent was = traced(status);
        TraceEvent is = traced(newStatus);
        if (was != is) {
            if (was != null) {
                scheduler.trace().end(was, scheduler.now(), bytesDelivered - bytesBefore);
            }
            if (is != null) {
                bytesBefore = bytesDelivered;
                scheduler.trace().begin(is, scheduler.now(), lsn);
            }
        }
    }

    private static TraceEvent traced(DriveStatus status) {
        return switch (status) {
            case SPINNING -> TraceEvent.DRIVE_SPIN_UP;
            case SEEKING -> TraceEvent.DRIVE_SEEK;
            case READING -> TraceEvent.DRIVE_READ;
            case STOPPED, TRAY_OPEN, PAUSED -> null;
        };
    }

    /** The bay was closed, with or without a disc. What happened before power-on nobody has to be told. */
    void trayClosed() {
        if (scheduler.now() == 0) {
            clearStickyStatus();
        }
        status(mechanism.spinning() ? DriveStatus.PAUSED : DriveStatus.STOPPED);
    }

    /** The bay was opened: a running command fails. */
    void trayOpened() {
        status(DriveStatus.STOPPED);
        stickyStatus |= DriveStatus.TRAY_OPEN.code();
        if (command != null) {
            scheduler.cancel(EventType.CDVD_MECHANISM);
            fail(DriveError.TRAY_OPENED_WHILE_READING);
        }
    }

    /** Register 0x07 write: BREAK. */
    void abort() {
        if (command != null) {
            scheduler.cancel(EventType.CDVD_MECHANISM);
            fail(DriveError.ABORTED);
        }
    }

    /** Register 0x04 write: starts a command with the parameters before it. */
    void start(int code) {
        if (command != null) {
            notices.report(
                    Kind.UNUSUAL,
                    "CDVD",
                    0,
                    "N-command 0x%02X while %s is running; it is ignored.".formatted(code, command));
            return;
        }
        idleCycles += scheduler.now() - idleSince;
        NCommand wanted = NCommand.of(code);
        commandCode = code;
        failed = false;
        error = DriveError.NONE;
        block.clear();
        if (wanted == null) {
            notices.report(Kind.UNHANDLED, "CDVD", 0, "There is no N-command 0x%02X.".formatted(code));
            command = NCommand.NOP;
            fail(DriveError.BAD_COMMAND);
        } else if (parameters.count() < wanted.parameters()) {
            command = wanted;
            fail(DriveError.BAD_PARAMETER);
        } else {
            command = wanted;
            begin();
        }
        parameters.clear();
    }

    private void begin() {
        switch (command) {
            case NOP -> complete(COMMAND_CYCLES);
            case RESET -> {
                status(mechanism.spinning() ? DriveStatus.PAUSED : DriveStatus.STOPPED);
                complete(COMMAND_CYCLES);
            }
            case STOP -> {
                boolean turning = mechanism.spinning();
                mechanism.stop();
                status(DriveStatus.STOPPED);
                complete(turning ? Clocks.cycles(mechanism.profile().stopSeconds()) : COMMAND_CYCLES);
            }
            case PAUSE -> {
                status(mechanism.spinning() ? DriveStatus.PAUSED : DriveStatus.STOPPED);
                complete(COMMAND_CYCLES);
            }
            case CHANGE_SPINDLE -> {
                complete(Math.max(COMMAND_CYCLES, mechanism.changeSpeed(scheduler.now(), parameters.get(0))));
            }
            case STANDBY -> withDisc(this::standby);
            case SEEK -> withDisc(() -> travel(parameters.word(0), mechanism.control(), MOST_TRIES));
            case READ_CD -> withDisc(() -> read(DiscType.PS2_CD, SectorBlock.cdBytes(parameters.get(10))));
            case READ_DVD ->
                withDisc(() -> read(DiscType.PS2_DVD, parameters.get(10) == 0 ? SectorBlock.DVD_BYTES : -1));
            case GET_TOC -> withDisc(this::readContents);
            case READ_CDDA, READ_XCDDA ->
                withDisc(() -> read(DiscType.PS2_CD, SectorBlock.audioBytes(parameters.get(10))));
            case READ_KEY -> withDisc(this::readKey);
        }
    }

    private void withDisc(Runnable action) {
        DriveError obstacle = bay.obstacle();
        if (obstacle == DriveError.NONE) {
            action.run();
        } else {
            fail(obstacle);
        }
    }

    private void standby() {
        if (mechanism.spinning()) {
            status(DriveStatus.PAUSED);
            complete(COMMAND_CYCLES);
        } else {
            travel(0, mechanism.control(), MOST_TRIES);
        }
    }

    private void readContents() {
        remaining = 0;
        schedule(Step.SECTOR, scheduler.now() + COMMAND_CYCLES);
    }

    /** The command ends well; that there is no key, cdvdman sees in the flags of register 0x38. */
    private void readKey() {
        notices.report(Kind.UNIMPLEMENTED, "CDVD", 0, "Images hold no disc keys; READ_KEY finds none that is valid.");
        status(DriveStatus.PAUSED);
        complete(COMMAND_CYCLES);
    }

    private void read(DiscType medium, int bytes) {
        int count = parameters.word(4);
        if (bay.disc().type() != medium) {
            fail(DriveError.WRONG_DISC);
        } else if (bytes < 0 || (parameters.get(9) & DriveProfile.SPINDLE_SPEED) > medium.fastestSpindleCode()) {
            fail(DriveError.BAD_PARAMETER);
        } else if (count <= 0) {
            fail(DriveError.BAD_COUNT);
        } else {
            if (bytes > CdSector.BYTES) {
                notices.report(
                        Kind.UNVERIFIED,
                        "CDVD",
                        0,
                        "No record says how the drive packs the subchannels of sectors of " + bytes + " bytes.");
            }
            admitEstimates();
            remaining = count;
            blockBytes = bytes;
            int allowed = parameters.get(8);
            travel(parameters.word(0), parameters.get(9), allowed == 0 ? MOST_TRIES : allowed);
        }
    }

    private void admitEstimates() {
        DriveProfile profile = mechanism.profile();
        if (!profile.equals(admitted)) {
            admitted = profile;
            notices.report(
                    Kind.UNVERIFIED,
                    "CDVD",
                    0,
                    "Times of the drive follow the profile \"" + profile.name()
                            + "\", which no measurement of a console confirms.");
        }
    }

    /** Brings the head to a sector, the spindle first up to speed; SEEK ends there, a read goes on. */
    private void travel(int target, int control, int allowedTries) {
        if (target < 0 || target >= bay.disc().sectorCount()) {
            fail(DriveError.BAD_LSN);
            return;
        }
        lsn = target;
        spindle = control;
        tries = allowedTries;
        if (mechanism.spinning()) {
            seek(scheduler.now());
        } else {
            status(DriveStatus.SPINNING);
            schedule(Step.SPIN_UP, scheduler.now() + mechanism.spinUp(scheduler.now()));
        }
    }

    private void seek(long time) {
        boolean moves = mechanism.needsSeek(time, lsn);
        long cycles = mechanism.seek(time, lsn, spindle, tries);
        if (moves) {
            status(DriveStatus.SEEKING);
            schedule(Step.SEEK, time + cycles);
        } else {
            arrive(time + cycles);
        }
    }

    private void arrive(long time) {
        if (command.parameters() == NCommand.READ_CD.parameters()) {
            status(DriveStatus.READING);
            nextSector(time);
        } else {
            status(DriveStatus.PAUSED);
            schedule(Step.COMPLETE, Math.max(time, scheduler.now() + COMMAND_CYCLES));
        }
    }

    private void nextSector(long time) {
        if (lsn >= bay.disc().sectorCount() || mechanism.gaveUp()) {
            fail(DriveError.READ_ERROR);
        } else {
            schedule(Step.SECTOR, mechanism.ready(time));
        }
    }

    private void due(long time, long payload) {
        switch (STEPS[(int) payload]) {
            case SPIN_UP -> seek(time);
            case SEEK -> arrive(time);
            case SECTOR -> sector(time);
            case COMPLETE -> finish();
        }
    }

    private void sector(long time) {
        if (command != NCommand.GET_TOC && !mechanism.holds(time)) {
            nextSector(time);
            return;
        }
        DiscImage disc = bay.disc();
        try {
            if (command == NCommand.READ_DVD) {
                block.loadDvd(disc, lsn);
            } else if (command != NCommand.GET_TOC) {
                block.loadCd(disc, lsn, blockBytes);
            } else if (disc.type() == DiscType.PS2_DVD) {
                block.loadDvdContents(disc.sectorCount());
            } else {
                block.loadCdContents(disc.sectorCount());
            }
        } catch (IOException e) {
            notices.report(Kind.UNUSUAL, "CDVD", 0, "Sector " + lsn + " of the disc cannot be read: " + e.getMessage());
            fail(DriveError.READ_ERROR);
            return;
        }
        if (command != NCommand.GET_TOC) {
            block.corrupt(faults, lsn);
            block.decrypt(decryption);
            mechanism.take(time);
            lsn++;
            remaining--;
        }
        onAvailable.run();
    }

    int available() {
        return block.available();
    }

    void onAvailable(Runnable channel) {
        onAvailable = channel;
    }

    /** DMA takes bytes; with the last of a sector the next one is wanted, with the last of all the command is complete. */
    void take(byte[] destination, int offset, int length) {
        block.take(destination, offset, length);
        bytesDelivered += length;
        scheduler.trace().count(TraceEvent.DISC_DATA, scheduler.now(), length);
        if (length > 0 && block.available() == 0) {
            if (command != NCommand.GET_TOC) {
                sectorsDelivered++;
            }
            if (remaining == 0) {
                status(DriveStatus.PAUSED);
                complete(0);
            } else {
                nextSector(scheduler.now());
            }
        }
    }

    private void fail(DriveError reason) {
        error = reason;
        failed = true;
        block.clear();
        remaining = 0;
        if (status != DriveStatus.STOPPED) {
            status(mechanism.spinning() ? DriveStatus.PAUSED : DriveStatus.STOPPED);
        }
        complete(COMMAND_CYCLES);
    }

    private void complete(long cycles) {
        schedule(Step.COMPLETE, scheduler.now() + cycles);
    }

    private void schedule(Step step, long time) {
        scheduler.scheduleAt(EventType.CDVD_MECHANISM, time, step.ordinal());
    }

    private void finish() {
        command = null;
        idleSince = scheduler.now();
        interruptStatus |= INTERRUPT_COMPLETE;
        interrupt.raise();
    }

    DriveState state() {
        DriveStatus shown = bay.trayOpen() ? DriveStatus.TRAY_OPEN : status;
        return mechanism.state(
                scheduler.now(), command == null ? null : command.name(), shown.name(), lsn, Math.max(0, remaining));
    }

    DriveStatistics statistics() {
        long now = scheduler.now();
        long idle = idleCycles + (command == null ? now - idleSince : 0);
        return mechanism.statistics(now, idle, sectorsDelivered, bytesDelivered);
    }
}
