package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.machine.Clocks;
import soliloquy.machine.Notices;

/** Rates of tokens that came at known times. */
class RunReportTest {
    private long milliseconds;

    /** Times in ms of guest and host, which are the same here; the rates that follow from them. */
    @ParameterizedTest
    @CsvSource({
        "'1000 1500 2000 2250 2500', 1, 2.6667, 4",
        "'1000 1500 2000 2250', 1, 2.4, 2.6667",
        "'200 700', 0.2, 2, 2",
        "'200', 0.2, 0, 0",
        "'', 0, 0, 0"
    })
    void ratesAreOfTheTokensAfterTheFirstAndOfTheirLastHalf(String times, double first, double rate, double lastHalf) {
        GuestTranscript transcript = new GuestTranscript(
                OutputStream.nullOutputStream(),
                () -> milliseconds * Clocks.EE_HZ / 1000,
                () -> milliseconds * 1_000_000,
                new Notices(notice -> {}));
        for (String time : times.isEmpty() ? new String[0] : times.split(" ")) {
            milliseconds = Long.parseLong(time);
            for (byte octet :
                    "\u001e{\"event\":\"token\",\"id\":5,\"bytes\":\"61\"}\n".getBytes(StandardCharsets.UTF_8)) {
                transcript.write(octet);
            }
        }
        RunReport report = RunReport.of(transcript, 0, 0, 0, null, "simple", null, 0);
        for (RunReport.Rates rates : new RunReport.Rates[] {report.guest(), report.wall()}) {
            assertThat(rates.firstTokenSeconds()).isCloseTo(first, within(1e-6));
            assertThat(rates.tokensPerSecond()).isCloseTo(rate, within(1e-3));
            assertThat(rates.lastHalfTokensPerSecond()).isCloseTo(lastHalf, within(1e-3));
        }
    }
}
