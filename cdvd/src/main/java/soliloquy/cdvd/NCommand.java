package soliloquy.cdvd;

/** Commands of register 0x1F402004. Source: ps2tek "N commands", PCSX2's CDVD.cpp, ps2sdk's cdvdman. */
enum NCommand {
    NOP(0x00, 0),
    RESET(0x01, 0),
    STANDBY(0x02, 0),
    STOP(0x03, 0),
    PAUSE(0x04, 0),
    SEEK(0x05, 4),
    READ_CD(0x06, 11),
    READ_CDDA(0x07, 11),
    READ_DVD(0x08, 11),
    GET_TOC(0x09, 1),
    READ_KEY(0x0C, 7),
    READ_XCDDA(0x0E, 11),
    CHANGE_SPINDLE(0x0F, 1);

    private final int code;
    private final int parameters;

    NCommand(int code, int parameters) {
        this.code = code;
        this.parameters = parameters;
    }

    int code() {
        return code;
    }

    /** Parameter bytes it needs. */
    int parameters() {
        return parameters;
    }

    /** The command of a code, or null. */
    static NCommand of(int code) {
        for (NCommand command : values()) {
            if (command.code == code) {
                return command;
            }
        }
        return null;
    }
}
