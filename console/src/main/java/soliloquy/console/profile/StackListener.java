package soliloquy.console.profile;

/** Told in which functions the EE is, sample after sample. */
public interface StackListener {
    /**
     * The EE was there at {@code until}; nobody looked since {@code from}.
     *
     * @param stack numbers of functions, see {@link FunctionNames}, the innermost first
     * @param depth how many they are
     * @param same true if they are those of the last sample
     */
    void sampled(long from, long until, int[] stack, int depth, boolean same);
}
