package soliloquy.console;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A plot of curves over one axis as SVG text. Numbers are rounded, so that the same curves give the same text everywhere. */
final class SvgPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 40;
    private static final int BOTTOM = 52;
    private static final int STEPS = 160;

    /** Distance of the lines of the legend, and where it begins. */
    private static final int LEGEND_LINE = 18;

    private static final int LEGEND_LEFT = LEFT + 16;

    private static final int LEGEND_TOP = 60;
    private static final String[] COLOURS = {"#1f5fa8", "#b8442c", "#3c7d3c", "#7a4fa0"};

    private final StringBuilder svg = new StringBuilder();
    private final double mostX;
    private final double mostY;
    private int curves;

    /**
     * A plot without curves.
     *
     * @param mostX end of the horizontal axis, which begins at 0 and has a label at each {@code stepX}
     */
    SvgPlot(String title, String axisX, double mostX, double stepX, String axisY, double mostY, double stepY) {
        this.mostX = mostX;
        this.mostY = mostY;
        line(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        line(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT));
        text(WIDTH / 2.0, 22, "middle", 15, title);
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", 12, axisX);
        text(LEFT - 8, TOP - 8, "middle", 12, axisY);
        for (int i = 0; i * stepX <= mostX; i++) {
            rule(x(i * stepX), y(0), x(i * stepX), y(mostY));
            text(x(i * stepX), y(0) + 18, "middle", 12, number(i * stepX));
        }
        for (int i = 0; i * stepY <= mostY; i++) {
            rule(x(0), y(i * stepY), x(mostX), y(i * stepY));
            text(x(0) - 6, y(i * stepY) + 4, "end", 12, number(i * stepY));
        }
    }

    /** Draws {@code curve} from 0 to {@code end}. */
    void curve(String name, double end, DoubleUnaryOperator curve) {
        String colour = COLOURS[curves % COLOURS.length];
        StringBuilder points = new StringBuilder();
        for (int i = 0; i <= STEPS; i++) {
            // Closer together at the left, where a root is steep.
            double at = end * i * i / (STEPS * (double) STEPS);
            points.append(i == 0 ? "" : " ")
                    .append(String.format(Locale.ROOT, "%.2f,%.2f", x(at), y(curve.applyAsDouble(at))));
        }
        line(String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>",
                colour,
                points));
        double at = LEGEND_TOP + curves * LEGEND_LINE;
        line(String.format(
                Locale.ROOT,
                "<path stroke=\"%s\" stroke-width=\"2\" d=\"M%d %.2fh24\"/>",
                colour,
                LEGEND_LEFT,
                at - 4));
        text(LEGEND_LEFT + 30, at, "start", 12, name);
        curves++;
    }

    /** Marks a point that the last curve goes through by its definition. */
    void mark(double atX, double atY) {
        line(String.format(
                Locale.ROOT,
                "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"4\" fill=\"%s\"/>",
                x(atX),
                y(atY),
                COLOURS[(curves - 1) % COLOURS.length]));
    }

    /** The whole file. */
    String text() {
        return svg + "</svg>\n";
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * value / mostX;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / mostY;
    }

    private void rule(double fromX, double fromY, double toX, double toY) {
        line(String.format(
                Locale.ROOT, "<path stroke=\"#d8d8d8\" d=\"M%.2f %.2fL%.2f %.2f\"/>", fromX, fromY, toX, toY));
    }

    private void text(double atX, double atY, String anchor, int size, String words) {
        line(String.format(
                Locale.ROOT,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>",
                atX,
                atY,
                anchor,
                size,
                words));
    }

    private void line(String element) {
        svg.append(element).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
