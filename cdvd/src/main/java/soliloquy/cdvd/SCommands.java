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

    /** What an unknown sub-command answers. */
    private static final int NO_SUBCOMMAND = 0x81;

    /** A word of the non-volatile memory that is not there. */
    private static final int NO_WORD = 0xFF;

    /** Version of the controller, as PCSX2 answers: 0x00020603, low byte first. */
    private static final int[] CONTROLLER_VERSION = {0x03, 0x06, 0x02, 0x00};

    /** 30.5 degrees, as PCSX2 answers: 0x0F05 / 4 * 3.125 / 100. */
    private static final int[] TEMPERATURE = {OK, 0x0F, 0x05};

    private final Notices notices;
    private final Drive drive;
    private final DriveClock clock;
    private final DiscBay bay;
    private final Mechanism mechanism;
    private final NCommands commands;
    private final Scheduler scheduler;
    private final Nvram nvram = new Nvram();
    private final ByteQueue parameters = new ByteQueue(PARAMETER_BYTES);
    private final ByteQueue result = new ByteQueue(RESULT_BYTES);
    private Runnable powerOff = () -> {};
    private int commandCode;

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

    /** Installs what switches the console off. */
    void onPowerOff(Runnable action) {
        powerOff = action;
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
        SCommand command = SCommand.of(code);
        if (command == null) {
            notices.report(
                    Kind.UNHANDLED, "CDVD", 0, "S-command 0x%02X is not known; it answers an error.".formatted(code));
            result.put(FAILURE);
        } else if (parameters.count() < command.parameters()) {
            answer(command, FAILURE);
        } else {
            run(command);
        }
        parameters.clear();
    }

    private void run(SCommand command) {
        switch (command) {
            case DISC_TYPE -> result.put(bay.typeCode());
            case READ_SUBQ -> subchannel();
            case SUBCOMMAND -> subcommand(parameters.get(0));
            case TRAY_STATE -> {
                commands.clearStickyStatus();
                result.put(OK);
            }
            case TRAY_CONTROL, TRAY_CONTROL_LATE -> trayControl();
            case READ_CLOCK -> {
                result.put(OK);
                clock.read(result);
            }
            case WRITE_CLOCK -> result.put(clock.write(parameters) ? OK : FAILURE);
            case READ_NVM -> readNvm();
            case WRITE_NVM -> result.put(nvram.word(address(), pair(2)) ? OK : NO_WORD);
            case POWER_OFF -> {
                result.put(OK);
                powerOff.run();
            }
            case READ_ILINK_ID -> number(nvram.linkId(), 0);
            case WRITE_ILINK_ID -> keep(nvram.linkId(), 0, 0);
            case READ_MODEL_NUMBER -> number(nvram.modelNumber(), parameters.get(0) & 8);
            case WRITE_MODEL_NUMBER -> keep(nvram.modelNumber(), parameters.get(0) & 8, 1);
            case READ_MAC -> number(nvram.mac(), 0);
            case WRITE_MAC -> keep(nvram.mac(), 0, 0);
            case FORBID_DVD_PLAYER -> result.put(5);
            case BOOT_CERTIFY -> result.put(1);
            case REMOTE_READ -> answer(OK, 0x14, 0, 0, 0);
            case REMOTE_PORT -> answer(OK, 0x01, 0);
            case HD_MODE,
                    DIGITAL_OUT,
                    AUTO_ADJUST,
                    FORBID_READ,
                    CANCEL_POWER_OFF_READY,
                    LED,
                    WRITE_WAKE_UP_TIME,
                    READ_WAKE_UP_TIME,
                    REMOTE_BYPASS,
                    LED_MODE,
                    NOTICE_GAME_START,
                    SET_MEDIUM_REMOVAL,
                    GET_MEDIUM_REMOVAL -> answer(command, OK);
            case OPEN_CONFIGURATION ->
                result.put(nvram.open(parameters.get(0), parameters.get(1), parameters.get(2)) ? OK : FAILURE);
            case READ_CONFIGURATION -> {
                if (!nvram.read(result)) {
                    result.put(FAILURE);
                }
            }
            case WRITE_CONFIGURATION -> result.put(nvram.write(parameters) ? OK : FAILURE);
            case CLOSE_CONFIGURATION -> {
                nvram.close();
                result.put(OK);
            }
            default -> missing(command);
        }
    }

    /** A controller of this version does not know the command, or its keys are wrong. */
    private void missing(SCommand command) {
        notices.report(
                Kind.UNIMPLEMENTED,
                "CDVD",
                0,
                "S-command %s (0x%02X) answers an error: %s."
                        .formatted(
                                command,
                                commandCode,
                                commandCode >= 0x80
                                        ? "there are no keys to authenticate with"
                                        : "the controller's version does not have it"));
        answer(command, FAILURE);
    }

    /** A status, and zeros up to the size the command's result has. */
    private void answer(SCommand command, int status) {
        result.put(status);
        for (int i = 1; i < command.results(); i++) {
            result.put(0);
        }
    }

    private void answer(int... octets) {
        for (int octet : octets) {
            result.put(octet);
        }
    }

    private void number(byte[] eight, int from) {
        result.put(OK);
        for (int i = 0; i < 8; i++) {
            result.put(eight[from + i]);
        }
    }

    private void keep(byte[] eight, int from, int parameter) {
        for (int i = 0; i < 8; i++) {
            eight[from + i] = (byte) parameters.get(parameter + i);
        }
        result.put(OK);
    }

    private int address() {
        return pair(0);
    }

    private int pair(int index) {
        return parameters.get(index) << 8 | parameters.get(index + 1);
    }

    private void readNvm() {
        int word = nvram.word(address());
        answer(word < 0 ? NO_WORD : OK, word < 0 ? 0 : word >> 8, word < 0 ? 0 : word & 0xFF);
    }

    /** The Q channel at the head: status, control and mode, track, index, relative time, 0, absolute time. */
    private void subchannel() {
        int lsn = mechanism.head(scheduler.now());
        answer(OK, 0x41, 0x01, 0x01);
        answer(Bcd.of(lsn / 75 / 60), Bcd.of(lsn / 75 % 60), Bcd.of(lsn % 75), 0);
        answer(Bcd.minute(lsn), Bcd.second(lsn), Bcd.frame(lsn));
    }

    private void subcommand(int code) {
        switch (code) {
            case 0x00 -> answer(CONTROLLER_VERSION);
            // cdvdman asks this of a drive without a disc; bit 3 of the second byte is an open tray.
            case 0x30 -> answer(OK, bay.trayOpen() ? 0x08 : 0x00);
            case 0x44 -> {
                if (parameters.count() < 9) {
                    result.put(FAILURE);
                } else {
                    keep(nvram.consoleId(), 0, 1);
                }
            }
            case 0x45 -> number(nvram.consoleId(), 0);
            case 0xEF -> answer(TEMPERATURE);
            default -> {
                notices.report(
                        Kind.UNHANDLED,
                        "CDVD",
                        0,
                        "S-command 0x03 has no sub-command 0x%02X; it answers an error.".formatted(code));
                result.put(NO_SUBCOMMAND);
            }
        }
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
}
