package soliloquy.bios.iop;

import java.util.Arrays;
import soliloquy.bios.irx.IopKernel;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopIntc;
import soliloquy.iop.Sio2;
import soliloquy.machine.Notices;

/**
 * padman (the one of rom0:XPADMAN): polls the open pads through SIO2 at each vertical blank and sends what they answer to the
 * program's pad areas, two frames in turn. Source: ps2sdk {@code libpad.c}, {@code padman}, {@code sio2man}.
 */
final class PadService implements RpcServer {
    static final int ID = 0x8000_0100;
    static final int ID_SECOND = 0x8000_0101;

    private static final int PORTS = 2;
    private static final int VERSION = 0x0400;
    private static final int SEND3 = Sio2.BASE;
    private static final int SEND1 = Sio2.BASE + 0x40;
    private static final int FIFO_IN = Sio2.BASE + 0x60;
    private static final int FIFO_OUT = Sio2.BASE + 0x64;
    private static final int CTRL = Sio2.BASE + 0x68;
    private static final int RECV1 = Sio2.BASE + 0x6C;
    private static final int ISTAT = Sio2.BASE + 0x80;
    private static final int CTRL_RESET = 0x3BC;
    private static final int CTRL_START = 0x3B1;
    private static final int RECV1_ABSENT = 1 << 13;
    private static final int SEND1_PAD = 0xFFC0_0505;
    private static final int SEND2_PAD = 0x0002_0014;

    /** The longest reply: three bytes of header and eighteen of data. */
    private static final int REPLY_BYTES = 21;

    private static final int[] ENTER_CONFIGURATION = {0x01, 0x43, 0x00, 0x01, 0, 0, 0, 0, 0};
    private static final int[] LEAVE_CONFIGURATION = {0x01, 0x43, 0x00, 0x00, 0, 0, 0, 0, 0};

    /** An open pad: where its frames go, and what is still to be sent to it. */
    private static final class Pad {
        private int area;
        private int frame;
        private int[][] commands = {};
        private int nextCommand;
    }

    private final IopMemory memory;
    private final IopBus bus;
    private final SifTransfers transfers;
    private final Notices notices;
    private final Pad[] pads = new Pad[PORTS];
    private int openSlots;
    private int openFrame;
    private int polling = -1;
    private boolean command;

    PadService(IopMemory memory, SifTransfers transfers, Notices notices) {
        this.memory = memory;
        bus = memory.bus();
        this.transfers = transfers;
        this.notices = notices;
    }

    void start(IopKernel kernel) {
        kernel.handle(IopIntc.VBLANK, this::vblank);
        kernel.handle(IopIntc.SIO2, this::transferred);
    }

    void reset() {
        Arrays.fill(pads, null);
        openSlots = 0;
    }

    @Override
    public void call(RpcCall call) {
        int port = call.word(4);
        Pad pad = port >= 0 && port < PORTS && call.word(8) == 0 ? pads[port] : null;
        switch (call.word(0)) {
            case 0x01 -> open(call, port, call.word(8), call.word(16));
            case 0x06 -> {
                if (pad != null) {
                    int analogue = call.word(12) & 0xFF;
                    configure(pad, new int[] {0x01, 0x44, 0x00, analogue, call.word(16) == 3 ? 3 : 0, 0, 0, 0, 0});
                }
                call.result(20, pad != null ? 1 : 0).complete();
            }
            case 0x07, 0x08, 0x0A, 0x0B -> {
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "IOP padman",
                        0,
                        "command 0x%02x (motors, pressure) is accepted without effect".formatted(call.word(0)));
                call.result(16, 1).result(20, 1).complete();
            }
            case 0x09 -> call.result(12, 0).complete();
            case 0x0C -> call.result(12, PORTS).complete();
            case 0x0D -> call.result(12, 1).complete();
            case 0x0E -> {
                if (pad != null) {
                    pads[port] = null;
                }
                call.result(12, pad != null ? 1 : 0).complete();
            }
            case 0x0F -> {
                Arrays.fill(pads, null);
                call.result(12, 1).complete();
            }
            case 0x10 -> {
                openSlots = call.word(16);
                call.result(12, 1).complete();
            }
            case 0x12 -> call.result(12, VERSION).complete();
            default -> {
                notices.report(
                        Notices.Kind.UNHANDLED, "IOP padman", 0, "command 0x%x does not exist".formatted(call.word(0)));
                call.result(12, 0).complete();
            }
        }
    }

    private void open(RpcCall call, int port, int slot, int area) {
        boolean good = port >= 0 && port < PORTS && slot == 0 && SifRpc.inEeMemory(area, 2 * PadFrame.BYTES);
        if (good) {
            pads[port] = new Pad();
            pads[port].area = area;
        }
        call.result(12, good ? 1 : 0).result(20, IopMemory.BLOCKS).complete();
    }

    private static void configure(Pad pad, int[] wanted) {
        pad.commands = new int[][] {ENTER_CONFIGURATION, wanted, LEAVE_CONFIGURATION};
        pad.nextCommand = 0;
    }

    /** Each vertical blank: the open ports are polled one after the other. */
    private void vblank() {
        if (polling < 0) {
            tellOpenSlots();
            poll(0);
        }
    }

    private void tellOpenSlots() {
        if (openSlots != 0 && SifRpc.inEeMemory(openSlots, 2 * PadFrame.BYTES)) {
            int block = memory.block();
            memory.word(block, ++openFrame);
            memory.word(block + 4, pads[0] != null ? 1 : 0);
            memory.word(block + 8, pads[1] != null ? 1 : 0);
            transfers.send(block, openSlots + (openFrame & 1) * PadFrame.BYTES, PadFrame.BYTES);
        }
    }

    private void poll(int from) {
        for (int port = from; port < PORTS; port++) {
            if (pads[port] != null) {
                start(port);
                return;
            }
        }
        polling = -1;
    }

    private void start(int port) {
        Pad pad = pads[port];
        polling = port;
        command = pad.nextCommand < pad.commands.length;
        int[] bytes = command ? pad.commands[pad.nextCommand++] : new int[REPLY_BYTES];
        if (!command) {
            bytes[0] = 0x01;
            bytes[1] = 0x42;
        }
        bus.write32(CTRL, CTRL_RESET);
        bus.write32(SEND3, port | bytes.length << 8 | bytes.length << 18);
        bus.write32(SEND3 + 4, 0);
        bus.write32(SEND1 + 8 * port, SEND1_PAD);
        bus.write32(SEND1 + 8 * port + 4, SEND2_PAD);
        for (int value : bytes) {
            bus.write8(FIFO_IN, value);
        }
        bus.write32(CTRL, CTRL_START);
    }

    private void transferred() {
        bus.write32(ISTAT, bus.read32(ISTAT));
        int port = polling;
        if (port < 0) {
            return;
        }
        boolean absent = (bus.read32(RECV1) & RECV1_ABSENT) != 0;
        byte[] reply = new byte[REPLY_BYTES];
        for (int i = 0; i < REPLY_BYTES; i++) {
            reply[i] = (byte) bus.read8(FIFO_OUT);
        }
        Pad pad = pads[port];
        if (pad != null && command) {
            start(port);
            return;
        }
        if (pad != null) {
            int block = memory.block();
            pad.frame++;
            PadFrame.write(memory.ram(), block, absent ? null : reply, pad.frame);
            transfers.send(block, pad.area + (pad.frame & 1) * PadFrame.BYTES, PadFrame.BYTES);
        }
        poll(port + 1);
    }
}
