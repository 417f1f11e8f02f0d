package soliloquy.ee;

/** Leaves the interpreter from the depth of a memory access. One for each processor, without a stack trace. */
final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceptionCode code;
    int badAddress;

    GuestException() {
        super(null, null, false, false);
    }

    GuestException with(ExceptionCode newCode, int newBadAddress) {
        code = newCode;
        badAddress = newBadAddress;
        return this;
    }
}
