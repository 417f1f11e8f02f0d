package soliloquy.console.step;

/**
 * A call of one of the engine's operations, from its arguments.
 *
 * @param result address of the numbers it computes, or of the {@code struct activation} they are in
 * @param count how many it computes
 * @param offset place of the first of them in the operation's vector, -1 if it follows from the order of calls
 * @param positions positions whose vectors they are, one after the other
 * @param stride numbers from one position's vector to the next, if there are several
 * @param matrix what it multiplies with, or null
 * @param weights the rows of weights that it uses, or null
 * @param heads what attention heads work on, or null
 */
record Call(
        OperationFunction function,
        int result,
        int count,
        int offset,
        int positions,
        int stride,
        GuestMatrix matrix,
        Weights weights,
        Heads heads) {
    /**
     * Rows of weights in memory.
     *
     * @param address of the first one's tile or floats
     * @param first which row of its tensor that is, -1 if the map or the order of calls knows
     */
    record Weights(int address, int first, int rows) {}

    /**
     * Attention heads.
     *
     * @param weights address where each leaves a weight for each position, not divided by their sum
     * @param row numbers from one head's weights to the next one's
     * @param positions how many they look at
     */
    record Heads(int weights, int row, int count, int positions) {}

    /** A call without weights. */
    static Call of(OperationFunction function, int result, int count) {
        return with(function, result, count, null);
    }

    /** A call with a row of weights. */
    static Call with(OperationFunction function, int result, int count, Weights weights) {
        return new Call(function, result, count, 0, 1, 0, null, weights, null);
    }
}
