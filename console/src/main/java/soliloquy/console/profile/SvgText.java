package soliloquy.console.profile;

import java.util.Locale;

/** An SVG picture under construction. */
public final class SvgText {
    private final StringBuilder text = new StringBuilder();

    /** An empty white picture. */
    public SvgText(int width, int height) {
        line(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                width,
                height));
        line(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height));
    }

    /** A box with a text that shows where the mouse is over it. */
    public void box(double x, double y, double width, double height, String colour, String told) {
        line(String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\" stroke=\"#ffffff\""
                        + " stroke-width=\"0.5\"><title>%s</title></rect>",
                x,
                y,
                width,
                height,
                colour,
                escaped(told)));
    }

    /** Words at a place; {@code anchor} is {@code start}, {@code middle} or {@code end}. */
    public void words(double x, double y, String anchor, int size, String words) {
        line(String.format(
                Locale.ROOT,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" font-size=\"%d\" pointer-events=\"none\">%s</text>",
                x,
                y,
                anchor,
                size,
                escaped(words)));
    }

    /** A straight stroke; {@code dashes} is SVG's pattern of dashes and gaps, empty for none. */
    public void stroke(double fromX, double fromY, double toX, double toY, String colour, double width, String dashes) {
        line(String.format(
                Locale.ROOT,
                "<path stroke=\"%s\" stroke-width=\"%.1f\"%s d=\"M%.2f %.2fL%.2f %.2f\"/>",
                colour,
                width,
                dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"",
                fromX,
                fromY,
                toX,
                toY));
    }

    /** A disc with a border and a text that shows where the mouse is over it. */
    public void dot(double x, double y, double radius, String fill, String border, String told) {
        line(String.format(
                Locale.ROOT,
                "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" fill=\"%s\" stroke=\"%s\" stroke-width=\"2\">"
                        + "<title>%s</title></circle>",
                x,
                y,
                radius,
                fill,
                border,
                escaped(told)));
    }

    private void line(String element) {
        text.append(element).append('\n');
    }

    /** The whole file. */
    public String end() {
        return text + "</svg>\n";
    }

    private static String escaped(String words) {
        StringBuilder escaped = new StringBuilder();
        words.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(c >= ' ' && Character.isDefined(c) && c != 0xFFFE ? c : '?');
            }
        });
        return escaped.toString();
    }
}
