package soliloquy.ee;

import soliloquy.machine.MemoryMapped;

/** One of vector unit 0's two memories of 4 KB, which the processor sees four times in a window of 16 KB. Source: ps2tek "VU Memory Map". */
final class Vu0Memory implements MemoryMapped {
    /** Physical address of the memory of micro programs. */
    static final int MICRO = 0x1100_0000;
    /** Physical address of data memory. */
    static final int DATA = 0x1100_4000;
    /** Bytes of the window. */
    static final int WINDOW = 0x4000;

    private static final int SIZE = 0x1000;

    /** The contents, four words to a quadword. */
    private final int[] words = new int[SIZE / 4];

    private final Listener listener;

    /** Told of each word that the processor changes. */
    @FunctionalInterface
    interface Listener {
        void changed(int index);
    }

    Vu0Memory(Listener listener) {
        this.listener = listener;
    }

    int word(int index) {
        return words[index & words.length - 1];
    }

    void word(int index, int value) {
        words[index & words.length - 1] = value;
        listener.changed(index & words.length - 1);
    }

    @Override
    public long read(int address, int bytes) {
        int index = address >> 2;
        if (bytes == 8) {
            return Lanes.words(word(index), word(index + 1));
        }
        long value = (word(index) & 0xFFFF_FFFFL) >>> 8 * (address & 3);
        return value & (1L << 8 * bytes) - 1;
    }

    @Override
    public void write(int address, int bytes, long value) {
        int index = address >> 2;
        if (bytes == 8) {
            word(index, (int) value);
            word(index + 1, (int) (value >> 32));
        } else {
            int shift = 8 * (address & 3);
            long mask = (1L << 8 * bytes) - 1 << shift;
            word(index, (int) (word(index) & ~mask | value << shift & mask));
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
