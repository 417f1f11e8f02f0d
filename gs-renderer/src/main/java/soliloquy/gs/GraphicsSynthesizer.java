package soliloquy.gs;

import soliloquy.machine.Frame;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.LineCounter;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/**
 * The Graphics Synthesizer: 4 MB of local memory, the general registers behind the GIF, the privileged registers at 0x12000000,
 * the video signal's timing and its picture. Draws at once: a primitive is in memory when its register write returns.
 */
public final class GraphicsSynthesizer implements GraphicsPort, MemoryMapped {
    private static final int HWREG = 0x54;
    private static final int SIGNAL = 0x60;
    private static final int FINISH = 0x61;
    private static final int LABEL = 0x62;

    private final LocalMemory memory = new LocalMemory();
    private final PrivilegedRegisters privileged;
    private final VideoTiming timing;
    private final DisplayOutput display;
    private final ImageTransfer transfer;
    private final GeneralRegisters general;

    /**
     * Wires the chip and starts the video signal, NTSC interlaced until the guest says otherwise.
     *
     * @param gsInterrupt INTC source 0: an unmasked event of CSR
     * @param lines told of the end of each line while it counts them; it has to call {@link #linesCounted} when it begins to
     * @param vblankStart INTC source 2 and whoever else waits for the picture's end
     * @param vblankEnd INTC source 3
     */
    public GraphicsSynthesizer(
            Scheduler scheduler,
            InterruptLine gsInterrupt,
            LineCounter lines,
            InterruptLine vblankStart,
            InterruptLine vblankEnd,
            Notices notices) {
        privileged = new PrivilegedRegisters(gsInterrupt, notices);
        timing = new VideoTiming(scheduler, privileged, lines, vblankStart, vblankEnd);
        display = new DisplayOutput(memory, privileged);
        transfer = new ImageTransfer(memory, notices);
        general = new GeneralRegisters(memory, transfer, notices);
        privileged.onReset(() -> {
            general.reset();
            transfer.reset();
        });
    }

    @Override
    public void writeRegister(int register, long value) {
        switch (register) {
            case HWREG -> transfer.writeWord(value);
            case SIGNAL -> privileged.signal(value);
            case FINISH -> privileged.finish();
            case LABEL -> privileged.label(value);
            default -> general.write(register, value);
        }
    }

    /** The GIF latches Q itself and gives it with each RGBAQ, so nothing is kept here. */
    @Override
    public void setQ(int floatBits) {}

    @Override
    public void transferImage(byte[] data, int offset, int length) {
        transfer.write(data, offset, length);
    }

    /**
     * Takes the data of a local to host transfer (TRXDIR 1), as VIF1's FIFO does.
     *
     * @return bytes delivered: {@code length}, or fewer at the end of the transfer
     */
    public int readImage(byte[] destination, int offset, int length) {
        return transfer.read(destination, offset, length);
    }

    @Override
    public long read(int address, int bytes) {
        timing.settle();
        return privileged.read(address, bytes);
    }

    @Override
    public void write(int address, int bytes, long value) {
        timing.settle();
        privileged.write(address, bytes, value);
        timing.linesCounted();
    }

    /** Somebody may have begun to count lines. */
    public void linesCounted() {
        timing.linesCounted();
    }

    @Override
    public long peek(int address, int bytes) {
        timing.settle();
        return privileged.read(address, bytes);
    }

    /** Puts what the console shows now into {@code frame}. */
    public void frame(Frame frame) {
        display.read(frame);
    }

    /** Fields shown since power-on: vertical blanks that started. */
    public long fields() {
        return timing.fields();
    }

    /** The local memory, for debuggers and tests. */
    public LocalMemory memory() {
        return memory;
    }
}
