package soliloquy.console.bench.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import soliloquy.console.GuestTranscript;
import soliloquy.console.RunReport;
import soliloquy.machine.Clocks;

/**
 * One model with one drive and one way to count cycles.
 *
 * @param shape what its matrices ask for
 * @param report of the console's run
 * @param prompt how a long prompt was read, or null if that was not measured
 * @param host the same model on the host, or null where there is no compiler
 */
public record LlmRun(
        BenchModel model,
        DiscSetting disc,
        ModelShape shape,
        RunReport report,
        PromptFigures prompt,
        NativeModel.Figures host) {
    /** The guest's name of the part of a story behind the first token. */
    private static final String TOKENS = "tokens";

    /**
     * How a long prompt was read.
     *
     * @param tokens its length
     * @param seconds guest time from its beginning until the logits behind it
     * @param passes that time in passes over the streamed weights at the drive's highest rate
     */
    public record PromptFigures(int tokens, double seconds, double passes) {}

    /** Whether nothing was read from the disc for the tokens after the first; null if there was none. */
    public Boolean resident() {
        return report.ids().size() < 2 ? null : Boolean.valueOf(report.disc().streaming() == null);
    }

    /** Bytes read for each token after the first. */
    public double streamedBytesPerToken() {
        RunReport.Streaming streaming = report.disc().streaming();
        return streaming == null
                ? 0
                : streaming.bytesPerSecond() / report.guest().tokensPerSecond();
    }

    /** The rate of the drive in that time over what its profile gives, or null if it read nothing. */
    public Double driveLimitRatio() {
        RunReport.Streaming streaming = report.disc().streaming();
        return streaming == null ? null : Double.valueOf(streaming.ratio());
    }

    /** Guest time for each token after the first by stage, seconds; empty if the guest tells none. */
    public Map<String, Double> stageSeconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        GuestTranscript.Stages counted = report.stages().get(TOKENS);
        if (counted != null && counted.tokens() > 0) {
            counted.cycles().forEach((stage, cycles) -> seconds.put(stage, Clocks.seconds(cycles) / counted.tokens()));
        }
        return seconds;
    }

    /** How much of the EE was made use of. */
    public Roofline roofline() {
        return Roofline.of(shape, report.stages().get(TOKENS));
    }

    /** The most multiply-accumulates in a cycle that the drive allows, or null where nothing is streamed. */
    public Double driveRoof() {
        RunReport.Streaming streaming = report.disc().streaming();
        if (streaming == null) {
            return null;
        }
        double cycles = streamedBytesPerToken() / streaming.limitBytesPerSecond() * Clocks.EE_HZ;
        return shape.token().macs() / cycles;
    }

    /** Model, drive and timing in a few words. */
    public String label() {
        return model.name() + ", " + disc.label() + ", " + report.timing();
    }
}
