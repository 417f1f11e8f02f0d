package soliloquy.console.bench.llm;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import soliloquy.console.RunReport;

/** Runs as tables for a person. */
public final class LlmBenchText {
    /** Stages below this share of a token are not told one by one. */
    private static final double LEAST_SHARE = 0.005;

    private LlmBenchText() {}

    /** All tables. */
    public static String of(List<LlmRun> runs) {
        StringBuilder text = new StringBuilder();
        rates(text, runs);
        text.append("\nGuest time of a token after the first, by stage\n");
        runs.forEach(run -> text.append("  %-44s %s%n".formatted(run.label(), stages(run))));
        text.append(String.format(
                Locale.ROOT,
                "%nThe EE's use: multiply-accumulates a cycle (peak %.0f) and bytes of weights a cycle (peak %.0f)%n",
                Roofline.PEAK_MACS_PER_CYCLE,
                Roofline.PEAK_BYTES_PER_CYCLE));
        runs.forEach(run -> text.append("  %-44s %s%n".formatted(run.label(), use(run))));
        return text.toString();
    }

    private static void rates(StringBuilder text, List<LlmRun> runs) {
        text.append("%-20s %-8s %-8s %-9s %-9s %8s %9s %9s %9s %9s %6s %7s %8s%n"
                .formatted(
                        "model",
                        "quant",
                        "disc",
                        "timing",
                        "resident",
                        "first s",
                        "guest/s",
                        "wall/s",
                        "last half",
                        "native/s",
                        "seeks",
                        "MB",
                        "drive"));
        for (LlmRun run : runs) {
            RunReport report = run.report();
            boolean timed = report.ids().size() > 1;
            text.append("%-20s %-8s %-8s %-9s %-9s %8s %9s %9s %9s %9s %6d %7s %8s%s%n"
                    .formatted(
                            run.model().name(),
                            run.model().quantLabel(),
                            run.disc().label(),
                            report.timing(),
                            run.resident() == null ? "-" : run.resident() ? "yes" : "no",
                            number(report.guest().firstTokenSeconds()),
                            timed ? number(report.guest().tokensPerSecond()) : "-",
                            timed ? number(report.wall().tokensPerSecond()) : "-",
                            timed ? number(report.wall().lastHalfTokensPerSecond()) : "-",
                            run.host() == null ? "-" : number(run.host().tokensPerSecond()),
                            report.disc().seeks(),
                            number(report.disc().bytes() * 1e-6),
                            run.driveLimitRatio() == null ? "-" : percent(run.driveLimitRatio()),
                            prompt(run.prompt())));
        }
        text.append(
                "guest/s, wall/s, native/s: tokens a second after the first; last half: in wall time, of the last half of them; "
                        + "drive: of its profile's rate\n");
    }

    private static String prompt(LlmRun.PromptFigures prompt) {
        return prompt == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "   (a prompt of %d tokens: %.2f s, %.2f passes)",
                        prompt.tokens(),
                        prompt.seconds(),
                        prompt.passes());
    }

    private static String stages(LlmRun run) {
        Map<String, Double> seconds = run.stageSeconds();
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        if (all == 0) {
            return "not told by this guest";
        }
        return String.format(Locale.ROOT, "%.4f s: ", all)
                + seconds.entrySet().stream()
                        .filter(stage -> stage.getValue() >= LEAST_SHARE * all)
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(stage -> stage.getKey() + " " + percent(stage.getValue() / all))
                        .collect(Collectors.joining(", "));
    }

    private static String use(LlmRun run) {
        Roofline roofline = run.roofline();
        if (roofline.token() == null) {
            return "not told by this guest";
        }
        return "token " + point(roofline.token()) + ", matrices "
                + (roofline.matrices() == null
                        ? "not told apart by this guest"
                        : point(roofline.matrices()) + " ("
                                + percent(roofline.matrices().macsPerCycle()
                                        / roofline.matrices().roof())
                                + " of the roof)");
    }

    private static String point(Roofline.Point point) {
        return String.format(Locale.ROOT, "%.4f and %.4f", point.macsPerCycle(), point.bytesPerCycle());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** Three or four digits that count. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
