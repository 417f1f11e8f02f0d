package soliloquy.console.bench.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import soliloquy.console.profile.SvgText;

/**
 * The roofline: multiply-accumulates in a cycle over multiply-accumulates for a byte of weights, both logarithmic. A run has a
 * circle for its whole token, a full dot for its matrices where the guest tells them apart, and a dash for what its drive allows.
 */
final class RooflinePlot {
    static final int HEIGHT = 540;

    private static final int LEFT = 90;
    private static final int RIGHT = 330;
    private static final int TOP = 64;
    private static final int BOTTOM = 96;
    private static final double LEAST_INTENSITY = 0.125;
    private static final double MOST_INTENSITY = 8;
    private static final double MOST_MACS = 10;

    /** Points closer than this, in pixels, share a label. */
    private static final double NEAR = 12;

    private static final String[] COLOURS = {"#1f5fa8", "#b8442c", "#3c7d3c", "#7a4fa0", "#b07d12", "#1c8a8a", "#8a3a5e"
    };

    private final SvgText svg;
    private final int top;
    private final double leastMacs;
    private final List<Mark> marks = new ArrayList<>();

    private record Mark(double x, double y, SortedSet<Integer> runs) {}

    private RooflinePlot(SvgText svg, int top, double leastMacs) {
        this.svg = svg;
        this.top = top;
        this.leastMacs = leastMacs;
    }

    /** Draws it into {@code svg}, {@link #HEIGHT} pixels from {@code top} on; runs are called by their numbers from 1. */
    static void draw(SvgText svg, List<LlmRun> runs, int top) {
        double least = runs.stream()
                .map(LlmRun::roofline)
                .filter(roofline -> roofline.token() != null)
                .mapToDouble(roofline -> roofline.token().macsPerCycle())
                .min()
                .orElse(0.1);
        RooflinePlot plot = new RooflinePlot(svg, top, Math.pow(10, Math.floor(Math.log10(Math.min(least, 0.1)))));
        plot.axes();
        plot.roof();
        List<String> models =
                runs.stream().map(run -> run.model().name()).distinct().toList();
        for (int i = 0; i < runs.size(); i++) {
            String colour = COLOURS[models.indexOf(runs.get(i).model().name()) % COLOURS.length];
            plot.run(runs.get(i), i + 1, colour);
        }
        plot.labels();
        plot.legend(models);
    }

    private void axes() {
        svg.words(LEFT, top + 20, "start", 16, "Roofline of the EE");
        for (double intensity = LEAST_INTENSITY; intensity <= MOST_INTENSITY; intensity *= 2) {
            svg.stroke(x(intensity), y(leastMacs), x(intensity), y(MOST_MACS), "#e2e2e2", 1, "");
            svg.words(x(intensity), y(leastMacs) + 18, "middle", 12, number(intensity));
        }
        for (double macs = leastMacs; macs <= MOST_MACS * 1.01; macs *= 10) {
            svg.stroke(x(LEAST_INTENSITY), y(macs), x(MOST_INTENSITY), y(macs), "#e2e2e2", 1, "");
            svg.words(LEFT - 8, y(macs) + 4, "end", 12, number(macs));
        }
        svg.words(
                (x(LEAST_INTENSITY) + x(MOST_INTENSITY)) / 2,
                y(leastMacs) + 40,
                "middle",
                12,
                "multiply-accumulates for a byte of weights");
        svg.words(LEFT - 60, y(MOST_MACS) - 8, "start", 12, "multiply-accumulates in a cycle");
    }

