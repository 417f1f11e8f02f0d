package soliloquy.ee;

/** A kernel written in Java, which takes exceptions in place of the code at the hardware's vectors. */
@FunctionalInterface
public interface ExceptionHandler {
    /**
     * Called after COP0 is set as hardware sets it (EPC, Cause, BadVAddr, Status.EXL). The handler ends by
     * {@link R5900#returnFromException} or {@link R5900#jump}.
     *
     * @param code what happened
     * @param epc address of the instruction, or of the branch before it if it is in a delay slot
     * @param inDelaySlot whether it is
     * @param badAddress the address of an addressing exception, else 0
     */
    void enter(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress);
}
