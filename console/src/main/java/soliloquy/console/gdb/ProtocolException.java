package soliloquy.console.gdb;

/** A command of the debugger is not as it should be, or asks for what cannot be. */
final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
