package soliloquy.iop;

/** Exceptions of the R3000A, with the codes of Cause bits 6..2. */
public enum ExceptionCode {
    INTERRUPT(0, "an interrupt"),
    ADDRESS_ERROR_LOAD(4, "a load or fetch from a misaligned address"),
    ADDRESS_ERROR_STORE(5, "a store to a misaligned address"),
    BUS_ERROR_FETCH(6, "a fetch from an address without memory"),
    BUS_ERROR_DATA(7, "a bus error on data"),
    SYSCALL(8, "a system call"),
    BREAKPOINT(9, "a break instruction"),
    RESERVED_INSTRUCTION(10, "a reserved instruction"),
    COPROCESSOR_UNUSABLE(11, "an instruction of a coprocessor that is not there"),
    OVERFLOW(12, "an arithmetic overflow");

    /** The code in Cause. */
    public final int code;

    /** What happened, for a report. */
    public final String meaning;

    ExceptionCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }
}
