package soliloquy.machine;

import java.io.IOException;

/**
 * Something from outside (a file, an option) is not what it should be. The message is one complete sentence for the user:
 * it names the thing, the place (byte offset) where there is one, what was expected and, where it helps, what to do.
 */
public class InputException extends IOException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** For a file: {@code NAME, offset 0x10: found X, expected Y}. */
    public static InputException at(String file, long offset, String found, String expected) {
        return new InputException(
                file + ", offset 0x" + Long.toHexString(offset) + ": " + found + "; expected " + expected);
    }
}
