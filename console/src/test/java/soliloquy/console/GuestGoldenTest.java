package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.sample.TextGeneration;

/** The default disc in the console against the reference engine on the same weights, on every prompt of golden.json. */
class GuestGoldenTest {
    private static final Path GOLDEN =
            Path.of("..", "llm-guest", "src", "test", "resources", "soliloquy", "llm", "golden.json");
    private static final int TOKENS = 48;
    private static final double TIMEOUT_SECONDS = 1200;

    @Test
    void tellsWhatTheReferenceEngineTells() throws Exception {
        List<Callable<Comparison>> runs = new ArrayList<>();
        for (JsonNode prompt : goldenPrompts()) {
            runs.add(() -> compare(prompt.path("text").asText(), prompt.path("ids")));
        }
        // Two consoles at a time in one JVM: nothing of a machine is static.
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (Future<Comparison> future : pool.invokeAll(runs)) {
                Comparison comparison = future.get();
                RunReport guest = comparison.guest.report();
                assertThat(comparison.guest.reason()).as(comparison.prompt).isEqualTo(new StopReason.Exited(0));
                assertThat(guest.promptIds()).as(comparison.prompt).isEqualTo(comparison.goldenIds);
                assertThat(guest.ids()).as(comparison.prompt).isEqualTo(comparison.reference.ids());
                assertThat(guest.text()).as(comparison.prompt).isEqualTo(comparison.reference.text());
            }
        }
    }

    private record Comparison(String prompt, List<Integer> goldenIds, RunSession.Outcome guest, Generation reference) {}

    private static Comparison compare(String prompt, JsonNode ids) throws Exception {
        List<Integer> goldenIds = new ArrayList<>();
        ids.forEach(id -> goldenIds.add(id.asInt()));
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> words = List.of("--prompt", prompt, "--tokens", Integer.toString(TOKENS));
        try (BootMedium medium = BootMedium.open(null)) {
            RunSession.Outcome guest = RunSession.headless(medium, words, TIMEOUT_SECONDS, quiet, quiet);
            Generation reference =
                    TextGeneration.run(null, null, prompt, TOKENS, SamplerSettings.GREEDY, Mode.EE, id -> {});
            return new Comparison(prompt, goldenIds, guest, reference);
        }
    }

    private static JsonNode goldenPrompts() throws Exception {
        return new ObjectMapper().readTree(GOLDEN.toFile()).path("prompts");
    }
}
