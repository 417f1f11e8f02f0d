package soliloquy.bios.iop;

/** Errors of file calls, as the IOP returns them. Source: ps2sdk's newlib {@code errno.h}. */
final class Errno {
    static final int ENOENT = -2;
    static final int EIO = -5;
    static final int EBADF = -9;
    static final int EACCES = -13;
    static final int EXDEV = -18;
    static final int ENODEV = -19;
    static final int EINVAL = -22;
    static final int EMFILE = -24;
    static final int ENOSYS = -48;

    private Errno() {}
}
