package soliloquy.gs.window;

/**
 * Where a frame goes in the window, in framebuffer pixels.
 *
 * @param x left edge
 * @param y bottom edge
 */
record Placement(int x, int y, int width, int height) {
    /** A picture of the console has the shape of a television's. */
    private static final double ASPECT = 4.0 / 3.0;

    /**
     * The largest placement in a framebuffer: whole multiples of the frame's pixels where at least one fits (each pixel then is a
     * square of the screen's), else the largest that keeps 4:3.
     */
    static Placement of(int frameWidth, int frameHeight, int framebufferWidth, int framebufferHeight) {
        int scale = Math.min(framebufferWidth / frameWidth, framebufferHeight / frameHeight);
        int width = frameWidth * scale;
        int height = frameHeight * scale;
        if (scale == 0) {
            width = (int) Math.min(framebufferWidth, Math.round(framebufferHeight * ASPECT));
            height = (int) Math.min(framebufferHeight, Math.round(framebufferWidth / ASPECT));
        }
        return new Placement((framebufferWidth - width) / 2, (framebufferHeight - height) / 2, width, height);
    }
}
