package soliloquy.llm.engine;

/** A matrix of weights in memory. */
interface WeightMatrix {
    /** Writes matrix times {@code input} to {@code output}, one number for each row. */
    void multiply(Activation input, int[] output);

    /** Writes one row's numbers to {@code output}. */
    void row(int row, int[] output);
}
