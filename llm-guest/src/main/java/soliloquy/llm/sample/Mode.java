package soliloquy.llm.sample;

import soliloquy.llm.engine.Arithmetic;
import soliloquy.llm.engine.EeArithmetic;
import soliloquy.llm.engine.IeeeArithmetic;

/** The two arithmetics of the reference engine. */
public enum Mode {
    /** Single precision as everywhere. */
    IEEE,
    /** The console's, bit for bit; PSNT files only. */
    EE;

    /** The arithmetic itself. */
    public Arithmetic arithmetic() {
        return switch (this) {
            case IEEE -> new IeeeArithmetic();
            case EE -> new EeArithmetic();
        };
    }
}
