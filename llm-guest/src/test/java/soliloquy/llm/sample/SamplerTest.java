package soliloquy.llm.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.llm.engine.EeArithmetic;
import soliloquy.llm.engine.IeeeArithmetic;
import soliloquy.machine.InputException;

class SamplerTest {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    @ParameterizedTest
    @EnumSource(Mode.class)
    void greedyTakesTheLowestOfEquals(Mode mode) {
        Sampler sampler = new Sampler(SamplerSettings.GREEDY, mode.arithmetic());
        assertThat(sampler.choose(bits(1f, 3f, 3f, -7f))).isEqualTo(1);
        assertThat(sampler.choose(bits(-0f, 0f, -1f))).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void topOneIsGreedy(Mode mode) throws InputException {
        Sampler sampler = new Sampler(settings("0.8", 1, "1", "1", 5), mode.arithmetic());
        for (int i = 0; i < 20; i++) {
            assertThat(sampler.choose(bits(1f, 3f, 3f, 2f))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void frequenciesAreTheProbabilities(Mode mode) throws InputException {
        Sampler sampler = new Sampler(settings("1", 0, "1", "1", 42), mode.arithmetic());
        int[] logits = bits((float) Math.log(5), (float) Math.log(3), (float) Math.log(2));
        int[] counts = new int[3];
        for (int i = 0; i < 20_000; i++) {
            counts[sampler.choose(logits)]++;
        }
        assertThat(counts[0] / 20_000.0).isCloseTo(0.5, within(0.02));
        assertThat(counts[1] / 20_000.0).isCloseTo(0.3, within(0.02));
        assertThat(counts[2] / 20_000.0).isCloseTo(0.2, within(0.02));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void topPEndsWithTheCandidateThatPassesIt(Mode mode) throws InputException {
        Sampler sampler = new Sampler(settings("1", 0, "0.6", "1", 42), mode.arithmetic());
        int[] logits = bits((float) Math.log(5), (float) Math.log(3), (float) Math.log(2));
        int[] counts = new int[3];
        for (int i = 0; i < 2_000; i++) {
            counts[sampler.choose(logits)]++;
        }
        assertThat(counts[0] / 2_000.0).isCloseTo(0.625, within(0.05));
        assertThat(counts[1]).isPositive();
        assertThat(counts[2]).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void thePenaltyMakesSeenTokensLessLikely(Mode mode) throws InputException {
        Sampler sampler = new Sampler(settings("1", 1, "1", "2", 1), mode.arithmetic());
        assertThat(sampler.choose(bits(4f, 3f, -1f))).isZero();
        sampler.saw(0);
        assertThat(sampler.choose(bits(4f, 3f, -1f))).as("4 / 2 is less than 3").isEqualTo(1);
        sampler.saw(1);
        assertThat(sampler.choose(bits(-1f, -1f, -1.5f)))
                .as("-1 * 2 is less than -1.5")
                .isEqualTo(2);
    }

    /** With two equal logits the choice is the generator's top bit: u below 0.5 takes the first. */
    @Property(tries = 100)
    void randomNumbersAreXorshiftStars(@ForAll @Positive long seed) throws InputException {
        Sampler ieee = new Sampler(settings("1", 0, "1", "1", seed), new IeeeArithmetic());
        Sampler ee = new Sampler(settings("1", 0, "1", "1", seed), new EeArithmetic());
        BigInteger state = BigInteger.valueOf(seed);
        for (int i = 0; i < 10; i++) {
            state = state.xor(state.shiftRight(12));
            state = state.xor(state.shiftLeft(25).mod(WORD));
            state = state.xor(state.shiftRight(27));
            boolean high =
                    state.multiply(new BigInteger("2545F4914F6CDD1D", 16)).testBit(63);
            assertThat(ieee.choose(bits(0f, 0f))).isEqualTo(high ? 1 : 0);
            assertThat(ee.choose(bits(0f, 0f))).isEqualTo(high ? 1 : 0);
        }
    }

    @Test
    void decimalsAreDigitsAndAPlace() throws InputException {
        assertThat(Decimal.parse("--temperature", "0.7")).isEqualTo(new Decimal(7, 1));
        assertThat(Decimal.parse("--temperature", "12")).isEqualTo(new Decimal(12, 0));
        assertThat(Decimal.parse("--temperature", "1.")).isEqualTo(new Decimal(1, 0));
        assertThat(Decimal.parse("--temperature", ".25")).isEqualTo(new Decimal(25, 2));
        assertThat(Decimal.parse("--temperature", "0.12345678999")).isEqualTo(new Decimal(12345678, 8));
        assertThat(Decimal.of("--top-p", 0.9f)).isEqualTo(new Decimal(9, 1));
        assertThat(new Decimal(7, 1).bits(new IeeeArithmetic())).isEqualTo(Float.floatToRawIntBits(0.7f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", ".", "0,7", "1234567890", "NaN"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Decimal.parse("--top-p", text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--top-p " + text);
    }

    private static SamplerSettings settings(String temperature, int topK, String topP, String penalty, long seed)
            throws InputException {
        return new SamplerSettings(
                Decimal.parse("t", temperature), topK, Decimal.parse("p", topP), Decimal.parse("r", penalty), seed);
    }

    private static int[] bits(float... values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }
}
