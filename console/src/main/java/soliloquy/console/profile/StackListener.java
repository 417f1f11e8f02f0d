package soliloquy.console.profile;

/**
 * Told in which functions the EE is. A stack is numbers of functions, see {@link FunctionNames}, the innermost first. Times are EE
 * cycles since power-on.
 */
public interface StackListener {
    /** The EE was there at {@code until}, which stands for {@code cycles} in which it computed. */
    void ran(long until, long cycles, int[] stack, int depth);

    /**
     * No thread could run.
     *
     * @param same true if the stack is that of the last wait
     */
    void waited(long from, long until, int[] stack, int depth, boolean same);
}
