package soliloquy.llm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import soliloquy.ee.EeFloat;
import soliloquy.llm.convert.PsntCheckpoint;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.Models;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.QuantizedMatrix;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

class EeArithmeticTest {
    private final EeArithmetic math = new EeArithmetic();

    @Property
    void exponentialIsCloseToTheRealOne(@ForAll @FloatRange(min = -80, max = 80) float x) {
        float result = Float.intBitsToFloat(math.exp(Float.floatToRawIntBits(x)));
        double expected = StrictMath.exp(x);
        assertThat((double) result).isCloseTo(expected, within(expected * 1e-5));
    }

    @Test
    void exponentialEndsWhereArithmeticMdSays() {
        assertThat(math.exp(Float.floatToRawIntBits(-200f))).isEqualTo(math.exp(Float.floatToRawIntBits(-87f)));
        assertThat(Float.intBitsToFloat(math.exp(Float.floatToRawIntBits(-87f))))
                .isBetween(1.6e-38f, 1.7e-38f);
        assertThat(math.exp(0)).isEqualTo(Arithmetic.ONE);
        assertThat(math.exp(Float.floatToRawIntBits(200f))).isEqualTo(math.exp(Float.floatToRawIntBits(88f)));
        assertThat(math.exp(0x7F80_0001)).as("a number above every Java float").isEqualTo(math.exp(0x42B0_0000));
    }

    @Test
    void activationsAreFourteenBitIntegers() {
        EeActivation activation = new EeActivation(4);
        activation.load(bits(4f, -1.5f, 0f, 0.001f), 4);
        assertThat(activation.integers).containsExactly(8191, -3072, 0, 2);
        assertThat(activation.step).isEqualTo(EeFloat.div(bits(4f)[0], bits(8191f)[0]));
        activation.load(bits(0f, -0f, 0f, 0f), 4);
        assertThat(activation.integers).containsOnly(0);
        assertThat(activation.step).isZero();
    }

    /** Integer sums in {@code long}, scales in {@code double}: what the kernels must come close to. */
    @Property(tries = 40)
    void productsAreThoseOfTheCodes(@ForAll long seed) throws IOException {
        for (PsntEncoding encoding : PsntEncoding.values()) {
            PsntHeader header = new PsntHeader(4, encoding, 0, Models.everything());
            try (PsntFile file = PsntFile.open("m.psn", new MemoryChannel(Models.file(header, seed)))) {
                PsntTensor tensor = file.tensor(TensorKind.W2, 1);
                WeightMatrix matrix = math.matrix(new PsntCheckpoint(file), TensorKind.W2, 1);
                Random random = new Random(seed);
                float[] x = new float[tensor.columns()];
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) random.nextGaussian();
                }
                EeActivation activation = new EeActivation(x.length);
                activation.load(bits(x), x.length);
                int[] found = new int[tensor.rows()];
                matrix.multiply(activation, found);
                float[] weights = file.read(tensor).toFloats();
                for (int row = 0; row < found.length; row++) {
                    double sum = 0;
                    double size = 1e-3;
                    for (int column = 0; column < x.length; column++) {
                        double product = (double) weights[row * x.length + column] * x[column];
                        sum += product;
                        size += Math.abs(product);
                    }
                    assertThat((double) Float.intBitsToFloat(found[row]))
                            .as("%s row %d", encoding, row)
                            .isCloseTo(sum, within(size * 2e-3));
                }
            }
        }
    }

    @Test
    void sumsThatCouldOverflowAreRefused() {
        QuantizedMatrix wide = new QuantizedMatrix(PsntEncoding.Q8, 0, 1, 2065, new float[] {1}, new byte[2065]);
        assertThatThrownBy(() -> EeCodeMatrix.requireExactSums("m.psn", TensorKind.W2, wide))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2065 columns")
                .hasMessageContaining("at most 2064");
    }

    @Test
    void bothArithmeticsRunEveryPartOfAModel() throws IOException {
        for (ModelConfig config : new ModelConfig[] {Models.everything(), Models.plain()}) {
            for (PsntEncoding encoding : PsntEncoding.values()) {
                byte[] bytes = Models.file(new PsntHeader(4, encoding, 0, config), 5);
                float[] ieee = logits(bytes, new IeeeArithmetic());
                float[] ee = logits(bytes, math);
                for (int i = 0; i < ieee.length; i++) {
                    assertThat(ee[i]).isCloseTo(ieee[i], within(0.02f * (1 + spread(ieee))));
                }
            }
        }
    }

    private static float[] logits(byte[] bytes, Arithmetic math) throws IOException {
        try (PsntFile file = PsntFile.open("m.psn", new MemoryChannel(bytes))) {
            ReferenceEngine engine = new ReferenceEngine(new PsntCheckpoint(file), math);
            for (int token = 0; token < 5; token++) {
                engine.accept(3 * token);
            }
            return engine.logits();
        }
    }

    private static float spread(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static int[] bits(float... values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
