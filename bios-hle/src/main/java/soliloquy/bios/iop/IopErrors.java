package soliloquy.bios.iop;

/** Error numbers that files of the IOP give, negative. Source: ps2sdk {@code iop/kernel/include/errno.h}. */
final class IopErrors {
    static final int NO_ENTRY = -2;
    static final int IO = -5;
    static final int BAD_FILE = -9;
    static final int NO_DEVICE = -19;
    static final int INVALID = -22;
    static final int TOO_MANY_FILES = -24;
    static final int NOT_DONE = -48;

    private IopErrors() {}
}
