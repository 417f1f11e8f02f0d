package soliloquy.gs.window;

/** Told of the user's input, on the window's thread. Key, button and axis numbers are GLFW's. */
public interface InputListener {
    /** A key went down or up; repeats are not told. */
    void key(int key, boolean pressed);

    /**
     * State of a gamepad in GLFW's standard layout, as often as the window is drawn.
     *
     * @param buttons fifteen buttons, non-zero where pressed
     * @param axes six axes, -1 to 1
     */
    void gamepad(byte[] buttons, float[] axes);
}
