package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.ee.EeFloat;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.PsntCheckpoint;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.QuantizedMatrix;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/** The arithmetic of the guest engine, operation by operation as ARITHMETIC.md lists them. */
public final class EeArithmetic implements Arithmetic {
    private static final int EXPONENT_BIAS = 127;
    private static final int LOWEST_EXP = 0xC2AE_0000;
    private static final int HIGHEST_EXP = 0x42B0_0000;
    private static final int LOG2_E = 0x3FB8_AA3B;
    private static final int HALF = 0x3F00_0000;
    private static final int MINUS_HALF = 0xBF00_0000;
    private static final int LN2_HIGH = 0x3F31_7200;
    private static final int LN2_LOW = 0x35BF_BE8E;
    private static final int[] EXP_COEFFICIENTS = {
        0x3AB6_0B61, 0x3C08_8889, 0x3D2A_AAAB, 0x3E2A_AAAB, 0x3F00_0000, 0x3F80_0000, 0x3F80_0000
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
        if (less(x, LOWEST_EXP)) {
            return 0;
        }
        int bounded = less(HIGHEST_EXP, x) ? HIGHEST_EXP : x;
        int t = mul(bounded, LOG2_E);
        int k = EeFloat.cvtW(add(t, less(bounded, 0) ? MINUS_HALF : HALF));
        int n = fromInteger(k);
        int r = sub(sub(bounded, mul(n, LN2_HIGH)), mul(n, LN2_LOW));
        int p = EXP_COEFFICIENTS[0];
        for (int i = 1; i < EXP_COEFFICIENTS.length; i++) {
            p = add(mul(p, r), EXP_COEFFICIENTS[i]);
        }
        return mul(p, (k + EXPONENT_BIAS) << 23);
    }

    @Override
    public Activation activation(int length) {
        return new EeActivation(length);
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
