package soliloquy.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a console text, octet for octet. CR LF and a lone CR end a line as LF does; a last line without an end counts as one
 * with it. Nothing else is forgiven: blanks and empty lines are compared.
 *
 * @param lines one character for each octet
 */
record AutotestText(List<String> lines) {
    private static final String END = "-- TEST END";
    /** Longest piece of a line that a difference shows. */
    private static final int SHOWN = 100;
    /** How much of it lies before the first differing character. */
    private static final int SHOWN_BEFORE = 20;

    /** The lines of what a guest printed, up to the line {@code -- TEST END} where there is one: ps2autotests reads no further. */
    static AutotestText printed(byte[] octets) {
        List<String> lines = lines(octets);
        int end = lines.indexOf(END);
        return new AutotestText(end < 0 ? lines : List.copyOf(lines.subList(0, end + 1)));
    }

    private static List<String> lines(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .replace('\r', '\n');
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** The lines of an {@code .expected} file: those that begin with {@code #} say where values come from and are left out. */
    static AutotestText expected(byte[] octets) {
        return new AutotestText(
                lines(octets).stream().filter(line -> !line.startsWith("#")).toList());
    }

    /** The first line in which {@code actual} differs from this text, or null where none does. */
    String difference(AutotestText actual) {
        int common = Math.min(lines.size(), actual.lines.size());
        for (int i = 0; i < common; i++) {
            if (!lines.get(i).equals(actual.lines.get(i))) {
                return sentence(i, lines.get(i), actual.lines.get(i));
            }
        }
        if (lines.size() == actual.lines.size()) {
            return null;
        }
        return sentence(
                common,
                common < lines.size() ? lines.get(common) : null,
                common < actual.lines.size() ? actual.lines.get(common) : null);
    }

    private static String sentence(int index, String expected, String actual) {
        int from = Math.max(0, firstDifference(expected, actual) - SHOWN_BEFORE);
        return "line " + (index + 1) + ": expected " + shown(expected, from) + ", actual " + shown(actual, from);
    }

    private static int firstDifference(String a, String b) {
        if (a == null || b == null || Math.max(a.length(), b.length()) <= SHOWN) {
            return 0;
        }
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    private static String shown(String line, int from) {
        if (line == null) {
            return "no further line";
        }
        int start = Math.min(from, line.length());
        int end = Math.min(start + SHOWN, line.length());
        String piece = decoded(line.substring(start, end)).replaceAll("\\p{Cntrl}", "\uFFFD");
        return "'" + (start > 0 ? "..." : "") + piece + (end < line.length() ? "..." : "") + "'";
    }

    /** Text of one character for each octet as the UTF-8 it stands for. */
    static String decoded(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
