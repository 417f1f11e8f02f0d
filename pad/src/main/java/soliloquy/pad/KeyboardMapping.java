package soliloquy.pad;

import java.util.Optional;

/**
 * Which key of the host stands for which button. Key codes are GLFW's (its {@code GLFW_KEY_*} constants), given as plain
 * numbers so that this module needs no window library. Source: GLFW input guide, "Keyboard key tokens".
 */
public final class KeyboardMapping {
    /** GLFW_KEY_A; likewise the other letters, which are their ASCII capitals. */
    public static final int KEY_A = 'A';

    public static final int KEY_D = 'D';
    public static final int KEY_E = 'E';
    public static final int KEY_F = 'F';
    public static final int KEY_Q = 'Q';
    public static final int KEY_R = 'R';
    public static final int KEY_S = 'S';
    public static final int KEY_W = 'W';
    public static final int KEY_X = 'X';
    public static final int KEY_Z = 'Z';
    public static final int KEY_ENTER = 257;
    public static final int KEY_BACKSPACE = 259;
    public static final int KEY_RIGHT = 262;
    public static final int KEY_LEFT = 263;
    public static final int KEY_DOWN = 264;
    public static final int KEY_UP = 265;

    private KeyboardMapping() {}

    /** The button of a GLFW key code, or nothing if the key stands for none. */
    public static Optional<Button> button(int key) {
        return Optional.ofNullable(
                switch (key) {
                    case KEY_UP -> Button.UP;
                    case KEY_DOWN -> Button.DOWN;
                    case KEY_LEFT -> Button.LEFT;
                    case KEY_RIGHT -> Button.RIGHT;
                    case KEY_Z -> Button.CROSS;
                    case KEY_X -> Button.CIRCLE;
                    case KEY_A -> Button.SQUARE;
                    case KEY_S -> Button.TRIANGLE;
                    case KEY_Q -> Button.L1;
                    case KEY_W -> Button.R1;
                    case KEY_E -> Button.L2;
                    case KEY_R -> Button.R2;
                    case KEY_D -> Button.L3;
                    case KEY_F -> Button.R3;
                    case KEY_ENTER -> Button.START;
                    case KEY_BACKSPACE -> Button.SELECT;
                    default -> null;
                });
    }
}
