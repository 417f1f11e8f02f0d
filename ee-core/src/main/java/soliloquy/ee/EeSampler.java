package soliloquy.ee;

/** Looks at the processor between two instructions and changes nothing. */
@FunctionalInterface
public interface EeSampler {
    /**
     * The processor has come to the cycle that was asked for, or just past it: its registers are those before the instruction at
     * {@link R5900#pc}. While it waits in a branch to itself, which it leaves only for an event, it is looked at when that is due.
     *
     * @param cycle EE cycles since power-on
     * @return the cycle at which to look again; later than {@code cycle}
     */
    long sample(long cycle);
}
