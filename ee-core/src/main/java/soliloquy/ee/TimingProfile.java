package soliloquy.ee;

import java.util.Locale;

/** How the processor's cycles are counted. */
public enum TimingProfile {
    /** One cycle an instruction, and what multiplications, divisions and roots take beyond it. */
    SIMPLE,
    /** Two instructions a cycle where the pipes allow it, waits for operands and units, and branches guessed wrong. */
    PIPELINE,
    /** The same, and caches, buffers and memory behind them. */
    CACHE;

    /** Its name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
