package soliloquy.llm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.Models;

/** Attention in integers against its formula in double precision. */
class AttentionTest {
    @Test
    void powersOfTwoAreThoseOfTheirExponents() {
        for (int exponent = 0x403E_0000; exponent <= 0x407E_0000; exponent += exponent < 0x4040_0000 ? 1 : 61) {
            double exact = Math.pow(2, (Float.intBitsToFloat(exponent) - 2) * 64 - 127);
            assertThat(Float.intBitsToFloat(PowerOfTwo.of(exponent)) / exact)
                    .as("2^ of %x", exponent)
                    .isCloseTo(1, within(0x1p-17));
        }
        assertThat(PowerOfTwo.of(0)).isEqualTo(PowerOfTwo.of(0x403E_0000));
        assertThat(PowerOfTwo.of(0xC000_0000)).isEqualTo(PowerOfTwo.of(0x403E_0000));
        assertThat(PowerOfTwo.of(0x4080_0000)).isEqualTo(PowerOfTwo.of(0x407E_0000));
    }

    /** Keys and values are rounded to 1/254 of the largest of a head at most; what that does to an average of values is below a tenth of them. */
    @ParameterizedTest
    @CsvSource({"32,4,2,100", "6,3,1,9", "2,1,1,1"})
    void headsFindWhatTheFormulaSays(int width, int heads, int kvHeads, int positions) {
        ModelConfig config = Models.heads(width, heads, kvHeads, positions, 0);
        Random random = new Random(2);
        Attention attention = new EeArithmetic().attention(config);
        float[][] keys = new float[positions][];
        float[][] values = new float[positions][];
        for (int t = 0; t < positions; t++) {
            keys[t] = gaussians(random, width * kvHeads);
            values[t] = gaussians(random, width * kvHeads);
            attention.store(t, bits(keys[t]), bits(values[t]));
        }
        float[] query = gaussians(random, width * heads);
        int[] output = new int[width * heads];
        attention.attend(bits(query), positions - 1, output);
        for (int i = 0; i < output.length; i++) {
            int head = i / width;
            double expected = formula(query, keys, values, head, head / (heads / kvHeads), i % width, width);
            assertThat((double) Float.intBitsToFloat(output[i]))
                    .as("number %d", i)
                    .isCloseTo(expected, within(0.05));
        }
    }

    private static double formula(
            float[] query, float[][] keys, float[][] values, int head, int kvHead, int d, int width) {
        double sum = 0;
        double all = 0;
        for (int t = 0; t < keys.length; t++) {
            double score = 0;
            for (int i = 0; i < width; i++) {
                score += (double) query[head * width + i] * keys[t][kvHead * width + i];
            }
            double weight = Math.exp(score / Math.sqrt(width));
            sum += weight * values[t][kvHead * width + d];
            all += weight;
        }
        return sum / all;
    }

    @Test
    void aQueryAndValuesOfZerosFindZeros() {
        ModelConfig config = Models.heads(4, 1, 1, 3, 0);
        Attention attention = new EeArithmetic().attention(config);
        int[] output = {1, 1, 1, 1};
        for (int t = 0; t < 3; t++) {
            attention.store(t, new int[4], new int[4]);
        }
        attention.attend(new int[4], 2, output);
        assertThat(output).containsOnly(0);
    }

    private static float[] gaussians(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }
}
