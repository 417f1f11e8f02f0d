package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.console.step.Stepper;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.InputException;

/** The default disc's forward pass, step by step. */
class StepperTest {
    private static final List<String> WORDS = List.of("--prompt", "Once upon", "--tokens", "3");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private RunSession.Outcome step(Path program, Path script, Path records, String typed) throws Exception {
        RunRequest request = new RunRequest(
                program,
                true,
                List.of(),
                WORDS,
                300,
                false,
                TimingProfile.PIPELINE,
                null,
                List.of(),
                null,
                null,
                false,
                null,
                null,
                null,
                List.of());
        InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        return Stepper.run(request, script, records, in, out, out);
    }

    private String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyLayersEndIsTheReferenceEnginesAndTheGuestNoticesNothing() throws Exception {
        Path records = folder.resolve("records");
        Path script = Files.writeString(folder.resolve("script"), "layer 53 # two passes and more\ncontinue\n");
        RunSession.Outcome stepped = step(null, script, records, "");

        RunSession.Outcome alone;
        PrintStream quiet = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (BootMedium medium = BootMedium.open(null)) {
            alone = RunSession.headless(medium, WORDS, 300, quiet, quiet);
        }
        assertThat(stepped.report().guestCycles()).isEqualTo(alone.report().guestCycles());
        assertThat(stepped.report().disc()).isEqualTo(alone.report().disc());
        assertThat(stepped.report().text()).isEqualTo(alone.report().text()).isNotEmpty();

        List<JsonNode> steps = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(records)) {
            steps.add(mapper.readTree(line));
        }
        assertThat(steps).hasSize(53);
        // The embedding, 24 layers, and norm, codes and logits; then again.
        for (int i = 0; i < 52; i++) {
            JsonNode step = steps.get(i);
            int layer = i % 26 - 1;
            assertThat(step.path("layer").asInt(-1)).isEqualTo(layer < 24 ? layer : -1);
            assertThat(step.get("pass").asInt()).isEqualTo(1 + i / 26);
            assertThat(step.get("expected").asBoolean()).isTrue();
            assertThat(step.get("diff").get("differing").asInt()).isZero();
            assertThat(step.get("diff").get("count").asInt()).isPositive();
        }
        assertThat(steps.get(24).get("stage").asText()).isEqualTo("denseformer");
        assertThat(steps.get(25).get("stage").asText()).isEqualTo("logits");
    }

    @Test
    void theRegistersGoWithTheFirstTokens() throws Exception {
        step(null, null, null, "layer\nop\nwhere\ndiff\nop 4\ndiff\nvalues 0 4\nattention\nlogits\nquit\n");
        assertThat(text())
                .contains(
                        "next        layer 0 attention codes, position 0",
                        "for         register 0",
                        "layer 0 attention norm, register 2",
                        "diff ee     0: all 256 numbers are the reference engine's, bit for bit");
    }

    @Test
    void weightsInMemoryAreThoseOnTheDisc() throws Exception {
        step(null, null, null, "token\nop 60\nmatrix\ndisc\nstats\nheat\ncycles\nquit\n");
        assertThat(text()).contains("sampler chose token", "drive       ", "disc wait");
    }

    @ParameterizedTest
    @ValueSource(strings = {"op x", "op 0", "jump", "values 1 2 3", "diff fp64", "layer 99999999999", "stats"})
    void aScriptWithAWrongLineEndsInOneSentenceThatNamesIt(String line) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "help\n" + line + "\nquit\n");
        Path records = folder.resolve("records");
        assertThatThrownBy(() -> step(null, script, records, ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("script")
                .hasMessageContaining("2");
        assertThat(records).doesNotExist();
    }

    @Test
    void aWrongLineThatWasTypedIsAnswered() throws Exception {
        step(null, null, null, "jump\nquit\n");
        assertThat(text()).contains("'jump' is no command of the stepper; 'help' lists them.");
    }

    @Test
    void aDiscWithoutAModelIsRefused() throws Exception {
        Path program = Files.write(
                folder.resolve("test.elf"), new GuestProgram().exit(0).elf());
        assertThatThrownBy(() -> step(program, null, null, "quit\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("test.elf");
    }
}
