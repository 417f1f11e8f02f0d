package soliloquy.console.bench.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import soliloquy.console.profile.SvgText;

/** Runs as a picture: a bar of stages for each, and below them the roofline. */
public final class LlmBenchChart {
    static final int WIDTH = 1080;
    private static final int LEFT = 300;
    private static final int RIGHT = 120;
    private static final int TOP = 44;
    private static final int BAR = 22;
    private static final int GAP = 7;
    private static final int LEGEND_COLUMNS = 8;
    private static final int LEGEND_LINE = 20;
    private static final int LEGEND_LEFT = 60;

    /** Narrowest part of a bar that has room for its share. */
    private static final double ROOM_FOR_SHARE = 44;

    private static final double BARS = WIDTH - LEFT - RIGHT;
    private static final String OTHER_COLOUR = "#c9b79c";
    private static final Map<String, String> COLOURS = colours();

    private LlmBenchChart() {}

    private static Map<String, String> colours() {
        Map<String, String> colours = new LinkedHashMap<>();
        colours.put("disc", "#9aa5b1");
        colours.put("sif", "#6b7a8f");
        colours.put("check", "#66a182");
        colours.put("embedding", "#b7d6a3");
        colours.put("norm", "#f2d06b");
        colours.put("q", "#f0a3ab");
        colours.put("k", "#e6808b");
        colours.put("v", "#d9606d");
        colours.put("attention", "#edae49");
        colours.put("o", "#e9967a");
        colours.put("gate", "#a582c9");
        colours.put("up", "#b99ad6");
        colours.put("swiglu", "#f6e3a1");
        colours.put("down", "#cdb4e2");
        colours.put("residual", "#d9a441");
        colours.put("logits", "#6fb1d6");
        colours.put("sampling", "#5fb3b3");
        colours.put("text", "#7d4f50");
        colours.put("drawing", "#1f5fa8");
        return colours;
    }

    /** The picture as SVG. */
    public static String of(List<LlmRun> runs) {
        Set<String> stages = new LinkedHashSet<>();
        runs.forEach(run -> stages.addAll(run.stageSeconds().keySet()));
        stages.removeIf(stage ->
                runs.stream().noneMatch(run -> run.stageSeconds().getOrDefault(stage, 0.0) > 0));
        int legend = TOP + runs.size() * (BAR + GAP) + 16;
        int plot = legend + LEGEND_LINE * ((stages.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS) + 20;
        SvgText svg = new SvgText(WIDTH, plot + RooflinePlot.HEIGHT);
        svg.words(WIDTH / 2.0, 24, "middle", 16, "Guest time of a token after the first, by stage");
        for (int i = 0; i < runs.size(); i++) {
            bar(svg, i + 1 + "  " + runs.get(i).label(), runs.get(i), TOP + i * (BAR + GAP));
        }
        legend(svg, new ArrayList<>(stages), legend);
        RooflinePlot.draw(svg, runs, plot);
        return svg.end();
    }

    private static void bar(SvgText svg, String label, LlmRun run, int y) {
        Map<String, Double> seconds = run.stageSeconds();
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        svg.words(LEFT - 8, y + 15, "end", 12, label);
        if (all == 0) {
            svg.words(LEFT, y + 15, "start", 12, "not told by this guest");
            return;
        }
        double x = LEFT;
        for (Map.Entry<String, Double> stage : seconds.entrySet()) {
            double width = BARS * stage.getValue() / all;
            if (width > 0) {
                String share = String.format(Locale.ROOT, "%.1f %%", 100 * stage.getValue() / all);
                svg.box(x, y, width, BAR, colour(stage.getKey()), stage.getKey() + ": " + share);
                if (width > ROOM_FOR_SHARE) {
                    svg.words(x + width / 2, y + 15, "middle", 11, share);
                }
            }
            x += width;
        }
        svg.words(LEFT + BARS + 8, y + 15, "start", 12, duration(all));
    }

    private static void legend(SvgText svg, List<String> stages, int y) {
        double column = (WIDTH - LEGEND_LEFT) / (double) LEGEND_COLUMNS;
        for (int i = 0; i < stages.size(); i++) {
            double x = LEGEND_LEFT + i % LEGEND_COLUMNS * column;
            int at = y + i / LEGEND_COLUMNS * LEGEND_LINE;
            svg.box(x, at, 14, 14, colour(stages.get(i)), stages.get(i));
            svg.words(x + 20, at + 12, "start", 12, stages.get(i));
        }
    }

    private static String colour(String stage) {
        return COLOURS.getOrDefault(stage, OTHER_COLOUR);
    }

    private static String duration(double seconds) {
        return seconds >= 1
                ? String.format(Locale.ROOT, "%.2f s", seconds)
                : String.format(Locale.ROOT, "%.2f ms", seconds * 1e3);
    }
}
