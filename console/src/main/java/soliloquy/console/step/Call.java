package soliloquy.console.step;

/**
 * A call of one of the engine's operations, from its arguments.
 *
 * @param result address of the numbers it computes, or of the {@code struct activation} they are in
 * @param count how many it computes
 * @param offset place of the first of them in the operation's vector, -1 if it follows from the order of calls
 * @param positions positions whose vectors they are, one after the other
 * @param matrix what it multiplies with, or null
 * @param weights the rows of weights that it uses, or null
 * @param head what an attention head works on, or null
 */
record Call(
        OperationFunction function,
        int result,
        int count,
        int offset,
        int positions,
        GuestMatrix matrix,
        Weights weights,
        Head head) {
    /**
     * Rows of weights in memory.
     *
     * @param address of the first one's codes or floats
     * @param first which row of its tensor that is, -1 if the map knows
     */
    record Weights(int address, int first, int rows) {}

    /**
     * An attention head.
     *
     * @param scores address where it leaves a weight, not yet divided by their sum, for each position
     * @param positions how many it looks at
     */
    record Head(int scores, int positions) {}

    /** A call without weights. */
    static Call of(OperationFunction function, int result, int count) {
        return with(function, result, count, null);
    }

    /** A call with a row of weights. */
    static Call with(OperationFunction function, int result, int count, Weights weights) {
        return new Call(function, result, count, 0, 1, null, weights, null);
    }
}
