package soliloquy.pad;

import java.util.Arrays;
import soliloquy.machine.SerialDevice;

/**
 * A DualShock 2. It starts in digital mode; analogue modes answer with centred sticks and with full or no pressure, for its
 * {@link ButtonSource} knows buttons only. A reply is FF, mode, 5A, then data. Source: ps2tek "Controllers"; ps2sdk
 * {@code padman} and {@code libpad.h}.
 */
public final class DualShock2 implements SerialDevice {
    private static final int ADDRESS = 0x01;
    private static final int SILENT = 0xFF;
    private static final int HEADER_END = 0x5A;
    private static final int MODE_DIGITAL = 0x41;
    private static final int MODE_ANALOGUE = 0x73;
    private static final int MODE_PRESSURE = 0x79;
    private static final int MODE_CONFIGURING = 0xF3;
    private static final int STICK_CENTRE = 0x80;

    /** Bytes of the reply before the data. */
    private static final int HEADER = 3;

    /** Buttons whose pressure is reported, in the order of the reply. */
    private static final Button[] PRESSURES = {
        Button.RIGHT,
        Button.LEFT,
        Button.UP,
        Button.DOWN,
        Button.TRIANGLE,
        Button.CIRCLE,
        Button.CROSS,
        Button.SQUARE,
        Button.L1,
        Button.R1,
        Button.L2,
        Button.R2
    };

    /** Reply mask bits (command 4F): two button bytes, four stick bytes, twelve pressures. */
    private static final int PRESSURE_BITS = 0x3FFC0;

    private final ButtonSource buttons;
    private final int[] actuators = new int[6];
    private final int[] data = new int[18];
    private int position;
    private PadCommand command = PadCommand.NONE;
    private boolean addressed;
    private boolean configuring;
    private boolean configureNext;
    private boolean analogue;
    private int replyMask;

    /** A pad, plugged in and in digital mode, that reports {@code buttons}. */
    public DualShock2(ButtonSource buttons) {
        this.buttons = buttons;
        Arrays.fill(actuators, 0xFF);
    }

    @Override
    public boolean present() {
        return true;
    }

    @Override
    public void select() {
        position = 0;
        addressed = true;
        command = PadCommand.NONE;
        configuring = configureNext;
    }

    @Override
    public int exchange(int value) {
        int index = position++;
        if (!addressed) {
            return SILENT;
        }
        return switch (index) {
            case 0 -> {
                addressed = (value & 0xFF) == ADDRESS;
                yield SILENT;
            }
            case 1 -> {
                int reply = mode();
                command = PadCommand.of(value, configuring);
                addressed = command != PadCommand.NONE;
                begin();
                yield reply;
            }
            case 2 -> HEADER_END;
            default -> {
                int item = index - HEADER;
                int reply = item < data.length ? data[item] : 0;
                parameter(item, value & 0xFF);
                yield reply;
            }
        };
    }

    private int mode() {
        if (configuring) {
            return MODE_CONFIGURING;
        }
        if (!analogue) {
            return MODE_DIGITAL;
        }
        return (replyMask & PRESSURE_BITS) != 0 ? MODE_PRESSURE : MODE_ANALOGUE;
    }

    /** Lays out the data bytes of the reply to the command just received. */
    private void begin() {
        Arrays.fill(data, 0);
        switch (command) {
            case POLL -> poll();
            case CONFIGURE -> {
                if (!configuring) {
                    poll();
                }
            }
            case SET_BUTTON_SENSITIVITY -> reply(0, 0, 2, 0, 0, 0x5A);
            case QUERY_BUTTON_MASK -> {
                if (analogue) {
                    reply(0xFF, 0xFF, 0x03, 0, 0, 0x5A);
                }
            }
            case QUERY_MODEL -> reply(3, 2, analogue ? 1 : 0, 2, 1, 0);
            case QUERY_COMBINATION -> reply(0, 0, 2, 0, 1, 0);
            case SET_ACTUATORS -> System.arraycopy(actuators, 0, data, 0, actuators.length);
            case SET_REPLY_MASK -> reply(0, 0, 0, 0, 0, 0x5A);
            case SET_MODE, QUERY_ACTUATOR, QUERY_MODE, NONE -> {}
        }
    }

    private void poll() {
        int pressed = buttons.pressed();
        data[0] = ~pressed & 0xFF;
        data[1] = ~pressed >> 8 & 0xFF;
        Arrays.fill(data, 2, 6, STICK_CENTRE);
        for (int i = 0; i < PRESSURES.length; i++) {
            data[6 + i] = (pressed & PRESSURES[i].mask()) != 0 ? 0xFF : 0;
        }
    }

    private void reply(int... values) {
        System.arraycopy(values, 0, data, 0, values.length);
    }

    /** Takes the parameter byte sent while data byte {@code item} came back. */
    private void parameter(int item, int value) {
        switch (command) {
            case CONFIGURE -> {
                if (item == 0) {
                    configureNext = value == 1;
                }
            }
            case SET_MODE -> {
                if (item == 0) {
                    analogue = value == 1;
                    replyMask = 0;
                }
            }
            case QUERY_ACTUATOR -> {
                if (item == 0 && value == 0) {
                    reply(0, 0, 1, 2, 0, 0x0A);
                } else if (item == 0 && value == 1) {
                    reply(0, 0, 1, 1, 1, 0x14);
                }
            }
            case QUERY_MODE -> {
                if (item == 0) {
                    data[3] = value == 0 ? 0x04 : 0x07;
                }
            }
            case SET_ACTUATORS -> {
                if (item < actuators.length) {
                    actuators[item] = value;
                }
            }
            case SET_REPLY_MASK -> {
                if (item < 3) {
                    replyMask = replyMask & ~(0xFF << item * 8) | value << item * 8;
                }
            }
            case POLL, SET_BUTTON_SENSITIVITY, QUERY_BUTTON_MASK, QUERY_MODEL, QUERY_COMBINATION, NONE -> {}
        }
    }
}
