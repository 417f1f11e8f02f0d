package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.bios.Boot;
import soliloquy.bios.ElfFile;
import soliloquy.console.profile.CallTree;
import soliloquy.console.profile.GuestProfile;
import soliloquy.console.profile.Phase;
import soliloquy.console.profile.Profiler;
import soliloquy.console.profile.Stage;
import soliloquy.console.timeline.Timeline;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;

/** What watches a run changes nothing in it, and tells what happened. */
class InstrumentsTest {
    private static final List<String> WORDS = List.of("--prompt", "Once", "--tokens", "3");

    @TempDir
    private Path folder;

    private record Run(StopReason reason, String text, RunReport report) {
        static Run of(BootMedium medium, List<String> words, TimingProfile timing, Instrument... instruments)
                throws Exception {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
            PrintStream quiet = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            RunSession.Outcome outcome =
                    RunSession.instrumented(medium, words, timing, List.of(instruments), 300, out, quiet);
            return new Run(outcome.reason(), text.toString(StandardCharsets.UTF_8), outcome.report());
        }

        static Run ofDefaultDisc(TimingProfile timing, Instrument... instruments) throws Exception {
            try (BootMedium medium = BootMedium.open(null)) {
                return of(medium, WORDS, timing, instruments);
            }
        }

        void isLike(Run other) {
            assertThat(text).isEqualTo(other.text);
            assertThat(reason).isEqualTo(other.reason);
            assertThat(report.guestCycles()).isEqualTo(other.report.guestCycles());
            assertThat(report.disc()).isEqualTo(other.report.disc());
        }
    }

    private static BootMedium program(GuestProgram program) throws Exception {
        return BootMedium.ofProgram(new Boot.Program(ElfFile.parse("test.elf", program.elf()), "host:test.elf"));
    }

    @Test
    void theTimelineIsOrderedAndCompleteAndChangesNothing() throws Exception {
        Path file = folder.resolve("trace.json");
        Run alone = Run.ofDefaultDisc(TimingProfile.PIPELINE);
        Timeline timeline = new Timeline(file, "pipeline");
        try (timeline) {
            Run.ofDefaultDisc(TimingProfile.PIPELINE, timeline).isLike(alone);
        }
        assertThat(timeline.failure()).isNull();

        double end = 1e6 * Clocks.seconds(alone.report.guestCycles());
        Map<String, Double> last = new HashMap<>();
        Map<String, Integer> depth = new HashMap<>();
        Map<String, Integer> named = new HashMap<>();
        for (JsonNode event : new ObjectMapper().readTree(file.toFile()).get("traceEvents")) {
            String kind = event.get("ph").asText();
            if (kind.equals("M")) {
                continue;
            }
            String track = event.get("pid") + "." + event.get("tid");
            double time = event.get("ts").asDouble();
            assertThat(time).isBetween(last.getOrDefault(track, 0.0), end + 1);
            last.put(track, time);
            depth.merge(track, kind.equals("B") ? 1 : kind.equals("E") ? -1 : 0, Integer::sum);
            assertThat(depth.get(track)).isNotNegative();
            if (event.has("name")) {
                named.merge(event.get("name").asText(), 1, Integer::sum);
            }
        }
        assertThat(depth.values()).containsOnly(0);
        assertThat(named).containsKeys("multiply", "disc wait", "read", "seek", "VBLANK_START", "disc");
    }

    @Test
    void theProfileAccountsForEveryCycle() throws Exception {
        Run alone = Run.ofDefaultDisc(TimingProfile.CACHE);
        Profiler profiler = new Profiler(Clocks.cycles(20e-6), TimingProfile.CACHE);
        Run.ofDefaultDisc(TimingProfile.CACHE, profiler).isLike(alone);
        GuestProfile profile = profiler.profile();
        assertThat(profile.cycles()).isEqualTo(alone.report.guestCycles());
        assertThat(profile.tree().totals(CallTree.Count.CYCLES)[0]).isEqualTo(profile.cycles());
        assertThat(Arrays.stream(Phase.values())
                        .mapToLong(phase -> profile.stages().cycles(phase))
                        .sum())
                .isEqualTo(profile.cycles());
        assertThat(profile.stages().cycles(Stage.DISC_WAIT)).isGreaterThan(profile.cycles() / 2);
        assertThat(profile.stages().cycles(Stage.MATRIX))
                .isGreaterThan(profile.stages().cycles(Stage.SAMPLING));
        assertThat(profile.tree().totals(CallTree.Count.DATA_MISSES)[0]).isPositive();
    }

    @Test
    void theRingHasTheLastInstructions() throws Exception {
        GuestProgram counting = new GuestProgram()
                .words(0x2405_0064, 0x24C6_0001, 0x14C5_FFFE, 0) // li a1,100; loop: addiu a2,a2,1; bne a2,a1,loop; nop
                .exit(7);
        InstructionRing ring = new InstructionRing(8);
        try (BootMedium medium = program(counting)) {
            Run alone = Run.of(medium, List.of(), TimingProfile.PIPELINE);
            Run.of(medium, List.of(), TimingProfile.PIPELINE, ring).isLike(alone);
        }
        // 1 + 3 * 100 of the loop, 2 that load a0, 1 that loads v1, and the call.
        assertThat(ring.text()
                        .lines()
                        .map(line -> line.strip()
                                .replaceAll("^\\d+  (?=\\p{XDigit}{8}  )", "")
                                .replaceAll(" +", " ")))
                .containsExactly(
                        "the last 8 of 305 instructions",
                        "0010000c 00000000 nop",
                        "00100004 24c60001 addiu a2,a2,1",
                        "00100008 14c5fffe bne a2,a1,0x00100004",
                        "0010000c 00000000 nop",
                        "00100010 3c040000 lui a0,0x0",
                        "00100014 34840007 ori a0,a0,0x7",
                        "00100018 24030004 addiu v1,zero,4",
                        "0010001c 0000000c syscall",
                        "exception SYSCALL");
    }

    @Test
    void theRingEndsWithTheInstructionAtFault() throws Exception {
        InstructionRing ring = new InstructionRing(100);
        try (BootMedium medium = program(new GuestProgram().words(0x2404_0001, 0x8C85_0000))) { // lw a1,0(a0), a0 = 1
            assertThat(Run.of(medium, List.of(), TimingProfile.PIPELINE, ring).reason)
                    .isInstanceOf(StopReason.Crashed.class);
        }
        assertThat(ring.text()).contains("8c850000").endsWith("exception ADDRESS_ERROR_LOAD\n");
    }

    @Test
    void aTraceThatCannotBeWrittenIsRefusedInOneSentence() throws Exception {
        Path missing = folder.resolve("none").resolve("trace.json");
        assertThatThrownBy(() -> new Timeline(missing, "pipeline"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(missing.toString());
        Path directory = Files.createDirectory(folder.resolve("directory"));
        assertThatThrownBy(() -> new Timeline(directory, "pipeline")).isInstanceOf(InputException.class);
    }
}
