package soliloquy.console.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import soliloquy.machine.Clocks;

/** Guest time by stage of the forward pass as bars: one for each phase of the run, and below one for each stage of all of it. */
public final class StageChart {
    private static final int WIDTH = 960;
    private static final int LEFT = 220;
    private static final int RIGHT = 230;
    private static final int TOP = 50;
    private static final int BAR = 26;
    private static final int GAP = 8;
    private static final double BARS = WIDTH - LEFT - RIGHT;

    private final GuestProfile profile;
    private final List<Phase> phases;
    private final List<Stage> stages;
    private final SvgText svg;
    private double y = TOP;

    private StageChart(GuestProfile profile) {
        this.profile = profile;
        phases = Stream.of(Phase.values())
                .filter(phase -> profile.stages().cycles(phase) > 0)
                .toList();
        stages = Stream.of(Stage.values())
                .filter(stage -> profile.stages().cycles(stage) > 0)
                .sorted(Comparator.comparingLong(
                                (Stage stage) -> profile.stages().cycles(stage))
                        .reversed())
                .toList();
        svg = new SvgText(WIDTH, TOP + (phases.size() + stages.size()) * (BAR + GAP) + 56);
    }

    /** The picture as SVG. */
    public static String of(GuestProfile profile) {
        StageChart chart = new StageChart(profile);
        chart.svg.words(
                WIDTH / 2.0,
                24,
                "middle",
                15,
                String.format(
                        Locale.ROOT,
                        "Guest time by stage: %.3f s (timing %s)",
                        Clocks.seconds(profile.cycles()),
                        profile.timing()));
        chart.phases.forEach(chart::phase);
        chart.y += 30;
        long longest = chart.stages.isEmpty() ? 1 : profile.stages().cycles(chart.stages.getFirst());
        chart.stages.forEach(stage -> chart.stage(stage, longest));
        return chart.svg.end();
    }

    /** All stages of a phase behind one another, as shares of it. */
    private void phase(Phase phase) {
        long all = profile.stages().cycles(phase);
        svg.words(LEFT - 8, y + 17, "end", 12, phases.size() == 1 ? "the run" : phase.title);
        double x = LEFT;
        for (Stage stage : stages) {
            long cycles = profile.stages().cycles(phase, stage);
            double width = BARS * cycles / all;
            if (cycles > 0) {
                String share = String.format(Locale.ROOT, "%.1f %%", 100.0 * cycles / all);
                svg.box(x, y, width, BAR, stage.colour, stage.title + ": " + share);
                if (width > 50) {
                    svg.words(x + width / 2, y + 17, "middle", 11, share);
                }
            }
            x += width;
        }
        svg.words(LEFT + BARS + 8, y + 17, "start", 12, seconds(all));
        y += BAR + GAP;
    }

    private void stage(Stage stage, long longest) {
        long cycles = profile.stages().cycles(stage);
        svg.words(LEFT - 8, y + 17, "end", 12, stage.title);
        double width = BARS * cycles / longest;
        svg.box(LEFT, y, width, BAR, stage.colour, cycles + " cycles");
        long octets = profile.stages().octets(stage);
        String read = octets == 0 ? "" : String.format(Locale.ROOT, ", %.2f MB read", octets * 1e-6);
        svg.words(
                LEFT + width + 8,
                y + 17,
                "start",
                12,
                String.format(Locale.ROOT, "%s, %.2f %%%s", seconds(cycles), profile.percent(cycles), read));
        y += BAR + GAP;
    }

    private static String seconds(long cycles) {
        return String.format(Locale.ROOT, "%.3f s", Clocks.seconds(cycles));
    }
}
