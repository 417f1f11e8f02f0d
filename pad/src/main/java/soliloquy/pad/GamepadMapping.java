package soliloquy.pad;

/**
 * Host gamepads with GLFW's standard mapping (the layout of {@code GLFWgamepadstate}) to buttons of the pad. Source: GLFW
 * input guide, "Gamepad buttons" and "Gamepad axes".
 */
public final class GamepadMapping {
    /** GLFW_GAMEPAD_AXIS_LEFT_TRIGGER, from -1 (released) to 1. */
    public static final int AXIS_LEFT_TRIGGER = 4;

    /** GLFW_GAMEPAD_AXIS_RIGHT_TRIGGER, from -1 (released) to 1. */
    public static final int AXIS_RIGHT_TRIGGER = 5;

    /** A trigger beyond its middle counts as pressed. */
    private static final float TRIGGER_PRESSED = 0.0f;

    /** By GLFW button index: A, B, X, Y, bumpers, back, start, guide, thumbs, then the cross clockwise from up. */
    private static final Button[] BUTTONS = {
        Button.CROSS,
        Button.CIRCLE,
        Button.SQUARE,
        Button.TRIANGLE,
        Button.L1,
        Button.R1,
        Button.SELECT,
        Button.START,
        null,
        Button.L3,
        Button.R3,
        Button.UP,
        Button.RIGHT,
        Button.DOWN,
        Button.LEFT
    };

    private GamepadMapping() {}

    /**
     * The mask of pressed buttons for one state of a gamepad.
     *
     * @param buttons GLFW's button states, 1 pressed, by GLFW button index
     * @param axes GLFW's axis values, -1 to 1, by GLFW axis index
     */
    public static int pressed(byte[] buttons, float[] axes) {
        int mask = 0;
        for (int i = 0; i < Math.min(buttons.length, BUTTONS.length); i++) {
            if (buttons[i] != 0 && BUTTONS[i] != null) {
                mask |= BUTTONS[i].mask();
            }
        }
        if (axes.length > AXIS_RIGHT_TRIGGER) {
            mask |= axes[AXIS_LEFT_TRIGGER] > TRIGGER_PRESSED ? Button.L2.mask() : 0;
            mask |= axes[AXIS_RIGHT_TRIGGER] > TRIGGER_PRESSED ? Button.R2.mask() : 0;
        }
        return mask;
    }
}
