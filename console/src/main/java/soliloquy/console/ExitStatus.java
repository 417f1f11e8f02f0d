package soliloquy.console;

/** Exit statuses of the program that do not come from the guest. */
public final class ExitStatus {
    /** Something from outside was not what it should be: a file, an option, a folder without permission. */
    public static final int BAD_INPUT = 2;

    /** The guest crashed; registers, disassembly and a backtrace are on stderr. */
    public static final int GUEST_CRASH = 3;

    /** The guest did not end within {@code --timeout}. */
    public static final int TIMEOUT = 4;

    /** A test of {@code soliloquy autotest} failed or ran out of time. */
    public static final int TEST_FAILED = 5;

    /** {@code soliloquy disc verify} found something wrong on a disc. */
    public static final int UNSOUND_DISC = 6;

    /** A defect of the emulator itself. */
    public static final int INTERNAL = 70;

    private ExitStatus() {}
}
