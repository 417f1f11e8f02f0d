package soliloquy.bios.iop;

/** Addresses and bits of the drive's registers that the modules use. Source: ps2sdk {@code cdvdman}; PCSX2's CDVD.cpp. */
final class DriveRegisters {
    static final int N_COMMAND = 0x1F40_2004;
    /** Read: status; write: parameters of the N-command. */
    static final int N_STATUS = 0x1F40_2005;

    static final int ERROR = 0x1F40_2006;
    static final int BREAK = 0x1F40_2007;
    static final int INTERRUPT = 0x1F40_2008;
    static final int DRIVE_STATUS = 0x1F40_200A;
    static final int STATUS_TRAY_OPEN = 0x01;
    /** Every drive status since the last S_TRAY_STATE. */
    static final int STICKY_STATUS = 0x1F40_200B;

    static final int DISC_TYPE = 0x1F40_200F;
    static final int S_COMMAND = 0x1F40_2016;
    /** Read: status; write: parameters of the S-command. */
    static final int S_STATUS = 0x1F40_2017;

    static final int S_RESULT = 0x1F40_2018;

    static final int DECRYPTION = 0x1F40_203A;

    static final int N_STATUS_READY = 0x40;
    static final int N_STATUS_BUSY = 0x80;
    static final int S_STATUS_EMPTY = 0x40;
    static final int S_STATUS_BUSY = 0x80;

    static final int N_STANDBY = 0x02;
    static final int N_STOP = 0x03;
    static final int N_PAUSE = 0x04;
    static final int N_SEEK = 0x05;
    static final int N_READ_CD = 0x06;
    static final int N_READ_DVD = 0x08;
    static final int S_TRAY_STATE = 0x05;
    static final int S_TRAY = 0x06;
    static final int S_READ_CLOCK = 0x08;

    static final int TYPE_NONE = 0x00;
    /** Types below this are "none" and "detecting". */
    static final int FIRST_TYPE_OF_DISC = 0x10;

    static final int TYPE_PS2_DVD = 0x14;

    /** Error codes of libcdvd. */
    static final int ERROR_NONE = 0x00;

    static final int ERROR_ABORT = 0x01;
    static final int ERROR_COMMAND = 0x10;
    static final int ERROR_NOT_READY = 0x13;
    static final int ERROR_SECTORS = 0x21;
    static final int ERROR_PARAMETER = 0x22;
    static final int ERROR_READ = 0x30;

    private DriveRegisters() {}
}
