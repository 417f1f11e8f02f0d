package soliloquy.bios.iop;

import java.util.function.ToIntFunction;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;

/**
 * The library padman, which comes with its module of the ROM: pads for modules. It shares the pads with {@link PadService}. Source:
 * ps2sdk {@code iop/input/padman} ({@code exports.tab}, {@code xpadman.h}).
 */
final class Padman implements Library {
    private static final int FUNCTIONS = 19;
    private static final int FIRST = 4;
    private static final int ACTUATOR_BYTES = 6;
    /** Where in padState_t the button data of a frame of the older layout begin; those of the newer one begin it. */
    private static final int OLD_DATA = 128 + 8;

    private static final int DATA_BYTES = 32;

    private final Pads pads;

    Padman(Pads pads) {
        this.pads = pads;
    }

    @Override
    public String name() {
        return "padman";
    }

    @Override
    public int version() {
        return 0x0102;
    }

    @Override
    public int functions() {
        return FUNCTIONS;
    }

    @Override
    public boolean resident() {
        return false;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= FIRST && ordinal < FUNCTIONS;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int port = call.argument(0);
        int slot = call.argument(1);
        int third = call.argument(2);
        int fourth = call.argument(3);
        return switch (ordinal) {
            case 4 -> pads.begin(port); // padInit
            case 5 -> pads.end();
            case 6 -> pads.open(port, slot, third);
            case 7 -> pads.close(port, slot);
            case 8 -> inBuffer(call, pads.pad(port, slot), third);
            case 9 -> buttonData(call, pads.pad(port, slot), third);
            case 10 -> onPad(port, slot, pad -> pad.ready() ? 2 : 0); // padGetModeConfig
            case 11 -> onPad(port, slot, pad -> pad.aboutActuator(third, fourth));
            case 12 -> onPad(port, slot, pad -> pad.aboutCombination(third, fourth));
            case 13 -> onPad(port, slot, pad -> pad.aboutMode(third, fourth));
            case 14 -> onPad(port, slot, pad -> pad.mainMode(third, fourth));
            case 15 -> pads.drive(port, slot, actuators(call, third));
            case 16 -> onPad(port, slot, pad -> pad.align(actuators(call, third)));
            case 17 -> onPad(port, slot, Pad::buttonMask);
            default -> onPad(port, slot, pad -> pad.buttonInfo(third));
        };
    }

    private int onPad(int port, int slot, ToIntFunction<Pad> function) {
        Pad pad = pads.pad(port, slot);
        return pad == null ? 0 : function.applyAsInt(pad);
    }

    private static int[] actuators(ModuleCall call, int address) {
        int[] bytes = new int[ACTUATOR_BYTES];
        for (int i = 0; i < ACTUATOR_BYTES; i++) {
            bytes[i] = call.octet(address + i) & 0xFF;
        }
        return bytes;
    }

    /** padGetInBuffer. */
    private static int inBuffer(ModuleCall call, Pad pad, int address) {
        put(call, address, pad == null ? new byte[DATA_BYTES] : pad.sent());
        return DATA_BYTES;
    }

    /** padSetupEEButtonData: puts the button data into the module's padState_t; how many there are. */
    private int buttonData(ModuleCall call, Pad pad, int state) {
        boolean ready = pad != null && pad.ready();
        byte[] none = new byte[DATA_BYTES];
        none[0] = (byte) 0xFF;
        put(call, pads.tellsOpenSlots() ? state : state + OLD_DATA, ready ? pad.buttons() : none);
        return ready ? DATA_BYTES : 0;
    }

    private static void put(ModuleCall call, int address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            call.octet(address + i, bytes[i]);
        }
    }
}