    private void roof() {
        double ridge = Roofline.PEAK_MACS_PER_CYCLE / Roofline.PEAK_BYTES_PER_CYCLE;
        double left = LEAST_INTENSITY * Roofline.PEAK_BYTES_PER_CYCLE;
        svg.stroke(x(LEAST_INTENSITY), y(left), x(ridge), y(Roofline.PEAK_MACS_PER_CYCLE), "#333333", 2, "");
        svg.stroke(
                x(ridge),
                y(Roofline.PEAK_MACS_PER_CYCLE),
                x(MOST_INTENSITY),
                y(Roofline.PEAK_MACS_PER_CYCLE),
                "#333333",
                2,
                "");
        svg.words(x(ridge) + 8, y(Roofline.PEAK_MACS_PER_CYCLE) - 6, "start", 12, "PMADDH: 4 a cycle");
        svg.words(x(LEAST_INTENSITY) + 8, y(left) + 18, "start", 12, "memory: 8 bytes a cycle");
    }

    private void run(LlmRun run, int number, String colour) {
        Roofline roofline = run.roofline();
        if (roofline.token() == null) {
            return;
        }
        String label = number + " " + run.label();
        mark(roofline.token(), false, colour, number, label + ", whole token");
        if (roofline.matrices() != null) {
            mark(roofline.matrices(), true, colour, number, label + ", matrices");
        }
        Double drive = run.driveRoof();
        if (drive != null) {
            double x = x(roofline.token().intensity());
            double y = y(Math.clamp(drive, leastMacs, MOST_MACS));
            svg.stroke(x - 14, y, x + 14, y, colour, 2, "");
        }
    }

    private void mark(Roofline.Point point, boolean full, String colour, int number, String told) {
        double x = x(Math.clamp(point.intensity(), LEAST_INTENSITY, MOST_INTENSITY));
        double y = y(Math.clamp(point.macsPerCycle(), leastMacs, MOST_MACS));
        String figures = String.format(
                Locale.ROOT,
                "%s: %.4f multiply-accumulates and %.4f bytes a cycle",
                told,
                point.macsPerCycle(),
                point.bytesPerCycle());
        svg.dot(x, y, 5, full ? colour : "#ffffff", colour, figures);
        for (Mark other : marks) {
            if (Math.hypot(other.x - x, other.y - y) < NEAR) {
                other.runs.add(number);
                return;
            }
        }
        marks.add(new Mark(x, y, new TreeSet<>(List.of(number))));
    }

    private void labels() {
        marks.forEach(mark -> svg.words(mark.x + 17, mark.y + 4, "start", 12, ranges(mark.runs)));
    }

    /** Numbers as text, three and more in a row by the first and the last. */
    static String ranges(SortedSet<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            boolean inside = numbers.contains(number - 1) && numbers.contains(number + 1);
            if (!inside) {
                boolean ends = numbers.contains(number - 1) && numbers.contains(number - 2);
                text.append(text.isEmpty() ? "" : ends ? "-" : ", ").append(number);
            }
        }
        return text.toString();
    }

    private void legend(List<String> models) {
        double x = LlmBenchChart.WIDTH - RIGHT + 30.0;
        int y = top + TOP + 10;
        for (int i = 0; i < models.size(); i++) {
            svg.box(x, y - 11, 14, 14, COLOURS[i % COLOURS.length], models.get(i));
            svg.words(x + 22, y, "start", 12, models.get(i));
            y += 20;
        }
        y += 12;
        svg.dot(x + 7, y - 4, 5, "#ffffff", "#333333", "whole token");
        svg.words(x + 22, y, "start", 12, "whole token, by number of its bar");
        y += 20;
        svg.dot(x + 7, y - 4, 5, "#333333", "#333333", "matrices");
        svg.words(x + 22, y, "start", 12, "its matrices alone");
        y += 20;
        svg.stroke(x - 4, y - 4, x + 18, y - 4, "#333333", 2, "");
        svg.words(x + 22, y, "start", 12, "what its drive allows a token");
    }

    private double x(double intensity) {
        double share = Math.log(intensity / LEAST_INTENSITY) / Math.log(MOST_INTENSITY / LEAST_INTENSITY);
        return LEFT + (LlmBenchChart.WIDTH - LEFT - RIGHT) * share;
    }

    private double y(double macs) {
        double share = Math.log(macs / leastMacs) / Math.log(MOST_MACS / leastMacs);
        return top + HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.replaceFirst("\\.?0+$", "");
    }
}
