package soliloquy.bios.iop;

import java.util.function.ToIntFunction;
import soliloquy.machine.Notices;

/** The RPC server of padman, for EE programs: places of arguments and results from ps2sdk's {@code rpcserver.c} of padman. */
final class PadService implements RpcServer {
    static final int ID = 0x8000_0100;
    static final int ID_SECOND = 0x8000_0101;

    private static final int VERSION = 0x0400;
    private static final int ACTUATOR_BYTES = 6;
    private static final int SENSITIVITY_BYTES = 12;
    private static final int THIRD_ARGUMENT = 12;

    private final IopMemory memory;
    private final Pads pads;
    private final Notices notices;

    PadService(IopMemory memory, Pads pads, Notices notices) {
        this.memory = memory;
        this.pads = pads;
        this.notices = notices;
    }

    @Override
    public void call(RpcCall call) {
        int port = call.word(4);
        int slot = call.word(8);
        int third = call.word(THIRD_ARGUMENT);
        int fourth = call.word(16);
        switch (call.word(0)) {
            case 0x01 ->
                call.result(12, pads.open(port, slot, fourth))
                        .result(20, IopMemory.BLOCKS)
                        .complete();
            case 0x03 -> answer(call, 20, pad -> pad.aboutActuator(third, fourth));
            case 0x04 -> answer(call, 20, pad -> pad.aboutCombination(third, fourth));
            case 0x05 -> answer(call, 20, pad -> pad.aboutMode(third, fourth));
            case 0x06 -> answer(call, 20, pad -> pad.mainMode(third, fourth));
            case 0x07 ->
                call.result(20, pads.drive(port, slot, bytes(call, ACTUATOR_BYTES)))
                        .complete();
            case 0x08 -> answer(call, 20, pad -> pad.align(bytes(call, ACTUATOR_BYTES)));
            case 0x09 -> answer(call, 12, Pad::buttonMask);
            case 0x0A -> answer(call, 16, pad -> pad.buttonInfo(third));
            case 0x0B -> answer(call, 28, pad -> pad.sensitivity(bytes(call, SENSITIVITY_BYTES)));
            case 0x0C -> call.result(12, Pads.PORTS).complete();
            case 0x0D -> call.result(12, 1).complete();
            case 0x0E -> call.result(12, pads.close(port, slot)).complete();
            case 0x0F -> call.result(12, pads.end()).complete();
            case 0x10 -> call.result(12, pads.begin(fourth)).complete();
            case 0x12 -> call.result(12, VERSION).complete();
            default -> {
                notices.report(
                        Notices.Kind.UNHANDLED, "IOP padman", 0, "command 0x%x does not exist".formatted(call.word(0)));
                call.result(12, 0).complete();
            }
        }
    }

    /** Answers with what {@code function} gives for the pad of the request; 0 if it is not open. */
    private void answer(RpcCall call, int offset, ToIntFunction<Pad> function) {
        Pad pad = pads.pad(call.word(4), call.word(8));
        call.result(offset, pad == null ? 0 : function.applyAsInt(pad)).complete();
    }

    private int[] bytes(RpcCall call, int count) {
        int[] bytes = new int[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = memory.ram().read8(call.address(THIRD_ARGUMENT) + i) & 0xFF;
        }
        return bytes;
    }
}
