package soliloquy.cdvd;

/** A FIFO of bytes in front of or behind a command register. */
final class ByteQueue {
    private final byte[] bytes;
    private int first;
    private int count;

    ByteQueue(int capacity) {
        bytes = new byte[capacity];
    }

    int count() {
        return count;
    }

    /** Appends the low byte of {@code value}; false if there is no room. */
    boolean put(int value) {
        if (first + count == bytes.length) {
            return false;
        }
        bytes[first + count++] = (byte) value;
        return true;
    }

    /** Takes the oldest byte, or 0 if there is none. */
    int take() {
        if (count == 0) {
            return 0;
        }
        count--;
        return bytes[first++] & 0xFF;
    }

    /** The byte that {@link #take} would return. */
    int peek() {
        return count == 0 ? 0 : bytes[first] & 0xFF;
    }

    /** The byte {@code index} places behind the oldest, or 0 past the end. */
    int get(int index) {
        return index < count ? bytes[first + index] & 0xFF : 0;
    }

    /** Four bytes from {@code index}, little-endian. */
    int word(int index) {
        return get(index) | get(index + 1) << 8 | get(index + 2) << 16 | get(index + 3) << 24;
    }

    void clear() {
        first = 0;
        count = 0;
    }
}
