package soliloquy.bios.iop;

import soliloquy.machine.Ram;

/** The 128 bytes that padman keeps up to date in EE memory for each open pad. Source: ps2sdk {@code libpad.c}, {@code freepad.h}. */
final class PadFrame {
    static final int BYTES = 128;

    private static final int STATE_DISCONNECTED = 0;
    private static final int STATE_STABLE = 6;
    /** The pad can be configured, and has told what it is. */
    private static final int CONFIGURATION_READY = 2;

    private static final int TASK_UPDATE = 1;

    private PadFrame() {}

    /** Writes the frame of {@code pad} as it answered last. */
    static void write(Ram ram, int at, Pad pad) {
        boolean connected = pad.ready();
        byte[] buttons = pad.buttons();
        for (int i = 0; i < 32; i++) {
            ram.write8(at + i, buttons[i]);
        }
        for (int i = 0; connected && i < 4; i++) {
            for (int actuator = 0; actuator < Pad.actuators(); actuator++) {
                ram.write8(at + 0x30 + 4 * actuator + i, Pad.actuator(actuator, i)); // actData
            }
            ram.write8(at + 0x40 + i, Pad.combination(i)); // combData
        }
        for (int i = 0; i < Pad.modes(); i++) {
            ram.write16(at + 0x50 + 2 * i, Pad.modeAt(i)); // modeTable
        }
        ram.write32(at + 0x58, pad.frame); // frame: the library reads the one with the larger
        ram.write32(at + 0x60, connected ? 2 + 2 * (pad.mode() & 0xF) : 0); // length
        ram.write8(at + 0x64, connected ? CONFIGURATION_READY : 0); // modeConfig
        ram.write8(at + 0x65, pad.mode()); // modeCurId
        ram.write8(at + 0x66, Pad.MODEL_DUALSHOCK2); // model
        ram.write8(at + 0x67, connected ? 1 : 0); // buttonDataReady
        ram.write8(at + 0x68, Pad.modes()); // nrOfModes
        ram.write8(at + 0x69, pad.modeOffset()); // modeCurOffs
        ram.write8(at + 0x6A, Pad.actuators()); // nrOfActuators
        ram.write8(at + 0x6B, 1); // numActComb
        ram.write8(at + 0x70, connected ? STATE_STABLE : STATE_DISCONNECTED); // state
        ram.write8(at + 0x71, pad.requestState()); // reqState
        ram.write8(at + 0x72, TASK_UPDATE); // currentTask
    }
}
