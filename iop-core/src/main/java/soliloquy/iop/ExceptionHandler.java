package soliloquy.iop;

/** A kernel in Java: takes exceptions of the R3000A in place of the code at the vectors. */
@FunctionalInterface
public interface ExceptionHandler {
    /**
     * Called when COP0 is set as hardware does. The handler decides where the processor goes on.
     *
     * @param epc address of the instruction, or of the branch before it if it is in a delay slot
     * @param badAddress the address that was wrong, for address errors
     */
    void enter(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress);
}
