package soliloquy.ee;

import soliloquy.machine.MemoryMapped;

/** Vector unit 0's 4 KB of data memory, which the processor sees at {@link #ADDRESS}. */
final class Vu0Data implements MemoryMapped {
    static final int ADDRESS = 0x1100_4000;
    static final int SIZE = 0x1000;

    /** The contents, four words to a quadword. */
    private final int[] words = new int[SIZE / 4];

    int word(int index) {
        return words[index & words.length - 1];
    }

    void word(int index, int value) {
        words[index & words.length - 1] = value;
    }

    @Override
    public long read(int address, int bytes) {
        int index = address - ADDRESS >> 2;
        if (bytes == 8) {
            return Lanes.words(word(index), word(index + 1));
        }
        long value = (word(index) & 0xFFFF_FFFFL) >>> 8 * (address & 3);
        return value & (1L << 8 * bytes) - 1;
    }

    @Override
    public void write(int address, int bytes, long value) {
        int index = address - ADDRESS >> 2;
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
