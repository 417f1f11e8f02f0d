package soliloquy.machine;

/**
 * A device on a bus. Addresses are physical and complete, so that register tables read like the manuals. Values are
 * zero-extended on reads; on writes only the low {@code bytes} bytes count.
 */
public interface MemoryMapped {
    /** Reads {@code bytes} (1, 2, 4 or 8) at {@code address}. */
    long read(int address, int bytes);

    /** Writes the low {@code bytes} (1, 2, 4 or 8) of {@code value} at {@code address}. */
    void write(int address, int bytes, long value);

    /** Writes a quadword; devices with a 128-bit port override this. */
    default void writeQuad(int address, long low, long high) {
        write(address, 8, low);
        write(address + 8, 8, high);
    }

    /** Reads the low half of a quadword; {@link #readQuadHigh} follows. */
    default long readQuadLow(int address) {
        return read(address, 8);
    }

    /** Reads the high half of a quadword, after {@link #readQuadLow}. */
    default long readQuadHigh(int address) {
        return read(address + 8, 8);
    }

    /** Reads without side effects, for debuggers. */
    default long peek(int address, int bytes) {
        return 0;
    }
}
