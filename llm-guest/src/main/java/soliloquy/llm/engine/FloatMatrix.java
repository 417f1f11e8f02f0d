package soliloquy.llm.engine;

import java.util.Arrays;
import soliloquy.llm.psnt.FloatTensor;

/**
 * Weights in IEEE single precision. They are kept column by column: adding scaled columns is the same sum for every row, in the
 * order of the columns, and compiles to vector instructions.
 */
final class FloatMatrix implements WeightMatrix {
    private final int rows;
    private final int columns;
    private final float[] byColumn;
    private final float[] sums;

    /** A vector as Java floats. */
    static final class Input implements Activation {
        private final float[] values;

        Input(int length) {
            values = new float[length];
        }

        @Override
        public void load(int[] bits, int length) {
            for (int i = 0; i < length; i++) {
                values[i] = Float.intBitsToFloat(bits[i]);
            }
        }
    }

    FloatMatrix(FloatTensor tensor) {
        rows = tensor.rows();
        columns = tensor.columns();
        byColumn = new float[tensor.values().length];
        sums = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                byColumn[column * rows + row] = tensor.values()[row * columns + column];
            }
        }
    }

    @Override
    public void multiply(Activation input, int[] output) {
        float[] x = ((Input) input).values;
        Arrays.fill(sums, 0);
        for (int column = 0; column < columns; column++) {
            addColumn(column * rows, x[column]);
        }
        for (int row = 0; row < rows; row++) {
            output[row] = Float.floatToRawIntBits(sums[row]);
        }
    }

    private void addColumn(int base, float factor) {
        float[] weights = byColumn;
        float[] target = sums;
        for (int row = 0; row < rows; row++) {
            target[row] += weights[base + row] * factor;
        }
    }

    @Override
    public void row(int row, int[] output) {
        for (int column = 0; column < columns; column++) {
            output[column] = Float.floatToRawIntBits(byColumn[column * rows + row]);
        }
    }
}
