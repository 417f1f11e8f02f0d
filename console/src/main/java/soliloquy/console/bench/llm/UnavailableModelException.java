package soliloquy.console.bench.llm;

import soliloquy.machine.InputException;

/** A model of the list cannot be measured here: its file, or something to build it with, is missing. */
public final class UnavailableModelException extends InputException {
    private static final long serialVersionUID = 1L;

    UnavailableModelException(String message) {
        super(message);
    }
}
