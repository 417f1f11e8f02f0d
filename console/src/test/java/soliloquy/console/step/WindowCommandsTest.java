package soliloquy.console.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import soliloquy.console.BootMedium;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
import soliloquy.console.StopReason;
import soliloquy.ee.TimingProfile;
import soliloquy.gs.window.Panel;
import soliloquy.llm.build.GuestSources;

/** The window's buttons and panels, pressed and read as the window does it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class WindowCommandsTest {
    private final WindowCommands commands = new WindowCommands();
    private final ExecutorService emulation = Executors.newSingleThreadExecutor();

    private RunSession.Outcome run() throws IOException {
        RunRequest request = RunRequest.headless(
                List.of(),
                List.of("--prompt", "Once upon", "--tokens", "3"),
                200,
                TimingProfile.PIPELINE,
                null,
                List.of(),
                List.of());
        PrintStream out = new PrintStream(OutputStream.nullOutputStream());
        try (BootMedium medium = BootMedium.open(null)) {
            StepSession session =
                    new StepSession(ModelDisc.of(medium, "the default disc"), commands, new GuestText(out), out, null);
            RunSession.Outcome outcome = RunSession.stepped(request, medium, session::begin, out, out);
            session.end();
            return outcome;
        }
    }

    private void press(String button) throws InterruptedException {
        awaitHalt();
        commands.pressed(button);
        awaitHalt();
    }

    private void awaitHalt() throws InterruptedException {
        while (!commands.buttonPanel().text().startsWith("The console stands.")) {
            Thread.sleep(1);
        }
    }

    private Map<String, Panel> panels() {
        return commands.panels().stream().collect(Collectors.toMap(Panel::title, panel -> panel));
    }

    @AfterEach
    void endTheRun() {
        commands.end();
        emulation.close();
    }

    @Test
    void buttonsStepAndPanelsShowTheMoment() throws Exception {
        Future<RunSession.Outcome> outcome = emulation.submit(this::run);
        awaitHalt();
        assertThat(panels().get("Matrix").text()).contains("no operation has been done yet");
        assertThat(panels().get("Result").heat()).isNull();

        press("layer");
        assertThat(panels().get("Operation").text()).contains("embedding (dequantise_row)");
        assertThat(panels().get("Matrix").text()).contains("in memory and on the disc are the same");
        assertThat(panels().get("Result").text()).contains("bit for bit");
        assertThat(panels().get("Result").heat().count()).isEqualTo(256);

        press("token");
        assertThat(panels().get("Logits").text()).contains("<- chosen");
        assertThat(panels().get("Attention").text()).contains("layer 23", "head  7 most");
        assertThat(panels().get("Time").text()).contains("this token, by stage");
        assertThat(panels().get("Attention").heat().columns()).isPositive();

        commands.end();
        assertThat(outcome.get().reason()).isInstanceOf(StopReason.Closed.class);
    }

    @Test
    void haltStopsALongStep() throws Exception {
        Future<RunSession.Outcome> outcome = emulation.submit(this::run);
        awaitHalt();
        commands.pressed("token");
        assertThat(commands.buttonPanel().text()).isEqualTo("The console runs: token");
        commands.pressed("halt");
        awaitHalt();
        assertThat(panels().get("Operation").text()).contains("operation   1: embedding");
        commands.end();
        outcome.get();
    }

    @Test
    void theFontHasEveryLetterOfAscii() throws IOException {
        byte[] glyphs = GuestSources.glyphs();
        assertThat(glyphs.length % 16).isZero();
        assertThat(Arrays.copyOf(glyphs, 16)).containsOnly(0);
        for (char letter = '!'; letter <= '~'; letter++) {
            int first = 16 * (letter - ' ');
            assertThat(Arrays.equals(Arrays.copyOfRange(glyphs, first, first + 16), new byte[16]))
                    .as("%c is blank", letter)
                    .isFalse();
        }
    }
}
