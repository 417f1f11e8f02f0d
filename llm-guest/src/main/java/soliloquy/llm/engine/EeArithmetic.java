package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.ee.EeFloat;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.PsntCheckpoint;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.QuantizedMatrix;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/** The arithmetic of the guest engine, operation by operation as ARITHMETIC.md lists them. */
public final class EeArithmetic implements Arithmetic {
    /** Attention's sums over so many positions, of weights up to 8191 and values up to 127, cannot overflow 32 bits. */
    public static final int MOST_POSITIONS = Integer.MAX_VALUE / (EeActivation.LARGEST * CodeAttention.LARGEST);

    private static final int LOWEST_EXP = 0xC2AE_0000;
    private static final int HIGHEST_EXP = 0x42B0_0000;
    private static final int LOG2_E = 0x3FB8_AA3B;
    /** 128.5: sums with it are positive, and truncated they are to the nearest. */
    private static final int POSITIVE = 0x4300_8000;
    /** 1.5 * 2^23: the last place of sums with it is 1. */
    private static final int INTEGER = 0x4B40_0000;

    private static final int INTEGER_AND_128 = INTEGER + 128;
    private static final int ONE_EXPONENT = 1 << 23;
    private static final int[] POWER_OF_TWO = {
        0x3AAE_0473, 0x3C1E_8629, 0x3D63_5B72, 0x3E75_FC8C, 0x3F31_7214, 0x3F80_0000
    };

    @Override
    public int add(int a, int b) {
        return EeFloat.add(a, b);
    }

    @Override
    public int sub(int a, int b) {
        return EeFloat.sub(a, b);
    }

    @Override
    public int mul(int a, int b) {
        return EeFloat.mul(a, b);
    }

    @Override
    public int multiplyAdd(int accumulator, int a, int b) {
        return (int) EeFloat.maddFlags(accumulator, a, b, false);
    }

    @Override
    public int div(int a, int b) {
        return EeFloat.div(a, b);
    }

    @Override
    public int sqrt(int a) {
        return EeFloat.sqrt(a);
    }

    @Override
    public int fromInteger(int value) {
        return EeFloat.cvtS(value);
    }

    @Override
    public boolean less(int a, int b) {
        return EeFloat.compare(a, b) < 0;
    }

    @Override
    public int exp(int x) {
        int bounded = EeFloat.min(EeFloat.max(x, LOWEST_EXP), HIGHEST_EXP);
        int t = mul(bounded, LOG2_E);
        int sum = add(add(t, POSITIVE), INTEGER);
        int fraction = sub(t, sub(sum, INTEGER_AND_128));
        int p = POWER_OF_TWO[0];
        for (int i = 1; i < POWER_OF_TWO.length; i++) {
            p = add(mul(p, fraction), POWER_OF_TWO[i]);
        }
        return mul(p, (sum << 23) - ONE_EXPONENT);
    }

    @Override
    public void swiglu(int[] gate, int[] up) {
        EeSwiglu.apply(gate, up);
    }

    @Override
    public Activation activation(int length) {
        return new EeActivation(length);
    }

    @Override
    public int mostPositions() {
        return MOST_POSITIONS;
    }

    @Override
    public Attention attention(ModelConfig config) {
        return new CodeAttention(config);
    }

    /**
     * Loads a matrix with its codes.
     *
     * @throws InputException the model is not PSNT, or has rows so long that their integer sums could overflow
     */
    @Override
    public WeightMatrix matrix(Checkpoint checkpoint, TensorKind kind, int layer) throws IOException {
        if (!(checkpoint instanceof PsntCheckpoint psnt)) {
            throw new InputException("The EE's arithmetic is defined for PSNT files; found " + checkpoint.format()
                    + ", expected a converted model");
        }
        PsntFile file = psnt.file();
        return switch (file.read(file.tensor(kind, layer))) {
            case FloatTensor tensor -> new EeFloatMatrix(tensor);
            case QuantizedMatrix matrix -> {
                EeCodeMatrix.requireExactSums(file.name(), kind, matrix);
                yield new EeCodeMatrix(matrix);
            }
        };
    }
}
