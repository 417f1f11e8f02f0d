package soliloquy.cdvd;

/** Values of the error register, 0x1F402006. Source: libcdvd's error codes. */
enum DriveError {
    NONE(0x00),
    ABORTED(0x01),
    BAD_COMMAND(0x10),
    TRAY_OPEN(0x11),
    NO_DISC(0x12),
    NOT_READY(0x13),
    WRONG_DISC(0x14),
    BAD_LSN(0x20),
    BAD_COUNT(0x21),
    BAD_PARAMETER(0x22),
    READ_ERROR(0x30),
    TRAY_OPENED_WHILE_READING(0x31);

    private final int code;

    DriveError(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
