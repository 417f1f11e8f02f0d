package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.TensorKind;

/** IEEE 754 single precision with weights as the checkpoint has them: comparable with PyTorch and llama2.c. */
public final class IeeeArithmetic implements Arithmetic {
    @Override
    public int add(int a, int b) {
        return bits(real(a) + real(b));
    }

    @Override
    public int sub(int a, int b) {
        return bits(real(a) - real(b));
    }

    @Override
    public int mul(int a, int b) {
        return bits(real(a) * real(b));
    }

    @Override
    public int div(int a, int b) {
        return bits(real(a) / real(b));
    }

    @Override
    public int sqrt(int a) {
        return bits((float) Math.sqrt(real(a)));
    }

    @Override
    public int fromInteger(int value) {
        return bits(value);
    }

    @Override
    public boolean less(int a, int b) {
        return real(a) < real(b);
    }

    @Override
    public int exp(int x) {
        return bits((float) StrictMath.exp(real(x)));
    }

    @Override
    public Activation activation(int length) {
        return new FloatActivation(length);
    }

    @Override
    public WeightMatrix matrix(Checkpoint checkpoint, TensorKind kind, int layer) throws IOException {
        return new FloatMatrix(checkpoint.read(kind, layer));
    }

    private static float real(int bits) {
        return Float.intBitsToFloat(bits);
    }

    private static int bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static final class FloatActivation implements Activation {
        private final float[] values;

        FloatActivation(int length) {
            values = new float[length];
        }

        @Override
        public void load(int[] bits, int length) {
            for (int i = 0; i < length; i++) {
                values[i] = real(bits[i]);
            }
        }
    }

    private record FloatMatrix(FloatTensor tensor) implements WeightMatrix {
        @Override
        public void multiply(Activation input, int[] output) {
            float[] x = ((FloatActivation) input).values;
            float[] weights = tensor.values();
            int columns = tensor.columns();
            for (int row = 0; row < tensor.rows(); row++) {
                int base = row * columns;
                float even = 0;
                float odd = 0;
                int column = 0;
                for (; column + 1 < columns; column += 2) {
                    even += weights[base + column] * x[column];
                    odd += weights[base + column + 1] * x[column + 1];
                }
                if (column < columns) {
                    even += weights[base + column] * x[column];
                }
                output[row] = bits(even + odd);
            }
        }

        @Override
        public void row(int row, int[] output) {
            for (int column = 0; column < tensor.columns(); column++) {
                output[column] = bits(tensor.values()[row * tensor.columns() + column]);
            }
        }
    }
}
