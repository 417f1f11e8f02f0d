package soliloquy.gs.window;

/**
 * A part of the window beside the picture: text and, where it has one, a heat map above the text. Users may move it and fold it up.
 *
 * @param x left edge in the window when it opens, in pixels at scale 1
 * @param y upper edge
 * @param text lines; a letter outside ASCII is shown as a question mark
 * @param heat magnitudes, or null
 */
public record Panel(String title, int x, int y, int width, int height, String text, Heat heat) {
    /** Magnitudes as colours. */
    public static final class Heat {
        private final int columns;
        private final float[] magnitudes;

        /**
         * @param columns cells in a row; the last row may be shorter
         * @param magnitudes row after row, 0 to 1; they stay the caller's and must not change
         */
        public Heat(int columns, float[] magnitudes) {
            this.columns = columns;
            this.magnitudes = magnitudes;
        }

        /** Cells in a row. */
        public int columns() {
            return columns;
        }

        /** All cells. */
        public int count() {
            return magnitudes.length;
        }

        /** One cell, 0 to 1. */
        public float magnitude(int cell) {
            return magnitudes[cell];
        }

        int rows() {
            return Math.ceilDiv(magnitudes.length, columns);
        }
    }
}
