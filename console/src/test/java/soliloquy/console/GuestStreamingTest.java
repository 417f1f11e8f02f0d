package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import soliloquy.cdvd.DriveProfile;

/** The default disc streams its weights as fast as the drive turns, in guest time. */
class GuestStreamingTest {
    static Stream<Arguments> profiles() {
        // The rate at the inner edge, from the radii of the standards: 24x * 25/58 and 4x * 24/58.
        return Stream.of(
                Arguments.of(DriveProfile.CD24, 24 * 75 * 25 / 58.0 * 2048),
                Arguments.of(DriveProfile.DVD4, 4 * 675 * 24 / 58.0 * 2048));
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("profiles")
    void weightsComeAtTheDrivesRate(DriveProfile profile, double innerRate) throws Exception {
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> words = List.of("--prompt", "Once", "--tokens", "3");
        try (BootMedium medium = new StreamedDisc(folder).open()) {
            RunReport.Streaming streaming = RunSession.headless(medium, words, profile, List.of(), 300, quiet, quiet)
                    .report()
                    .disc()
                    .streaming();
            // The disc's 5000 sectors end less than three per cent further out.
            assertThat(streaming.limitBytesPerSecond()).isBetween(innerRate, innerRate * 1.03);
            assertThat(streaming.bytesPerSecond() / streaming.limitBytesPerSecond())
                    .isCloseTo(streaming.ratio(), within(1e-9));
            assertThat(streaming.ratio()).isBetween(0.97, 1.0);
        }
    }
}
