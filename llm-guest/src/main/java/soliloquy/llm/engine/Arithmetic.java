package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;

/**
 * The number system of an engine. Numbers are the bit patterns of 32-bit floats, because the EE's floats with exponent 255
 * are numbers that a Java float cannot carry.
 */
public sealed interface Arithmetic permits IeeeArithmetic, EeArithmetic {
    /** The bits of 1.0, the same in both systems. */
    int ONE = 0x3F80_0000;

    /** a + b. */
    int add(int a, int b);

    /** a - b. */
    int sub(int a, int b);

    /** a * b; on the EE a is fs, b is ft, and their order can change the last bit. */
    int mul(int a, int b);

    /** accumulator + a * b, the product rounded before it is added. */
    int multiplyAdd(int accumulator, int a, int b);

    /** a / b. */
    int div(int a, int b);

    /** Square root. */
    int sqrt(int a);

    /** Integer to float. */
    int fromInteger(int value);

    /** Whether a is less than b. */
    boolean less(int a, int b);

    /** e to the power of x. */
    int exp(int x);

    /** gate[i] = silu(gate[i]) * up[i], silu(g) = g / (1 + e^-g). */
    void swiglu(int[] gate, int[] up);

    /** What matrices are multiplied with: a vector in the form this arithmetic needs. */
    Activation activation(int length);

    /** The most positions, registers counted, that attention can take in. */
    int mostPositions();

    /** Attention of one logical layer, with nothing in it. */
    Attention attention(ModelConfig config);

    /** Loads a matrix of a model. */
    WeightMatrix matrix(Checkpoint checkpoint, TensorKind kind, int layer) throws IOException;
}
