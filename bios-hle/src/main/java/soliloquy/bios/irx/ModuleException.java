package soliloquy.bios.irx;

import soliloquy.machine.InputException;

/** A module that is well formed but cannot be loaded: it does not fit, or imports what nothing exports. */
public final class ModuleException extends InputException {
    private static final long serialVersionUID = 1;

    private final int code;

    ModuleException(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** What the kernel's call returns for it: {@link KernelError#LINK} or {@link KernelError#NO_MEMORY}. */
    public int code() {
        return code;
    }
}
