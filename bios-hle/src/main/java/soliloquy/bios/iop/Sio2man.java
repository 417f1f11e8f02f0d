package soliloquy.bios.iop;

import java.util.Arrays;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;
import soliloquy.iop.IopIntc;
import soliloquy.iop.Sio2;

/**
 * The library sio2man, which comes with its module of the ROM: transfers with pads and memory cards, one module at a time. Source:
 * ps2sdk {@code iop/sio/sio2man}.
 */
final class Sio2man implements Library {
    private static final int SEND3 = Sio2.BASE;
    private static final int SEND1 = Sio2.BASE + 0x40;
    private static final int FIFO_IN = Sio2.BASE + 0x60;
    private static final int FIFO_OUT = Sio2.BASE + 0x64;
    private static final int CTRL = Sio2.BASE + 0x68;
    private static final int RECV1 = Sio2.BASE + 0x6C;
    private static final int RECV2 = Sio2.BASE + 0x70;
    private static final int RECV3 = Sio2.BASE + 0x74;
    private static final int ISTAT = Sio2.BASE + 0x80;

    private static final int CTRL_RESET = 0x3BC;
    private static final int CTRL_START = 1;
    private static final int DESCRIPTORS = 16;
    private static final int PORTS = 4;

    /** Words of sio2_transfer_data_t. */
    private static final int STATUS_1 = 0;

    private static final int PORT_CONTROL = 4;
    private static final int STATUS_2 = 36;
    private static final int DESCRIPTOR = 40;
    private static final int STATUS_3 = 104;
    private static final int IN_SIZE = 108;
    private static final int OUT_SIZE = 112;
    private static final int IN = 116;
    private static final int OUT = 120;
    private static final int IN_DMA = 124;
    private static final int OUT_DMA = 136;

    /** Functions that the older table lacks. */
    private static final int OLD_MULTITAP_TRANSFER = 48;

    private static final int NEW_FUNCTIONS = 2;
    private static final int MULTITAP_SET = 53;
    private static final int MULTITAP_CALL = 57;

    /** Whose turn it is, and what multitaps do; both versions of the library share it. */
    static final class State {
        private boolean held;
        private boolean listens;
        private boolean underWay;
        private WaitQueue turns = newQueue();
        private WaitQueue ending = newQueue();
        private final int[] multitap = new int[PORTS];

        private static WaitQueue newQueue() {
            return new WaitQueue(WaitQueue.SEMAPHORE, 0, false);
        }

        private void reset() {
            held = false;
            underWay = false;
            turns = newQueue();
            ending = newQueue();
            Arrays.fill(multitap, 0);
        }
    }

    private final IopKernel kernel;
    private final IopMemory memory;
    private final State state;
    private final int version;

    /** @param version 0x0102 or 0x0204: the later one has two functions more before its last */
    Sio2man(IopKernel kernel, IopMemory memory, State state, int version) {
        this.kernel = kernel;
        this.memory = memory;
        this.state = state;
        this.version = version;
    }

    @Override
    public void reset() {
        state.reset();
    }

