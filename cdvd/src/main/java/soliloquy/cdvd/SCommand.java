package soliloquy.cdvd;

/**
 * Commands of register 0x1F402016. Source: what ps2sdk's cdvdman sends and expects (numbers, parameters, result bytes); PCSX2's
 * CDVD.cpp and ps2tek "S commands" for what they do.
 */
enum SCommand {
    DISC_TYPE(0x01, 0, 1),
    READ_SUBQ(0x02, 0, 11),
    SUBCOMMAND(0x03, 1, 1),
    TRAY_STATE(0x05, 0, 1),
    TRAY_CONTROL(0x06, 1, 1),
    READ_CLOCK(0x08, 0, 8),
    WRITE_CLOCK(0x09, 7, 1),
    READ_NVM(0x0A, 2, 3),
    WRITE_NVM(0x0B, 4, 1),
    HD_MODE(0x0C, 1, 1),
    POWER_OFF(0x0F, 0, 1),
    READ_ILINK_ID(0x12, 0, 9),
    WRITE_ILINK_ID(0x13, 8, 1),
    DIGITAL_OUT(0x14, 1, 1),
    FORBID_DVD_PLAYER(0x15, 0, 1),
    AUTO_ADJUST(0x16, 1, 1),
    READ_MODEL_NUMBER(0x17, 1, 9),
    WRITE_MODEL_NUMBER(0x18, 9, 1),
    FORBID_READ(0x19, 0, 1),
    BOOT_CERTIFY(0x1A, 0, 1),
    CANCEL_POWER_OFF_READY(0x1B, 0, 1),
    LED(0x1C, 1, 1),
    REMOTE_STATE(0x1D, 0, 5),
    REMOTE_READ(0x1E, 0, 5),
    REMOTE_WRITE_MODE(0x1F, 2, 1),
    REMOTE_PORT(0x20, 0, 3),
    WRITE_WAKE_UP_TIME(0x21, 8, 1),
    READ_WAKE_UP_TIME(0x22, 0, 10),
    REMOTE_BYPASS(0x24, 1, 1),
    LED_MODE(0x25, 1, 1),
    REMOTE_READ_MODE(0x26, 0, 3),
    PS1_BOOT_PARAMETER(0x27, 0, 13),
    FAN_PROFILE(0x28, 1, 1),
    NOTICE_GAME_START(0x29, 0, 1),
    POWER_OF_BAY(0x2C, 2, 2),
    LEDS_OF_RECORDER(0x2D, 2, 2),
    BUZZER(0x2E, 0, 1),
    SET_MEDIUM_REMOVAL(0x31, 1, 1),
    GET_MEDIUM_REMOVAL(0x32, 0, 2),
    RESET_RECORDER(0x33, 1, 1),
    RECORDER_STATE_34(0x34, 0, 1),
    RECORDER_STATE_35(0x35, 0, 2),
    READ_REGION(0x36, 0, 15),
    READ_MAC(0x37, 0, 9),
    WRITE_MAC(0x38, 8, 1),
    TRAY_CONTROL_LATE(0x3B, 1, 1),
    WRITE_REGION(0x3E, 15, 1),
    OPEN_CONFIGURATION(0x40, 3, 1),
    READ_CONFIGURATION(0x41, 0, 16),
    WRITE_CONFIGURATION(0x42, 16, 1),
    CLOSE_CONFIGURATION(0x43, 0, 1),
    AUTHENTICATE_80(0x80, 0, 1),
    AUTHENTICATE_81(0x81, 0, 1),
    AUTHENTICATE_82(0x82, 0, 1),
    AUTHENTICATE_83(0x83, 0, 1),
    AUTHENTICATE_84(0x84, 0, 13),
    AUTHENTICATE_85(0x85, 0, 13),
    AUTHENTICATE_86(0x86, 0, 1),
    AUTHENTICATE_87(0x87, 0, 1),
    AUTHENTICATE_88(0x88, 0, 1),
    MAGICGATE_WRITE_DATA(0x8D, 0, 1),
    MAGICGATE_READ_DATA(0x8E, 0, 16),
    AUTHENTICATE_8F(0x8F, 0, 1),
    MAGICGATE_HEADER_START(0x90, 0, 1),
    MAGICGATE_BIT_LENGTH(0x91, 0, 3),
    MAGICGATE_DATA_IN_LENGTH(0x92, 0, 1),
    MAGICGATE_DATA_OUT_LENGTH(0x93, 0, 1),
    MAGICGATE_KBIT_LOW(0x94, 0, 9),
    MAGICGATE_KBIT_HIGH(0x95, 0, 9),
    MAGICGATE_KCON_LOW(0x96, 0, 9),
    MAGICGATE_KCON_HIGH(0x97, 0, 9),
    MAGICGATE_ICV(0x98, 0, 9);

    private static final SCommand[] BY_CODE = new SCommand[256];

    static {
        for (SCommand command : values()) {
            BY_CODE[command.code] = command;
        }
    }

    private final int code;
    private final int parameters;
    private final int results;

    SCommand(int code, int parameters, int results) {
        this.code = code;
        this.parameters = parameters;
        this.results = results;
    }

    /** Parameter bytes without which it fails. */
    int parameters() {
        return parameters;
    }

    /** Bytes of its result; cdvdman takes any other number for a failed transfer. SUBCOMMAND's depends on its parameter. */
    int results() {
        return results;
    }

    /** The command of a code from 0 to 255, or null. */
    static SCommand of(int code) {
        return BY_CODE[code];
    }
}
