package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.psnt.ModelConfig;
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
    public int multiplyAdd(int accumulator, int a, int b) {
        return bits(real(accumulator) + real(a) * real(b));
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
    public void swiglu(int[] gate, int[] up) {
        for (int i = 0; i < gate.length; i++) {
            int silu = div(gate[i], add(ONE, exp(gate[i] ^ 0x8000_0000)));
            gate[i] = mul(silu, up[i]);
        }
    }

    @Override
    public Activation activation(int length) {
        return new FloatMatrix.Input(length);
    }

    @Override
    public int mostPositions() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Attention attention(ModelConfig config) {
        return new FloatAttention(this, config);
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
}
