package soliloquy.console.bench.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import soliloquy.console.GuestTranscript;
import soliloquy.console.RunReport;

/** Runs as JSON; docs/benchmarks.md says what the members mean. */
public final class LlmBenchJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LlmBenchJson() {}

    /**
     * The whole file.
     *
     * @param skipped models that could not be measured, and why
     */
    public static byte[] of(List<LlmRun> runs, Map<String, String> skipped) throws JsonProcessingException {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode rows = root.putArray("runs");
        runs.forEach(run -> row(rows.addObject(), run));
        ArrayNode left = root.putArray("skipped");
        skipped.forEach((model, reason) -> left.addObject().put("model", model).put("reason", reason));
        root.putObject("peaks")
                .put("macs_per_cycle", Roofline.PEAK_MACS_PER_CYCLE)
                .put("bytes_per_cycle", Roofline.PEAK_BYTES_PER_CYCLE);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private static void row(ObjectNode node, LlmRun run) {
        RunReport report = run.report();
        node.put("model", run.model().name())
                .put("quant", run.model().quantLabel())
                .put("synthetic", run.model().synthetic())
                .put("residency", run.model().residency().toString())
                .put("disc", run.disc().label())
                .put("timing", report.timing())
                .put("resident", run.resident())
                .put("first_token_prompt_tokens", report.promptIds().size())
                .put("tokens", report.ids().size())
                .put("first_token_seconds", report.guest().firstTokenSeconds())
                .put("guest_tokens_per_second", rate(report, report.guest().tokensPerSecond()))
                .put("wall_first_token_seconds", report.wall().firstTokenSeconds())
                .put("wall_tokens_per_second", rate(report, report.wall().tokensPerSecond()))
                .put(
                        "wall_last_half_tokens_per_second",
                        rate(report, report.wall().lastHalfTokensPerSecond()));
        ObjectNode stages = node.putObject("stages");
        run.stageSeconds().forEach(stages::put);
        ObjectNode counted = node.putObject("stage_cycles");
        for (String part : List.of("prompt", "tokens")) {
            GuestTranscript.Stages taken = report.stages().get(part);
            if (taken != null) {
                ObjectNode cycles =
                        counted.putObject(part).put("tokens", taken.tokens()).putObject("cycles");
                taken.cycles().forEach(cycles::put);
            }
        }
        node.put("bytes", report.disc().bytes())
                .put("seeks", report.disc().seeks())
                .put("streamed_bytes_per_token", run.streamedBytesPerToken())
                .put("drive_limit_ratio", run.driveLimitRatio());
        LlmRun.PromptFigures prompt = run.prompt();
        node.put("prompt_tokens", prompt == null ? null : Integer.valueOf(prompt.tokens()))
                .put("prompt_seconds", prompt == null ? null : Double.valueOf(prompt.seconds()))
                .put("prompt_passes_ratio", prompt == null ? null : Double.valueOf(prompt.passes()));
        NativeModel.Figures host = run.host();
        node.put("native_tokens_per_second", host == null ? null : Double.valueOf(host.tokensPerSecond()))
                .put("native_same_ids", host == null ? null : Integer.valueOf(host.agreeing(report.ids())));
        roofline(node.putObject("roofline"), run);
    }

    /** Null where there is no token after the first. */
    private static Double rate(RunReport report, double tokensPerSecond) {
        return report.ids().size() < 2 ? null : Double.valueOf(tokensPerSecond);
    }

    private static void roofline(ObjectNode node, LlmRun run) {
        Roofline roofline = run.roofline();
        node.put("macs_per_token", run.shape().token().macs())
                .put("weight_bytes_per_token", run.shape().token().bytes())
                .put("drive_macs_per_cycle", run.driveRoof());
        point(node, "token", roofline.token());
        point(node, "matrices", roofline.matrices());
        ObjectNode stages = node.putObject("stages");
        roofline.stages().forEach((stage, point) -> point(stages, stage, point));
    }

    private static void point(ObjectNode node, String name, Roofline.Point point) {
        if (point == null) {
            node.putNull(name);
        } else {
            node.putObject(name)
                    .put("macs_per_cycle", point.macsPerCycle())
                    .put("bytes_per_cycle", point.bytesPerCycle());
        }
    }
}