    @Override
    public String name() {
        return "sio2man";
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int functions() {
        return newer() ? 64 : 59;
    }

    @Override
    public boolean resident() {
        return false;
    }

    private boolean newer() {
        return version >= 0x0200;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal < functions();
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return ordinal < 23;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        return does(newer() || ordinal <= OLD_MULTITAP_TRANSFER ? ordinal : ordinal + NEW_FUNCTIONS, call);
    }

    /** The functions by the places of the newer table, where 27 to 47 do what 4 to 24 do. */
    private int does(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        return switch (ordinal) {
            case 4, 27 -> set(CTRL, first);
            case 5, 28 -> word(CTRL);
            case 6, 29 -> word(RECV1);
            case 7, 30 -> set(SEND1 + 8 * (first & 3), second);
            case 8, 31 -> word(SEND1 + 8 * (first & 3));
            case 9, 32 -> set(SEND1 + 8 * (first & 3) + 4, second);
            case 10, 33 -> word(SEND1 + 8 * (first & 3) + 4);
            case 11, 34 -> word(RECV2);
            case 12, 35 -> set(SEND3 + 4 * (first & 15), second);
            case 13, 36 -> word(SEND3 + 4 * (first & 15));
            case 14, 37 -> word(RECV3);
            case 15, 17, 38, 40 -> set(RECV3 + (ordinal % 23 == 15 ? 4 : 8), first);
            case 16, 18, 39, 41 -> word(RECV3 + (ordinal % 23 == 16 ? 4 : 8));
            case 19, 42 -> octet(first);
            case 20, 43 -> memory.bus().read8(FIFO_OUT);
            case 21, 44 -> set(ISTAT, first);
            case 22, 45 -> word(ISTAT);
            case 23, 24, 46, 47, 48, 49, 50, 61, 63 -> take();
            case 25, 51 -> transfer(call, first & 0x1F_FFFC);
            case 26, 52, 62 -> give();
            case 53, 54, 55, 56 -> {
                state.multitap[ordinal - MULTITAP_SET] = first;
                yield 0;
            }
            default -> multitap(call, ordinal - MULTITAP_CALL, first);
        };
    }

    private int word(int register) {
        return memory.bus().read32(register);
    }

    private int set(int register, int value) {
        memory.bus().write32(register, value);
        return 0;
    }

    private int octet(int value) {
        memory.bus().write8(FIFO_IN, value);
        return 0;
    }

    /** sio2_..._transfer_init: waits until no other module transfers. */
    private int take() {
        if (state.held) {
            kernel.threads().block(state.turns);
        }
        state.held = true;
        return 0;
    }

    /** sio2_transfer_reset: the next one's turn. */
    private int give() {
        state.held = !state.turns.isEmpty();
        kernel.threads().wakeFirst(state.turns, 0);
        return 0;
    }

    /** sio2_transfer: what the structure at {@code data} asks for; 1 when it is over. */
    private int transfer(ModuleCall call, int data) {
        if (!state.listens) {
            state.listens = true;
            kernel.handle(IopIntc.SIO2, this::ended);
        }
        set(CTRL, CTRL_RESET);
        for (int i = 0; i < PORTS; i++) {
            set(SEND1 + 8 * i, call.word(data + PORT_CONTROL + 4 * i));
            set(SEND1 + 8 * i + 4, call.word(data + PORT_CONTROL + 4 * (PORTS + i)));
        }
        for (int i = 0; i < DESCRIPTORS; i++) {
            set(SEND3 + 4 * i, call.word(data + DESCRIPTOR + 4 * i));
        }
        send(call.word(data + IN), call.word(data + IN_SIZE));
        send(call.word(data + IN_DMA), slice(call, data + IN_DMA));
        state.underWay = true;
        call.then(result -> {
            call.word(data + STATUS_1, word(RECV1));
            call.word(data + STATUS_2, word(RECV2));
            call.word(data + STATUS_3, word(RECV3));
            receive(call.word(data + OUT), call.word(data + OUT_SIZE));
            receive(call.word(data + OUT_DMA), slice(call, data + OUT_DMA));
            return 1;
        });
        kernel.threads().block(state.ending);
        set(CTRL, word(CTRL) | CTRL_START);
        return 0;
    }

    /** Bytes of a DMA transfer: address, words of a block, blocks. */
    private static int slice(ModuleCall call, int at) {
        return call.word(at) == 0 ? 0 : 4 * call.word(at + 4) * call.word(at + 8);
    }

    private void send(int address, int count) {
        for (int i = 0; i < Math.min(count, IopMemory.REQUEST_BYTES); i++) {
            octet(memory.ram().read8((address & 0x1F_FFFF) + i));
        }
    }

    private void receive(int address, int count) {
        for (int i = 0; i < Math.min(count, IopMemory.REQUEST_BYTES); i++) {
            memory.ram().write8((address & 0x1F_FFFF) + i, memory.bus().read8(FIFO_OUT));
        }
    }

    private void ended() {
        if (state.underWay) {
            state.underWay = false;
            set(ISTAT, word(ISTAT));
            kernel.threads().wakeFirst(state.ending, 0);
        }
    }

    /** Calls what mtapman has set; without it there is one slot. */
    private int multitap(ModuleCall call, int index, int argument) {
        if (state.multitap[index] != 0) {
            call.invoke(state.multitap[index], result -> result, argument);
            return 0;
        }
        if (index != 0) {
            return index == PORTS - 1 ? 0 : 1;
        }
        int good = 0;
        for (int i = 0; i < PORTS; i++) {
            int slot = call.word(argument + 4 * i);
            int possible = Integer.compareUnsigned(slot + 1, 2) < 0 ? 1 : 0;
            call.word(argument + 4 * (PORTS + i), possible);
            good += possible;
        }
        return good == PORTS ? 1 : 0;
    }
}
