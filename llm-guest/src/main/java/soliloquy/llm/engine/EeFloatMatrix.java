package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;
import soliloquy.llm.psnt.FloatTensor;

/** Float32 weights in EE arithmetic. */
record EeFloatMatrix(FloatTensor tensor) implements WeightMatrix {
    @Override
    public void multiply(Activation input, int[] output) {
        int[] x = ((EeActivation) input).values;
        int columns = tensor.columns();
        for (int row = 0; row < tensor.rows(); row++) {
            int sum = 0;
            for (int column = 0; column < columns; column++) {
                sum = (int) EeFloat.maddFlags(sum, x[column], weight(row * columns + column), false);
            }
            output[row] = sum;
        }
    }

    @Override
    public void row(int row, int[] output) {
        for (int column = 0; column < tensor.columns(); column++) {
            output[column] = weight(row * tensor.columns() + column);
        }
    }

    private int weight(int index) {
        return Float.floatToRawIntBits(tensor.values()[index]);
    }
}
