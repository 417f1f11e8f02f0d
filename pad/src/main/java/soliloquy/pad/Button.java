package soliloquy.pad;

/**
 * The sixteen digital buttons, in the order of the bits of the two button bytes of a reply (low byte first). On the wire a
 * pressed button is a 0; everywhere in this package a set bit of a mask means pressed. Source: ps2sdk {@code libpad.h}.
 */
public enum Button {
    SELECT,
    L3,
    R3,
    START,
    UP,
    RIGHT,
    DOWN,
    LEFT,
    L2,
    R2,
    L1,
    R1,
    TRIANGLE,
    CIRCLE,
    CROSS,
    SQUARE;

    /** Bits that a mask of pressed buttons may have. */
    public static final int ALL = 0xFFFF;

    /** The bit of this button in a mask of pressed buttons. */
    public int mask() {
        return 1 << ordinal();
    }

    /** Mask of several buttons. */
    public static int maskOf(Button... buttons) {
        int mask = 0;
        for (Button button : buttons) {
            mask |= button.mask();
        }
        return mask;
    }
}
