package soliloquy.bios.iop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An open pad of padman: what it answered to the last poll, what is still to be sent to it, and what a DualShock 2 tells about itself.
 * Source: ps2sdk {@code iop/input/padman} ({@code padMiscFuncs.c}, {@code padCmds.c}); ps2tek "Controllers" for the answers.
 */
final class Pad {
    /** The longest answer: three bytes of header and eighteen of data. */
    static final int REPLY_BYTES = 21;

    /** Request states: nothing is under way, or it is. */
    static final int COMPLETE = 0;

    static final int BUSY = 2;

    static final int MODEL_DUALSHOCK2 = 3;

    /** Modes by their places in the table of modes. */
    private static final int[] MODES = {4, 7};

    /** For each actuator: function, subfunction, bytes, and current in tenths of 100 mA. */
    private static final int[][] ACTUATORS = {{1, 2, 0, 0x0A}, {1, 1, 1, 0x14}};

    /** Actuators that may work together: how many, and which. */
    private static final int[] COMBINATION = {2, 0, 1, 0};

    private static final int CONFIGURING = 0xF3;
    private static final int DATA_READY = 0x5A;
    private static final int HEADER = 3;
    private static final int ACTUATOR_BYTES = 6;
    private static final int BUTTON_MASK = 0x3_FFFF;
    private static final int SENSITIVITIES = 12;
    /** Digital buttons and sticks, which are always reported. */
    private static final int PLAIN_BUTTONS = 0x3F;

    private static final int[] ENTER_CONFIGURATION = {0x01, 0x43, 0x00, 0x01, 0, 0, 0, 0, 0};
    private static final int[] LEAVE_CONFIGURATION = {0x01, 0x43, 0x00, 0x00, 0, 0, 0, 0, 0};

    /** Where its frames go in EE memory, 0 for nowhere. */
    final int area;

    int frame;
    private int[] sent = {};
    private byte[] reply;
    private int[][] commands = {};
    private int nextCommand;
    private final int[] align = new int[ACTUATOR_BYTES];
    private final int[] direct = new int[ACTUATOR_BYTES];

    Pad(int area) {
        this.area = area;
        Arrays.fill(align, 0xFF);
    }

    /** The bytes of the next transfer: a command that waits, else a poll. */
    int[] next() {
        if (commanding()) {
            sent = commands[nextCommand++];
        } else {
            sent = new int[REPLY_BYTES];
            sent[0] = 0x01;
            sent[1] = 0x42;
            for (int i = 0; i < ACTUATOR_BYTES; i++) {
                sent[HEADER + i] = align[i] == 0xFF ? 0xFF : direct[i];
            }
        }
        return sent;
    }

    /** True while commands wait to be sent. */
    boolean commanding() {
        return nextCommand < commands.length;
    }

    /** Takes what the pad answered to a poll; null if there is none. */
    void polled(byte[] answer) {
        reply = answer != null && (answer[1] & 0xFF) != 0xFF && answer[2] == DATA_READY ? answer : null;
        frame++;
    }

    /** What the pad answered to the last poll; null if there is no pad. */
    byte[] reply() {
        return reply;
    }

    /** The mode that the pad last answered in, 0 if there is none. */
    int mode() {
        return reply == null ? 0 : reply[1] & 0xFF;
    }

    /** True if the pad is there and has told what it is. */
    boolean ready() {
        return reply != null && mode() != CONFIGURING;
    }

    int requestState() {
        return commanding() ? BUSY : COMPLETE;
    }

    /** Place of the present mode in the table of modes. */
    int modeOffset() {
        return mode() >> 4 == MODES[1] ? 1 : 0;
    }

    static int modes() {
        return MODES.length;
    }

    static int modeAt(int offset) {
        return MODES[offset];
    }

    static int actuators() {
        return ACTUATORS.length;
    }

    static int actuator(int number, int item) {
        return ACTUATORS[number][item];
    }

    static int combination(int item) {
        return COMBINATION[item];
    }

    /** padInfoAct: with actuator -1 their number, else the item from 1 on; -1 if there is no such. */
    int aboutActuator(int actuator, int item) {
        if (!ready()) {
            return -1;
        }
        if (actuator == -1) {
            return ACTUATORS.length;
        }
        return actuator >= 0 && actuator < ACTUATORS.length && item >= 1 && item <= 4
                ? ACTUATORS[actuator][item - 1]
                : -1;
    }

