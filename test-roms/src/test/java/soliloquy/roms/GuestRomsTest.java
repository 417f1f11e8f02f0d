package soliloquy.roms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import soliloquy.console.Autotest;
import soliloquy.console.AutotestCase;
import soliloquy.console.AutotestResult;

/** Our own test programs, and those of a folder with hardware records, as {@code soliloquy autotest} runs them. */
class GuestRomsTest {
    private static final Path ROMS = Path.of("src", "main", "roms");
    private static final double TIMEOUT_SECONDS = 120;

    private static final String NO_FOLDER =
            "no folder with hardware records: give -Dsoliloquy.autotests=DIR (.elf files with .expected beside them)";

    @TestFactory
    Stream<DynamicTest> roms() throws Exception {
        return tests(ROMS);
    }

    @TestFactory
    Stream<DynamicTest> hardwareRecords() throws Exception {
        String folder = System.getProperty("soliloquy.autotests", "");
        if (folder.isEmpty()) { // a test of its own, because the report leaves out a factory that is skipped
            return Stream.of(dynamicTest("hardware records", () -> Assumptions.abort(NO_FOLDER)));
        }
        return tests(Path.of(folder));
    }

    private static Stream<DynamicTest> tests(Path folder) throws Exception {
        Autotest engine = new Autotest(TIMEOUT_SECONDS);
        return AutotestCase.find(folder, null).stream()
                .map(test -> dynamicTest(test.name(), () -> {
                    AutotestResult result = engine.run(test);
                    Assumptions.assumeFalse(result.verdict() instanceof AutotestResult.Skipped, result.line());
                    assertThat(result.line()).isEqualTo("PASS " + test.name());
                }));
    }
}
