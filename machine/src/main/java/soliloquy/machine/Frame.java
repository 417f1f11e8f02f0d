package soliloquy.machine;

/**
 * One picture as the console puts it out, reused from frame to frame.
 * Pixels are 0xAARRGGBB words, row after row, top left first; alpha is 0xFF.
 */
public final class Frame {
    /** Row-major pixels; at least {@code width * height} are valid. */
    public int[] pixels = new int[0];

    /** Width in pixels of the display output, before any scaling. */
    public int width;

    /** Height in pixels. */
    public int height;

    /** Sets the size and makes room. */
    public void resize(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        if (pixels.length < newWidth * newHeight) {
            pixels = new int[newWidth * newHeight];
        }
    }
}
