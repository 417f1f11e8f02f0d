package soliloquy.llm.psnt;

/** The contents of a tensor in memory. */
public sealed interface TensorData permits FloatTensor, QuantizedMatrix {
    /** Number of rows. */
    int rows();

    /** Number of columns. */
    int columns();

    /** Writes row {@code row} as floats to {@code destination}: the value, or code times scale in IEEE single precision. */
    void row(int row, float[] destination, int offset);

    /** All values, row by row. */
    default float[] toFloats() {
        float[] values = new float[Math.multiplyExact(rows(), columns())];
        for (int row = 0; row < rows(); row++) {
            row(row, values, row * columns());
        }
        return values;
    }
}
