package soliloquy.console;

import soliloquy.gs.window.InputListener;
import soliloquy.pad.Button;
import soliloquy.pad.GamepadMapping;
import soliloquy.pad.KeyboardMapping;
import soliloquy.pad.PadInput;

/** Carries the window's keys and gamepad to the pad. Window thread. */
final class PadKeys implements InputListener {
    private final PadInput pad;
    private int gamepad;

    PadKeys(PadInput pad) {
        this.pad = pad;
    }

    @Override
    public void key(int key, boolean pressed) {
        KeyboardMapping.button(key).ifPresent(button -> set(button, pressed));
    }

    @Override
    public void gamepad(byte[] buttons, float[] axes) {
        int now = GamepadMapping.pressed(buttons, axes);
        int changed = now ^ gamepad;
        gamepad = now;
        if (changed != 0) {
            for (Button button : Button.values()) {
                if ((changed & button.mask()) != 0) {
                    set(button, (now & button.mask()) != 0);
                }
            }
        }
    }

    private void set(Button button, boolean pressed) {
        if (pressed) {
            pad.press(button);
        } else {
            pad.release(button);
        }
    }
}
