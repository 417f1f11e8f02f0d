package soliloquy.ee;

/** Level-1 exceptions of the EE, with the codes of COP0 Cause bits 6..2. */
public enum ExceptionCode {
    INTERRUPT(0, "an interrupt"),
    TLB_MODIFIED(1, "a store to a page that may not be written"),
    TLB_REFILL_LOAD(2, "a load or fetch from an address that is not mapped"),
    TLB_REFILL_STORE(3, "a store to an address that is not mapped"),
    ADDRESS_ERROR_LOAD(4, "a load or fetch from a misaligned address"),
    ADDRESS_ERROR_STORE(5, "a store to a misaligned address"),
    BUS_ERROR_FETCH(6, "a bus error on an instruction fetch"),
    BUS_ERROR_DATA(7, "a bus error on data"),
    SYSCALL(8, "a system call"),
    BREAKPOINT(9, "a break instruction"),
    RESERVED_INSTRUCTION(10, "a reserved instruction"),
    COPROCESSOR_UNUSABLE(11, "an instruction of a coprocessor that is switched off"),
    OVERFLOW(12, "an arithmetic overflow"),
    TRAP(13, "a trap instruction");

    /** The code in Cause. */
    public final int code;

    /** What happened, for a report. */
    public final String meaning;

    ExceptionCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }
}
