package soliloquy.console.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Bars for perplexity, divergence and agreement of models, as SVG text. */
final class ComparisonChart {
    private static final int LABEL_WIDTH = 200;
    private static final int BAR_WIDTH = 140;
    private static final int COLUMN_WIDTH = 240;
    private static final int ROW_HEIGHT = 26;
    private static final int TOP = 48;

    private ComparisonChart() {}

    /** A row for each model, in their order. */
    static String of(List<ComparisonRow> rows) {
        int width = LABEL_WIDTH + 3 * COLUMN_WIDTH;
        int height = TOP + ROW_HEIGHT * rows.size() + 12;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
                width,
                height,
                width,
                height,
                width,
                height));
        for (int i = 0; i < rows.size(); i++) {
            text(svg, 8, baseline(i), rows.get(i).label());
        }
        column(svg, rows, 0, "perplexity", "#1f5fa8", "%.3f", ComparisonRow::perplexity);
        column(svg, rows, 1, "KL divergence, nats", "#b8442c", "%.5f", ComparisonRow::divergence);
        column(svg, rows, 2, "same likeliest token, %", "#3c7d3c", "%.2f", row -> 100 * row.agreement());
        return svg.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private static void column(
            StringBuilder svg,
            List<ComparisonRow> rows,
            int column,
            String title,
            String colour,
            String format,
            ToDoubleFunction<ComparisonRow> value) {
        double most = rows.stream().mapToDouble(value).max().orElse(0);
        int left = LABEL_WIDTH + column * COLUMN_WIDTH;
        text(svg, left, 24, title);
        for (int i = 0; i < rows.size(); i++) {
            double figure = value.applyAsDouble(rows.get(i));
            double length = most > 0 ? BAR_WIDTH * figure / most : 0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>%n",
                    left,
                    baseline(i) - 13,
                    length,
                    ROW_HEIGHT - 8,
                    colour));
            text(svg, left + (int) length + 6, baseline(i), String.format(Locale.ROOT, format, figure));
        }
    }

    private static int baseline(int row) {
        return TOP + ROW_HEIGHT * row + 14;
    }

    private static void text(StringBuilder svg, int x, int y, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, escaped));
    }
}
