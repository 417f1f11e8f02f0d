package soliloquy.cdvd;

/** Values of the drive status register, 0x1F40200A. Source: ps2tek "CDVD Drive", PCSX2's CDVD.h. */
enum DriveStatus {
    STOPPED(0x00),
    TRAY_OPEN(0x01),
    SPINNING(0x02),
    READING(0x06),
    PAUSED(0x0A),
    SEEKING(0x12);

    private final int code;

    DriveStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
