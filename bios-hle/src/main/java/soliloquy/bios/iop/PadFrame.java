package soliloquy.bios.iop;

import soliloquy.machine.Ram;

/** The 128 bytes that padman keeps up to date in EE memory for each open pad. Source: ps2sdk {@code libpad.c}. */
final class PadFrame {
    static final int BYTES = 128;

    private static final int STATE_DISCONNECTED = 0;
    private static final int STATE_STABLE = 6;
    private static final int MODE_DIGITAL = 4;
    private static final int MODE_ANALOGUE = 7;
    /** Bytes of a reply before the buttons: FF, mode, 5A. */
    private static final int HEADER = 3;

    private PadFrame() {}

    /**
     * Writes a frame.
     *
     * @param reply what the pad answered to a poll, or null if there is none
     * @param number of the frame: the library reads the one with the larger
     */
    static void write(Ram ram, int at, byte[] reply, int number) {
        boolean connected = reply != null && (reply[1] & 0xFF) != 0xFF && (reply[2] & 0xFF) == 0x5A;
        int mode = connected ? reply[1] & 0xFF : 0;
        int halfwords = mode & 0xF;
        if (connected) {
            ram.write8(at, 0);
            ram.write8(at + 1, mode);
            for (int i = 0; i < 2 * halfwords && HEADER + i < reply.length; i++) {
                ram.write8(at + 2 + i, reply[HEADER + i]);
            }
        } else {
            ram.write8(at, 0xFF);
        }
        ram.write16(at + 0x50, MODE_DIGITAL); // modeTable
        ram.write16(at + 0x52, MODE_ANALOGUE);
        ram.write32(at + 0x58, number); // frame
        ram.write32(at + 0x60, connected ? 2 + 2 * halfwords : 0); // length
        ram.write8(at + 0x64, connected ? 1 : 0); // modeConfig
        ram.write8(at + 0x65, mode >> 4); // modeCurId
        ram.write8(at + 0x66, 3); // model: DualShock 2
        ram.write8(at + 0x67, connected ? 1 : 0); // buttonDataReady
        ram.write8(at + 0x68, 2); // nrOfModes
        ram.write8(at + 0x69, mode >> 4 == MODE_DIGITAL ? 0 : 1); // modeCurOffs
        ram.write8(at + 0x6A, 2); // nrOfActuators
        ram.write8(at + 0x70, connected ? STATE_STABLE : STATE_DISCONNECTED); // state
        ram.write8(at + 0x71, 0); // reqState: complete
        ram.write8(at + 0x72, 1); // currentTask
    }
}
