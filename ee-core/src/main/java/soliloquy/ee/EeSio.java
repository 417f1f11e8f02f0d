package soliloquy.ee;

import soliloquy.machine.MemoryMapped;
import soliloquy.machine.TextOutput;

/**
 * The EE's serial port, as it looks with nobody typing: always ready to send, never anything received. What is sent is console
 * text. Source: ps2sdk {@code sio.c}.
 */
public final class EeSio implements MemoryMapped {
    /** Physical address at which the registers start. */
    public static final int BASE = 0x1000_F100;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x100;

    private final TextOutput output;
    private int lineControl;
    private int interruptEnable;
    private int baudRate;

    /** @param output takes the bytes sent */
    public EeSio(TextOutput output) {
        this.output = output;
    }

    @Override
    public long read(int address, int bytes) {
        return switch (address) {
            case 0x1000F100 -> lineControl; // SIO_LCR
            case 0x1000F120 -> interruptEnable; // SIO_IER
            case 0x1000F150 -> baudRate; // SIO_BGR
            default -> 0; // SIO_LSR, SIO_ISR, SIO_RXFIFO: no error, FIFOs empty
        };
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address) {
            case 0x1000F100 -> lineControl = (int) value & 0xFFFF; // SIO_LCR
            case 0x1000F120 -> interruptEnable = (int) value & 0xFFFF; // SIO_IER
            case 0x1000F150 -> baudRate = (int) value & 0xFFFF; // SIO_BGR
            case 0x1000F180 -> output.write((int) value & 0xFF); // SIO_TXFIFO
            default -> {}
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
