package soliloquy.bios.kernel;

import java.util.Arrays;

/** Guest code that SetVCommonHandler and SetVTLBRefillHandler put at exceptions, by their codes in Cause. */
final class ExceptionHandlers {
    private final int[] functions = new int[16];

    void reset() {
        Arrays.fill(functions, 0);
    }

    /** Installs a function, 0 to take it out; returns the one before. */
    int set(int code, int function) {
        if (code < 1 || code >= functions.length || code == 8) {
            return 0;
        }
        int old = functions[code];
        functions[code] = function;
        return old;
    }

    int function(int code) {
        return functions[code];
    }
}
