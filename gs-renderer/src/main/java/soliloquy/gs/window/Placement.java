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
     * The largest placement in a framebuffer: whole multiples of the frame's pixels where at least one fits, else the largest that
     * keeps 4:3. A pixel of the frame is as many times higher than wide, or wider than high, as comes nearest to 4:3.
     */
    static Placement of(int frameWidth, int frameHeight, int framebufferWidth, int framebufferHeight) {
        double shape = (double) frameWidth / frameHeight / ASPECT;
        int pixelWidth = (int) Math.max(1, Math.round(1 / shape));
        int pixelHeight = (int) Math.max(1, Math.round(shape));
        int scale =
                Math.min(framebufferWidth / (frameWidth * pixelWidth), framebufferHeight / (frameHeight * pixelHeight));
        int width = frameWidth * pixelWidth * scale;
        int height = frameHeight * pixelHeight * scale;
        if (scale == 0) {
            width = (int) Math.min(framebufferWidth, Math.round(framebufferHeight * ASPECT));
            height = (int) Math.min(framebufferHeight, Math.round(framebufferWidth / ASPECT));
        }
        return new Placement((framebufferWidth - width) / 2, (framebufferHeight - height) / 2, width, height);
    }
}
