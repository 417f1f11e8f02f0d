package soliloquy.ee;

/** Looks at the processor between two instructions and changes nothing. Times are EE cycles since power-on. */
public interface EeSampler {
    /**
     * The cycles asked for have passed, waiting not counted: the registers are those before the instruction at {@link R5900#pc}.
     *
     * @return after how many cycles more to look again, waiting not counted; at least 1
     */
    long sample(long cycle);

    /** The processor was in a branch to itself, which it leaves only for an event. */
    void waited(long from, long until);
}
