package soliloquy.ee;

/** Sees every instruction that the processor executes, and changes nothing. */
public interface InstructionListener {
    /**
     * An instruction was executed, or is about to raise an exception. Passes of a branch to itself in which the processor waits for an
     * event are one.
     *
     * @param address of the instruction
     * @param word the instruction
     * @param cycle EE cycles since power-on, before it
     */
    void executed(int address, int word, long cycle);

    /** The processor has entered an exception, or the kernel in Java has done what is to be done about it. */
    void entered(ExceptionCode code);
}
