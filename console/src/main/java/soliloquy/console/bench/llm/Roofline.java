package soliloquy.console.bench.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import soliloquy.console.GuestTranscript;

/**
 * How much of the EE a run made use of while it told the tokens after the first.
 *
 * @param stages stages of matrices by name, those that the guest counts no cycles for left out
 * @param matrices all of them together, or null if the guest counts none
 * @param token the matrices' work by all the cycles of a token, or null if the guest tells none
 */
public record Roofline(Map<String, Point> stages, Point matrices, Point token) {
    /** Largest number of multiply-accumulates in a cycle: PMADDH does eight every two cycles (EE Core manual). */
    public static final double PEAK_MACS_PER_CYCLE = 4;

    /** Largest number of bytes from memory in an EE cycle: the bus is 16 bytes wide and has half the clock (EE Overview). */
    public static final double PEAK_BYTES_PER_CYCLE = 8;

    /** Keeps its own copy, in order. */
    public Roofline {
        stages = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    /**
     * What a stage reached.
     *
     * @param macsPerCycle multiply-accumulates in an EE cycle
     * @param bytesPerCycle bytes of weights in an EE cycle
     */
    public record Point(double macsPerCycle, double bytesPerCycle) {
        static Point of(ModelShape.Work work, double cycles) {
            return new Point(work.macs() / cycles, work.bytes() / cycles);
        }

        /** Multiply-accumulates for a byte. */
        double intensity() {
            return macsPerCycle / bytesPerCycle;
        }

        /** The most that the EE could reach at this intensity, multiply-accumulates in a cycle. */
        double roof() {
            return Math.min(PEAK_MACS_PER_CYCLE, PEAK_BYTES_PER_CYCLE * intensity());
        }
    }

    /**
     * From a model's shape and what the guest counted.
     *
     * @param counted cycles by stage of the tokens after the first, or null
     */
    public static Roofline of(ModelShape shape, GuestTranscript.Stages counted) {
        if (counted == null || counted.tokens() == 0) {
            return new Roofline(Map.of(), null, null);
        }
        Map<String, Point> points = new LinkedHashMap<>();
        ModelShape.Work work = new ModelShape.Work(0, 0);
        double sum = 0;
        for (Map.Entry<String, ModelShape.Work> stage : shape.stages().entrySet()) {
            double cycles = counted.cycles().getOrDefault(stage.getKey(), 0L) / (double) counted.tokens();
            if (cycles > 0) {
                points.put(stage.getKey(), Point.of(stage.getValue(), cycles));
                work = work.plus(stage.getValue());
                sum += cycles;
            }
        }
        double all =
                counted.cycles().values().stream().mapToLong(Long::longValue).sum() / (double) counted.tokens();
        return new Roofline(
                points, sum > 0 ? Point.of(work, sum) : null, all > 0 ? Point.of(shape.token(), all) : null);
    }
}