    /** padInfoComb: with list -1 their number, else from item -1 on how many actuators and which; -1 if there is no such. */
    int aboutCombination(int list, int item) {
        if (!ready()) {
            return -1;
        }
        if (list == -1) {
            return 1;
        }
        return list == 0 && item >= -1 && item <= 2 ? COMBINATION[item + 1] : -1;
    }

    /** padInfoMode: 1 whether it is configured, 2 the mode, 3 its place in the table, 4 the table or with offset -1 its length. */
    int aboutMode(int term, int offset) {
        if (requestState() == BUSY) {
            return 0;
        }
        return switch (term) {
            case 1 -> mode() == CONFIGURING ? 0 : CONFIGURING >> 4;
            case 2 -> ready() ? MODES[modeOffset()] : 0;
            case 3 -> ready() ? modeOffset() : 0;
            case 4 -> {
                if (!ready()) {
                    yield 0;
                }
                yield offset == -1 ? MODES.length : offset >= 0 && offset < MODES.length ? MODES[offset] : 0;
            }
            default -> -1;
        };
    }

    /** padGetButtonMask: the buttons whose pressure can be reported; none in digital mode. */
    int buttonMask() {
        return ready() && modeOffset() == 1 ? BUTTON_MASK : 0;
    }

    private int configure(List<int[]> wanted) {
        if (!ready() || commanding()) {
            return 0;
        }
        commands = new int[wanted.size() + 2][];
        commands[0] = ENTER_CONFIGURATION;
        for (int i = 0; i < wanted.size(); i++) {
            commands[1 + i] = wanted.get(i);
        }
        commands[wanted.size() + 1] = LEAVE_CONFIGURATION;
        nextCommand = 0;
        return 1;
    }

    /** padSetMainMode: 1 if it is under way. */
    int mainMode(int mode, int lock) {
        return mode >= 0 && mode < MODES.length
                ? configure(List.of(new int[] {0x01, 0x44, 0x00, mode, lock & 0xFF, 0, 0, 0, 0}))
                : 0;
    }

    /** padSetActAlign: which byte of a poll drives which actuator, six bytes; 1 if it is under way. */
    int align(int[] bytes) {
        int[] command = {0x01, 0x4D, 0x00, 0, 0, 0, 0, 0, 0};
        System.arraycopy(bytes, 0, command, HEADER, ACTUATOR_BYTES);
        int done = configure(List.of(command));
        if (done == 1) {
            System.arraycopy(bytes, 0, align, 0, ACTUATOR_BYTES);
        }
        return done;
    }

    /** padSetActDirect: six bytes that all polls from now on carry. */
    int drive(int[] bytes) {
        System.arraycopy(bytes, 0, direct, 0, ACTUATOR_BYTES);
        return 1;
    }

    /** padSetButtonInfo: the pressures that a poll is answered with; 1 if it is under way. */
    int buttonInfo(int pressures) {
        int mask = pressures << 6 | PLAIN_BUTTONS;
        List<int[]> wanted = new ArrayList<>();
        wanted.add(new int[] {0x01, 0x4F, 0x00, mask & 0xFF, mask >> 8 & 0xFF, mask >> 16 & 0xFF, mask >>> 24, 0, 0});
        int[] usual = new int[SENSITIVITIES];
        Arrays.fill(usual, 2);
        wanted.addAll(sensitivities(usual));
        return configure(wanted);
    }

    /** padSetVrefParam: twelve bytes, a sensitivity for each pressure; 1 if it is under way. */
    int sensitivity(int[] bytes) {
        return configure(sensitivities(bytes));
    }

    private static List<int[]> sensitivities(int[] bytes) {
        List<int[]> wanted = new ArrayList<>();
        for (int i = 0; i < SENSITIVITIES; i++) {
            wanted.add(new int[] {0x01, 0x40, 0x00, i, bytes[i], 0, 0, 0, 0});
        }
        return wanted;
    }

    /** padGetInBuffer: the bytes that were sent last, 32 with zeros after them. */
    byte[] sent() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < sent.length; i++) {
            bytes[i] = (byte) sent[i];
        }
        return bytes;
    }

    /** The 32 bytes of button data of libpad: 0, mode and data; FF and zeros if there are none. */
    byte[] buttons() {
        byte[] bytes = new byte[32];
        if (!ready()) {
            bytes[0] = (byte) 0xFF;
            return bytes;
        }
        bytes[1] = reply[1];
        int count = Math.min(2 * (mode() & 0xF), reply.length - HEADER);
        System.arraycopy(reply, HEADER, bytes, 2, count);
        bytes[31] = reply[2];
        return bytes;
    }
}
