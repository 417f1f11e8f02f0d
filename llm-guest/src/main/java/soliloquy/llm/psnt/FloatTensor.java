package soliloquy.llm.psnt;

/**
 * A tensor of single-precision numbers, row by row. The array is not copied.
 *
 * @param values rows times columns numbers
 */
@SuppressWarnings("ArrayRecordComponent")
public record FloatTensor(int rows, int columns, float[] values) implements TensorData {
    /** Checks the array's length. */
    public FloatTensor {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values for " + rows + " x " + columns);
        }
    }

    @Override
    public void row(int row, float[] destination, int offset) {
        System.arraycopy(values, row * columns, destination, offset, columns);
    }

    @Override
    public float[] toFloats() {
        return values;
    }
}
