package soliloquy.pad;

import java.util.Arrays;

/** The commands of the pad, second byte of a transfer. Source: ps2tek "Controllers"; ps2sdk {@code padman}. */
enum PadCommand {
    SET_BUTTON_SENSITIVITY(0x40, true),
    QUERY_BUTTON_MASK(0x41, true),
    POLL(0x42, false),
    CONFIGURE(0x43, false),
    SET_MODE(0x44, true),
    QUERY_MODEL(0x45, true),
    QUERY_ACTUATOR(0x46, true),
    QUERY_COMBINATION(0x47, true),
    QUERY_MODE(0x4C, true),
    SET_ACTUATORS(0x4D, true),
    SET_REPLY_MASK(0x4F, true),
    /** Anything else: the pad falls silent until it is selected again. */
    NONE(-1, false);

    private static final PadCommand[] BY_NUMBER = new PadCommand[256];

    static {
        Arrays.fill(BY_NUMBER, NONE);
        for (PadCommand command : values()) {
            if (command.number >= 0) {
                BY_NUMBER[command.number] = command;
            }
        }
    }

    private final int number;
    private final boolean configurationOnly;

    PadCommand(int number, boolean configurationOnly) {
        this.number = number;
        this.configurationOnly = configurationOnly;
    }

    /** The command with this number as far as the pad obeys it in its present state. */
    static PadCommand of(int number, boolean configuring) {
        PadCommand command = BY_NUMBER[number & 0xFF];
        return command.configurationOnly && !configuring ? NONE : command;
    }
}
