package soliloquy.roms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import soliloquy.console.BootMedium;
import soliloquy.console.RunSession;
import soliloquy.console.StopReason;

/** Boots every test program and compares what it prints with its expected lines; lines with # say where the values come from. */
class GuestRomsTest {
    private static final Path ROMS = Path.of("src", "main", "roms");
    private static final Path EXPECTED = Path.of("src", "main", "guest");
    private static final double TIMEOUT_SECONDS = 120;

    @TestFactory
    Stream<DynamicTest> roms() throws Exception {
        List<Path> programs;
        try (Stream<Path> files = Files.list(ROMS)) {
            programs = files.filter(file -> file.toString().endsWith(".elf"))
                    .sorted()
                    .toList();
        }
        assertThat(programs).isNotEmpty();
        return programs.stream()
                .map(program -> dynamicTest(program.getFileName().toString(), () -> check(program)));
    }

    private static void check(Path program) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        RunSession.Outcome outcome;
        try (BootMedium medium = BootMedium.open(program)) {
            outcome = RunSession.headless(
                    medium, List.of(), TIMEOUT_SECONDS, new PrintStream(printed, false, StandardCharsets.UTF_8), quiet);
        }
        assertThat(outcome.reason()).isEqualTo(new StopReason.Exited(0));
        assertThat(lines(printed.toString(StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(lines(Files.readString(
                        EXPECTED.resolve(program.getFileName().toString().replace(".elf", ".expected")))));
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
