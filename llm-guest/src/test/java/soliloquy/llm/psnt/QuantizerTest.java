package soliloquy.llm.psnt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The rules of PSNT.md section 2, with values worked out by hand. */
class QuantizerTest {
    @Test
    void q8DividesTheLargestMagnitudeInto127() {
        QuantizedMatrix matrix = quantized(PsntEncoding.Q8, 0, 127f, -254f, 3f, -5f, 1f);
        assertThat(matrix.scales()).containsExactly(2f);
        assertThat(matrix.codes()).as("halves to even").containsExactly(64, -127, 2, -2, 0);
    }

    @Test
    void q4DividesTheLargestMagnitudeInto7() {
        QuantizedMatrix matrix = quantized(PsntEncoding.Q4, 0, 14f, -14f, 3f, 2.9f, 0f);
        assertThat(matrix.scales()).containsExactly(2f);
        assertThat(matrix.codes()).containsExactly(7, -7, 2, 1, 0);
    }

    @Test
    void q4GroupsHaveScalesOfTheirOwnAndTheLastMayBeShort() {
        float[] row = new float[40];
        row[0] = 7;
        row[31] = -3;
        row[32] = 70;
        row[39] = -20;
        QuantizedMatrix matrix = quantized(PsntEncoding.Q4, 32, row);
        assertThat(matrix.scales()).containsExactly(1f, 10f);
        assertThat(matrix.codes()[31]).isEqualTo((byte) -3);
        assertThat(matrix.codes()[32]).isEqualTo((byte) 7);
        assertThat(matrix.codes()[39]).isEqualTo((byte) -2);
    }

    @Test
    void ternaryScalesByTheMeanMagnitude() {
        QuantizedMatrix matrix = quantized(PsntEncoding.TERNARY, 0, 4f, -2f, 0.5f, -1.5f);
        assertThat(matrix.scales()).containsExactly(2f);
        assertThat(matrix.codes()).containsExactly(1, -1, 0, -1);
    }

    @Test
    void rowsOfZerosHaveScaleOne() {
        for (PsntEncoding encoding : new PsntEncoding[] {PsntEncoding.TERNARY, PsntEncoding.Q4, PsntEncoding.Q8}) {
            QuantizedMatrix matrix = quantized(encoding, 0, 0f, 0f);
            assertThat(matrix.scales()).containsExactly(1f);
            assertThat(matrix.codes()).containsExactly(0, 0);
        }
    }

    @Property(tries = 200)
    void q8AndQ4AreWithinHalfAStep(@ForAll @Size(min = 1, max = 70) List<@FloatRange(min = -9, max = 9) Float> values) {
        float[] row = new float[values.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = values.get(i);
        }
        for (PsntEncoding encoding : new PsntEncoding[] {PsntEncoding.Q4, PsntEncoding.Q8}) {
            QuantizedMatrix matrix = quantized(encoding, 0, row);
            if (matrix.scales()[0] < Float.MIN_NORMAL) {
                continue;
            }
            float[] restored = matrix.toFloats();
            for (int i = 0; i < row.length; i++) {
                assertThat(Math.abs(restored[i] - row[i])).isLessThanOrEqualTo(matrix.scales()[0] * 0.50001f);
            }
        }
    }

    private static QuantizedMatrix quantized(PsntEncoding encoding, int group, float... row) {
        return (QuantizedMatrix) Quantizer.quantize(new FloatTensor(1, row.length, row), encoding, group);
    }
}
