package soliloquy.cdvd;

import soliloquy.machine.Notices;
import soliloquy.machine.Notices.Kind;
import soliloquy.machine.Scheduler;

/**
 * The commands to the drive's system controller: registers 0x1F402016 to 0x1F402018. Their results are there at once; how
 * long the console takes is not known. Source: ps2tek "S commands"; PCSX2's CDVD.cpp for the results.
 */
final class SCommands {
    private static final int PARAMETER_BYTES = 16;
    private static final int RESULT_BYTES = 16;

    /** Bit of register 0x1F402017: no result is waiting. */
    private static final int STATUS_EMPTY = 0x40;

    private static final int OK = 0x00;

    /** What an unknown or impossible command answers. */
    private static final int FAILURE = 0x80;

    /** Version of the controller, as PCSX2 answers: 0x00020603, low byte first. */
    private static final int[] CONTROLLER_VERSION = {0x03, 0x06, 0x02, 0x00};

    private static final int CONFIGURATION_AREAS = 3;
    private static final int CONFIGURATION_BLOCKS = 32;
    private static final int CONFIGURATION_BLOCK_BYTES = 16;

    private final Notices notices;
    private final Drive drive;
    private final DriveClock clock;
    private final DiscBay bay;
    private final Mechanism mechanism;
    private final NCommands commands;
    private final Scheduler scheduler;
    private final ByteQueue parameters = new ByteQueue(PARAMETER_BYTES);
    private final ByteQueue result = new ByteQueue(RESULT_BYTES);
    private final byte[] configuration =
            new byte[CONFIGURATION_AREAS * CONFIGURATION_BLOCKS * CONFIGURATION_BLOCK_BYTES];
    private int commandCode;
    private int configurationNext;
    private int configurationEnd;
    private boolean configurationWritable;

    SCommands(
            Drive drive,
            Scheduler scheduler,
            Notices notices,
            DriveClock clock,
            DiscBay bay,
            Mechanism mechanism,
            NCommands commands) {
        this.drive = drive;
        this.scheduler = scheduler;
        this.notices = notices;
        this.clock = clock;
        this.bay = bay;
        this.mechanism = mechanism;
        this.commands = commands;
    }

    /** Register 0x16 read. */
    int commandCode() {
        return commandCode;
    }

    /** Register 0x17 read. */
    int status() {
        return result.count() == 0 ? STATUS_EMPTY : 0;
    }

    /** Register 0x17 write. */
    void parameter(int value) {
        if (!parameters.put(value)) {
            notices.report(Kind.UNUSUAL, "CDVD", 0, "More than 16 parameters for an S-command; the rest are lost.");
        }
    }

    /** Register 0x18 read. */
    int takeResult() {
        return result.take();
    }

    int peekResult() {
        return result.peek();
    }

    /** Register 0x16 write: runs a command with the parameters before it. */
    void start(int code) {
        commandCode = code;
        result.clear();
        switch (code) {
            case 0x01 -> result.put(bay.typeCode());
            case 0x02 -> subchannel();
            case 0x03 -> subcommand(parameters.get(0));
            case 0x05 -> trayState();
            case 0x06 -> trayControl();
            case 0x08 -> {
                result.put(OK);
                clock.read(result);
            }
            case 0x09 -> result.put(parameters.count() >= 7 && clock.write(parameters) ? OK : FAILURE);
            case 0x15 -> result.put(5);
            case 0x1A -> result.put(1);
            // Digital audio output, automatic adjustment, CD forbidden, power-off cancelled, lamp, game started.
            case 0x14, 0x16, 0x19, 0x1B, 0x1C, 0x29 -> result.put(OK);
            case 0x40 -> openConfiguration();
            case 0x41 -> readConfiguration();
            case 0x42 -> result.put(writeConfiguration() ? OK : FAILURE);
            case 0x43 -> {
                configurationEnd = configurationNext;
                result.put(OK);
            }
            default -> {
                notices.report(
                        Kind.UNHANDLED,
                        "CDVD",
                        0,
                        "S-command 0x%02X is not known; it answers an error.".formatted(code));
                result.put(FAILURE);
            }
        }
        parameters.clear();
    }

    /** The Q channel at the head: status, control and mode, track, index, relative time, 0, absolute time. */
    private void subchannel() {
        int lsn = mechanism.head(scheduler.now());
        result.put(OK);
        result.put(0x41);
        result.put(0x01);
        result.put(0x01);
        result.put(Bcd.of(lsn / 75 / 60));
        result.put(Bcd.of(lsn / 75 % 60));
        result.put(Bcd.of(lsn % 75));
        result.put(0);
        result.put(Bcd.minute(lsn));
        result.put(Bcd.second(lsn));
        result.put(Bcd.frame(lsn));
    }

    private void subcommand(int code) {
        switch (code) {
            case 0x00 -> {
                for (int octet : CONTROLLER_VERSION) {
                    result.put(octet);
                }
            }
            case 0x30 -> {
                // cdvdman asks this of a drive without a disc; bit 3 of the second byte is an open tray.
                result.put(OK);
                result.put(bay.trayOpen() ? 0x08 : 0x00);
            }
            default -> {
                notices.report(
                        Kind.UNHANDLED,
                        "CDVD",
                        0,
                        "S-command 0x03 has no sub-command 0x%02X; it answers an error.".formatted(code));
                result.put(FAILURE);
            }
        }
    }

    private void trayState() {
        commands.clearStickyStatus();
        result.put(OK);
    }

    private void trayControl() {
        switch (parameters.get(0)) {
            case 0 -> {
                drive.openTray();
                result.put(OK);
            }
            case 1 -> {
                drive.closeTray();
                result.put(OK);
            }
            default -> result.put(FAILURE);
        }
    }

    private void openConfiguration() {
        int mode = parameters.get(0);
        int area = parameters.get(1);
        int blocks = parameters.get(2);
        if (mode > 1 || area >= CONFIGURATION_AREAS || blocks > CONFIGURATION_BLOCKS) {
            configurationEnd = configurationNext;
            result.put(FAILURE);
            return;
        }
        configurationWritable = mode == 1;
        configurationNext = area * CONFIGURATION_BLOCKS * CONFIGURATION_BLOCK_BYTES;
        configurationEnd = configurationNext + blocks * CONFIGURATION_BLOCK_BYTES;
        result.put(OK);
    }

    private void readConfiguration() {
        if (configurationNext == configurationEnd) {
            result.put(FAILURE);
            return;
        }
        for (int i = 0; i < CONFIGURATION_BLOCK_BYTES; i++) {
            result.put(configuration[configurationNext++]);
        }
    }

    private boolean writeConfiguration() {
        if (!configurationWritable
                || configurationNext == configurationEnd
                || parameters.count() < CONFIGURATION_BLOCK_BYTES) {
            return false;
        }
        for (int i = 0; i < CONFIGURATION_BLOCK_BYTES; i++) {
            configuration[configurationNext++] = (byte) parameters.get(i);
        }
        return true;
    }
}
