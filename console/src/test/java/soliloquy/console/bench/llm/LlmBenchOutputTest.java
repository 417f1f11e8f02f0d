package soliloquy.console.bench.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import soliloquy.console.GuestTranscript;
import soliloquy.console.RunReport;
import soliloquy.llm.generate.Residency;
import soliloquy.llm.psnt.PsntEncoding;

/** What is written of runs whose figures are known. */
class LlmBenchOutputTest {
    private static final ModelShape SHAPE = new ModelShape(Map.of("q", new ModelShape.Work(2_000_000, 1_000_000)));

    /** A streaming run: two tokens a second of guest time, half a million bytes for each. */
    private static LlmRun streaming() {
        RunReport.Streaming streaming = new RunReport.Streaming(1e6, 2e6, 0.5, 0, 0);
        return run(
                "one & <two>",
                streaming,
                Map.of(
                        "tokens",
                        new GuestTranscript.Stages(2, Map.of("disc", 294_912_000L, "q", 2_000_000L, "other", 0L))));
    }

    private static LlmRun resident() {
        return run("three", null, Map.of());
    }

    private static LlmRun run(String name, RunReport.Streaming streaming, Map<String, GuestTranscript.Stages> stages) {
        RunReport report = new RunReport(
                List.of(1, 2),
                List.of(7, 8, 9),
                "text",
                new RunReport.Rates(10, 4, 2, 2),
                1000,
                new RunReport.Rates(5, 3, 8, 9),
                new RunReport.Disc(100, 12, 204_800, 0, 0, 0, "CD 24x", streaming),
                "cache",
                null,
                stages,
                0);
        BenchModel model = new BenchModel(
                name, PsntEncoding.Q4, Path.of("MODEL.PSN"), Path.of("TOKENIZR.BIN"), new Residency(3), false, true);
        return new LlmRun(
                model,
                DiscSetting.CD24,
                SHAPE,
                report,
                streaming == null ? null : new LlmRun.PromptFigures(64, 0.3, 1.2),
                streaming == null ? null : new NativeModel.Figures(250, List.of(7, 8, 1)));
    }

    @Test
    void jsonHasWhatIsAskedFor() throws Exception {
        JsonNode root = new ObjectMapper()
                .readTree(LlmBenchJson.of(List.of(streaming(), resident()), Map.of("big", "not here")));
        JsonNode row = root.get("runs").get(0);
        assertThat(row.get("model").asText()).isEqualTo("one & <two>");
        assertThat(row.get("quant").asText()).isEqualTo("q4");
        assertThat(row.get("residency").asText()).isEqualTo("3");
        assertThat(row.get("synthetic").asBoolean()).isTrue();
        assertThat(row.get("disc").asText()).isEqualTo("cd24");
        assertThat(row.get("timing").asText()).isEqualTo("cache");
        assertThat(row.get("resident").asBoolean(true)).isFalse();
        assertThat(row.get("first_token_seconds").asDouble()).isEqualTo(4);
        assertThat(row.get("guest_tokens_per_second").asDouble()).isEqualTo(2);
        assertThat(row.get("wall_tokens_per_second").asDouble()).isEqualTo(8);
        assertThat(row.get("wall_last_half_tokens_per_second").asDouble()).isEqualTo(9);
        assertThat(row.get("stages").get("disc").asDouble()).isEqualTo(0.5);
        assertThat(row.get("bytes").asLong()).isEqualTo(204_800);
        assertThat(row.get("seeks").asLong()).isEqualTo(12);
        assertThat(row.get("streamed_bytes_per_token").asDouble()).isEqualTo(5e5);
        assertThat(row.get("drive_limit_ratio").asDouble()).isEqualTo(0.5);
        assertThat(row.get("prompt_tokens").asInt()).isEqualTo(64);
        assertThat(row.get("prompt_passes_ratio").asDouble()).isEqualTo(1.2);
        assertThat(row.get("native_tokens_per_second").asDouble()).isEqualTo(250);
        assertThat(row.get("native_same_ids").asInt()).isEqualTo(2);
        JsonNode roofline = row.get("roofline");
        assertThat(roofline.get("matrices").get("macs_per_cycle").asDouble()).isEqualTo(2);
        assertThat(roofline.get("stages").get("q").get("bytes_per_cycle").asDouble())
                .isEqualTo(1);
        JsonNode skipped = root.get("skipped").get(0);
        assertThat(skipped.get("model").asText()).isEqualTo("big");
        assertThat(skipped.get("reason").asText()).isEqualTo("not here");
    }

    @Test
    void whatHasNotBeenMeasuredIsNull() throws Exception {
        JsonNode row = new ObjectMapper()
                .readTree(LlmBenchJson.of(List.of(resident()), Map.of()))
                .get("runs")
                .get(0);
        assertThat(row.get("resident").asBoolean(false)).isTrue();
        for (String member : List.of("drive_limit_ratio", "prompt_passes_ratio", "native_tokens_per_second")) {
            assertThat(row.has(member)).as(member).isTrue();
            assertThat(row.get(member).isNull()).as(member).isTrue();
        }
        assertThat(row.get("stages")).isEmpty();
        assertThat(row.get("roofline").get("token").isNull()).isTrue();
    }

    @Test
    void thePictureIsWellFormed() throws Exception {
        for (List<LlmRun> runs : List.of(List.of(streaming(), resident()), List.of(resident()), List.<LlmRun>of())) {
            String svg = LlmBenchChart.of(runs);
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
        }
        // a token's circle and its matrices' dot beside those of the legend
        assertThat(LlmBenchChart.of(List.of(streaming())).split("<circle", -1)).hasSize(1 + 2 + 2);
    }

    @Test
    void labelsOfManyRunsAreRanges() {
        assertThat(RooflinePlot.ranges(new TreeSet<>(List.of(1, 2, 3, 5, 7, 8, 10, 11, 12, 13))))
                .isEqualTo("1-3, 5, 7, 8, 10-13");
    }

    @Test
    void tablesNameTheRuns() {
        assertThat(LlmBenchText.of(List.of(streaming(), resident())))
                .contains("one & <two>", "disc 99.3 %", "50.0 %", "1.20 passes", "not told by this guest");
    }
}
