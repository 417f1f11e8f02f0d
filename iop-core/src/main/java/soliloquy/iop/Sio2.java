package soliloquy.iop;

import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SerialDevice;

/**
 * SIO2: the serial interface to pads (ports 0 and 1) and memory cards (ports 2 and 3). SEND3 holds up to sixteen command
 * descriptors; starting sends the bytes of the input FIFO to the ports they name and collects the replies. Source: ps2tek
 * "SIO2"; ps2sdk {@code sio2man}.
 */
public final class Sio2 implements MemoryMapped {
    /** Physical address on the IOP bus at which the registers start. */
    public static final int BASE = 0x1F80_8200;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x100;

    /** Ports: two pads, two memory cards. */
    public static final int PORTS = 4;

    private static final int FIFO_BYTES = 256;
    private static final int DESCRIPTORS = 16;
    private static final int CTRL_START = 1;
    private static final int CTRL_RESET = 0xC;
    private static final int RECV1_PRESENT = 0x1100;
    private static final int RECV1_ABSENT = 0x1D100;
    /** 250 kHz pad clock: eight bits and their gap in IOP cycles; estimate. */
    private static final int IOP_CYCLES_PER_BYTE = 8 * 36_864_000 / 250_000;

    private final Scheduler scheduler;
    private final InterruptLine interrupt;
    private final SerialDevice[] ports = new SerialDevice[PORTS];
    private final int[] send3 = new int[DESCRIPTORS];
    private final int[] send12 = new int[2 * PORTS];
    private final byte[] input = new byte[FIFO_BYTES];
    private final byte[] output = new byte[FIFO_BYTES];
    private int inputCount;
    private int outputFirst;
    private int outputCount;
    private boolean transferring;
    private Runnable onReplies = () -> {};
    private int control;
    private int recv1 = RECV1_ABSENT;
    private int status;

    /** @param interrupt line 17 of the IOP's interrupt controller */
    public Sio2(Scheduler scheduler, InterruptLine interrupt) {
        this.scheduler = scheduler;
        this.interrupt = interrupt;
        scheduler.handle(EventType.SIO2_TRANSFER, (time, payload) -> complete());
    }

    /** Plugs {@code device} into {@code port}, 0 to 3; null unplugs. */
    public void connect(int port, SerialDevice device) {
        ports[port] = device;
    }

    /** Puts a byte into the input FIFO; bytes beyond its 256 are lost. */
    public void put(int octet) {
        if (inputCount < FIFO_BYTES) {
            input[inputCount++] = (byte) octet;
        }
    }

    /** Takes a byte from the output FIFO, 0 if it is empty. */
    public int take() {
        return outputFirst < outputCount ? output[outputFirst++] & 0xFF : 0;
    }

    /** True if a transfer has ended whose replies, or some of them, are still in the output FIFO. */
    boolean hasReplies() {
        return !transferring && outputFirst < outputCount;
    }

    /** Runs {@code listener} when a transfer ends, before its interrupt. */
    void onReplies(Runnable listener) {
        onReplies = listener;
    }

    @Override
    public long read(int address, int bytes) {
        int register = address & ~3;
        if (register >= 0x1F808200 && register < 0x1F808240) { // SEND3
            return send3[(register - 0x1F808200) >> 2] & 0xFFFF_FFFFL;
        }
        if (register >= 0x1F808240 && register < 0x1F808260) { // SEND1, SEND2
            return send12[(register - 0x1F808240) >> 2] & 0xFFFF_FFFFL;
        }
        return switch (register) {
            case 0x1F808264 -> take(); // FIFO out
            case 0x1F808268 -> control; // CTRL
            case 0x1F80826C -> recv1; // RECV1
            case 0x1F808270 -> 0xF; // RECV2
            case 0x1F808280 -> status; // ISTAT
            default -> 0; // RECV3 reads 0
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        int register = address & ~3;
        if (register >= 0x1F808200 && register < 0x1F808240) { // SEND3
            send3[(register - 0x1F808200) >> 2] = (int) value;
        } else if (register >= 0x1F808240 && register < 0x1F808260) { // SEND1, SEND2
            send12[(register - 0x1F808240) >> 2] = (int) value;
        } else {
            switch (register) {
                case 0x1F808260 -> put((int) value); // FIFO in
                case 0x1F808268 -> control((int) value); // CTRL
                case 0x1F808280 -> status &= ~(int) value; // ISTAT
                default -> {}
            }
        }
    }

    private void control(int value) {
        control = value & ~CTRL_START;
        if ((value & CTRL_RESET) == CTRL_RESET) {
            control &= ~CTRL_RESET;
            inputCount = 0;
            outputFirst = 0;
            outputCount = 0;
        }
        if ((value & CTRL_START) != 0) {
            transfer();
        }
    }

    private void transfer() {
        transferring = true;
        outputFirst = 0;
        outputCount = 0;
        recv1 = RECV1_PRESENT;
        int position = 0;
        for (int descriptor : send3) {
            int length = descriptor >> 8 & 0x1FF;
            if (length == 0) {
                break;
            }
            SerialDevice device = ports[descriptor & 3];
            boolean present = device != null && device.present();
            if (present) {
                device.select();
            } else {
                recv1 = RECV1_ABSENT;
            }
            for (int i = 0; i < length; i++) {
                int command = position < inputCount ? input[position] & 0xFF : 0;
                position++;
                int reply = present ? device.exchange(command) : 0xFF;
                if (outputCount < FIFO_BYTES) {
                    output[outputCount++] = (byte) reply;
                }
            }
        }
        inputCount = 0;
        long cycles = (long) Math.max(position, 1) * IOP_CYCLES_PER_BYTE;
        scheduler.scheduleIn(EventType.SIO2_TRANSFER, cycles * Clocks.EE_CYCLES_PER_IOP_CYCLE, 0);
    }

    private void complete() {
        transferring = false;
        onReplies.run();
        status |= 1;
        interrupt.raise();
    }
}
