package soliloquy.llm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SwiGLU with powers and quotients in integers against its formula in double precision. */
class EeSwigluTest {
    private static final float[] EDGES = {0, -0f, 88, -88, 1e-20f, -1e-20f, 20, -20, 300, -300, 5e4f, -5e4f};

    @Test
    void inversesAreThoseOfTheirNumbers() {
        for (int bits = 0x3080_0000; bits < 0x4000_0000; bits += bits < 0x3100_0000 ? 64 : 12345) {
            assertThat(Float.intBitsToFloat(EeSwiglu.inverse(bits)) * (double) Float.intBitsToFloat(bits) * 0x1p30)
                    .as("of %x", bits)
                    .isCloseTo(1, within(0x1p-15));
        }
    }

    /** The relative error is below 2^-14; for large negative numbers e^-g stays at 2^29. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 720})
    void itIsWhatTheFormulaSays(int length) {
        Random random = new Random(length);
        for (int round = 0; round < 200; round++) {
            int[] gate = new int[length];
            int[] up = new int[length];
            double[] expected = new double[length];
            double[] scale = new double[length];
            for (int i = 0; i < length; i++) {
                float g = random.nextInt(3) == 0
                        ? EDGES[random.nextInt(EDGES.length)]
                        : (float) (random.nextGaussian() * 6);
                float u = (float) random.nextGaussian();
                gate[i] = Float.floatToRawIntBits(g);
                up[i] = Float.floatToRawIntBits(u);
                expected[i] = g / (1 + Math.exp(-Math.max(g, -29 * Math.log(2)))) * u;
                scale[i] = Math.abs(expected[i]);
            }
            new EeArithmetic().swiglu(gate, up);
            for (int i = 0; i < length; i++) {
                assertThat((double) Float.intBitsToFloat(gate[i]))
                        .as("number %d", i)
                        .isCloseTo(expected[i], within(0x1p-14 * scale[i] + 1e-30));
            }
        }
    }
}
