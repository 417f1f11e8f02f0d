package soliloquy.gs.window;

/** The window could not be opened. The message is one sentence for the user. */
public final class WindowException extends Exception {
    private static final long serialVersionUID = 1L;

    public WindowException(String message) {
        super(message);
    }
}
