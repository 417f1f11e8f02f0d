package soliloquy.console.step;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import soliloquy.gs.window.Panel;

/** Magnitudes as characters: blank is next to nothing, {@code @} the largest. */
final class HeatMap {
    private static final String RAMP = " .:-=+*#%@";
    private static final int COLUMNS = 64;
    private static final int MOST_ROWS = 16;

    private HeatMap() {}

    /** Rows of {@code vector}, at most 16; a character is a number, or the largest of some that stand together. */
    static String of(GuestVector vector) {
        int perCell = Math.ceilDiv(vector.length(), COLUMNS * MOST_ROWS);
        double largest = largest(vector, 0, vector.length());
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < vector.length(); from += COLUMNS * perCell) {
            text.append("%6d |".formatted(from));
            int end = Math.min(vector.length(), from + COLUMNS * perCell);
            for (int cell = from; cell < end; cell += perCell) {
                text.append(shade(largest(vector, cell, Math.min(end, cell + perCell)), largest));
            }
            text.append("|\n");
        }
        return text.append("       '%s' is 0 to %.4g%s%n"
                        .formatted(RAMP, largest, perCell == 1 ? "" : ", the largest of each " + perCell))
                .toString();
    }

    /** One row of {@code count} numbers, in as many characters, at most 64. */
    static String row(int count, IntToDoubleFunction magnitude, double largest) {
        int perCell = Math.ceilDiv(count, COLUMNS);
        StringBuilder text = new StringBuilder();
        for (int cell = 0; cell < count; cell += perCell) {
            double most = 0;
            for (int i = cell; i < Math.min(count, cell + perCell); i++) {
                most = Math.max(most, magnitude.applyAsDouble(i));
            }
            text.append(shade(most, largest));
        }
        return text.toString();
    }

    /** The vector in colours, by the same cells. */
    static Panel.Heat cells(GuestVector vector) {
        int perCell = Math.ceilDiv(vector.length(), COLUMNS * MOST_ROWS);
        double largest = largest(vector, 0, vector.length());
        float[] magnitudes = new float[Math.ceilDiv(vector.length(), perCell)];
        for (int cell = 0; cell < magnitudes.length && largest > 0; cell++) {
            int end = Math.min(vector.length(), (cell + 1) * perCell);
            magnitudes[cell] = (float) (largest(vector, cell * perCell, end) / largest);
        }
        return new Panel.Heat(COLUMNS, magnitudes);
    }

    /** Rows of equal length in colours, 1 the brightest; a cell is a number, or the largest of some that stand together. */
    static Panel.Heat rows(List<double[]> rows) {
        int count = rows.getFirst().length;
        int perCell = Math.ceilDiv(count, COLUMNS);
        int columns = Math.ceilDiv(count, perCell);
        float[] magnitudes = new float[columns * rows.size()];
        for (int i = 0; i < magnitudes.length; i++) {
            double[] row = rows.get(i / columns);
            int from = i % columns * perCell;
            magnitudes[i] = (float) Arrays.stream(row, from, Math.min(count, from + perCell))
                    .max()
                    .orElse(0);
        }
        return new Panel.Heat(columns, magnitudes);
    }

    private static double largest(GuestVector vector, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(vector.value(i)));
        }
        return largest;
    }

    private static char shade(double magnitude, double largest) {
        int step = largest > 0 ? (int) Math.round(magnitude / largest * (RAMP.length() - 1)) : 0;
        return RAMP.charAt(Math.clamp(step, 0, RAMP.length() - 1));
    }
}
