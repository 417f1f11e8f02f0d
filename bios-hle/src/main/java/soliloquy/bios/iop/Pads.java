package soliloquy.bios.iop;

import java.util.Arrays;
import soliloquy.bios.irx.IopKernel;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopIntc;
import soliloquy.iop.Sio2;
import soliloquy.machine.Notices;

/**
 * padman (the one of rom0:XPADMAN) behind its RPC server and its library: polls the open pads through SIO2 at each vertical blank and
 * sends what they answer to the program's pad areas, two frames in turn. Source: ps2sdk {@code libpad.c}, {@code padman},
 * {@code sio2man}.
 */
final class Pads {
    static final int PORTS = 2;

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

    private final IopMemory memory;
    private final IopBus bus;
    private final SifTransfers transfers;
    private final Notices notices;
    private final Pad[] pads = new Pad[PORTS];
    private int openSlots;
    private int openFrame;
    private int polling = -1;
    private boolean command;

    Pads(IopMemory memory, SifTransfers transfers, Notices notices) {
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

    /** The open pad of a port and slot, or null; without a multitap there is slot 0 alone. */
    Pad pad(int port, int slot) {
        return port >= 0 && port < PORTS && slot == 0 ? pads[port] : null;
    }

    /**
     * padInit: closes all pads.
     *
     * @param area in EE memory that is told which pads are open, two frames in turn; 0 for none
     */
    int begin(int area) {
        reset();
        openSlots = area;
        return 1;
    }

    /** padEnd. */
    int end() {
        reset();
        return 1;
    }

    /** True if padInit has named an area: frames have their newer layout. */
    boolean tellsOpenSlots() {
        return openSlots != 0;
    }

    /**
     * padPortOpen; 1 if it is open now.
     *
     * @param area two frames in EE memory; 0 for none
     */
    int open(int port, int slot, int area) {
        if (port < 0 || port >= PORTS || slot != 0 || !SifRpc.inEeMemory(area, 2 * PadFrame.BYTES)) {
            return 0;
        }
        pads[port] = new Pad(area);
        return 1;
    }

    /** padPortClose; 0 if the pad is not open or a request is under way. */
    int close(int port, int slot) {
        Pad pad = pad(port, slot);
        if (pad == null || pad.requestState() == Pad.BUSY) {
            return 0;
        }
        pads[port] = null;
        return 1;
    }

    /** padSetActDirect. */
    int drive(int port, int slot, int[] bytes) {
        Pad pad = pad(port, slot);
        if (pad != null && Arrays.stream(bytes).anyMatch(value -> value != 0)) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "IOP padman",
                    0,
                    "the motors of a pad were turned on; the pads of the host do not vibrate");
        }
        return pad == null ? 0 : pad.drive(bytes);
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
        polling = port;
        command = pads[port].commanding();
        int[] bytes = pads[port].next();
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
        byte[] reply = new byte[Pad.REPLY_BYTES];
        for (int i = 0; i < reply.length; i++) {
            reply[i] = (byte) bus.read8(FIFO_OUT);
        }
        Pad pad = pads[port];
        if (pad != null && command) {
            start(port);
            return;
        }
        if (pad != null) {
            pad.polled(absent ? null : reply);
            if (pad.area != 0) {
                int block = memory.block();
                PadFrame.write(memory.ram(), block, pad);
                transfers.send(block, pad.area + (pad.frame & 1) * PadFrame.BYTES, PadFrame.BYTES);
            }
        }
        poll(port + 1);
    }
}
