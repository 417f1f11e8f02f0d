package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferentialFuzzerTest {
    private static final int CASES = 1500;

    @Test
    void theRecompilerDoesWhatTheInterpreterDoes() {
        DifferentialFuzzer fuzzer = new DifferentialFuzzer();
        for (long seed = 0; seed < CASES; seed++) {
            DifferentialFuzzer.Failure failure = fuzzer.run(seed);
            assertThat(failure == null ? "" : "seed " + failure.seed() + " " + failure.report())
                    .isEmpty();
        }
        assertThat(fuzzer.regionsCompiled()).isGreaterThan(CASES);
        assertThat(fuzzer.stops()).isGreaterThan(CASES);
    }
}
