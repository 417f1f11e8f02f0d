package soliloquy.console.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import soliloquy.machine.InputException;

/** The kernels, in the order of the table in {@code bench/kernels.c}. */
public enum Kernel {
    INT8_MATVEC_C,
    INT8_MATVEC_MMI,
    FLOAT32_MATVEC,
    BRANCHY_MIX,
    SORT,
    CRC,
    LZ,
    STATE_MACHINE,
    VIRTUAL_CALLS,
    SCRATCHPAD_MATVEC;

    /** The name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True if guest and host compute the same bits: the floats of the EE are truncated, those of the host rounded. */
    public boolean sameOnHost() {
        return this != FLOAT32_MATVEC;
    }

    /** The kernel of that name. */
    public static Kernel of(String label) throws InputException {
        for (Kernel kernel : values()) {
            if (kernel.label().equals(label)) {
                return kernel;
            }
        }
        String names = Arrays.stream(values()).map(Kernel::label).collect(Collectors.joining(", "));
        throw new InputException("--kernel is " + label + "; expected one of " + names);
    }
}
