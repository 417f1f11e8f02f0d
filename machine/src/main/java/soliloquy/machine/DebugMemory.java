package soliloquy.machine;

/** A processor's memory as debuggers see it: without side effects, devices left out. Used by the emulation thread only. */
public interface DebugMemory {
    /** The byte at an address, 0 to 255; -1 where there is no memory. */
    int peek(int address);

    /** Changes the byte at an address; false where there is no memory. Code that is decoded there is forgotten. */
    boolean poke(int address, int value);

    /** The little-endian word at an address; 0 where there is no memory. */
    default int peek32(int address) {
        int word = 0;
        for (int i = 3; i >= 0; i--) {
            int value = peek(address + i);
            word = word << 8 | (value < 0 ? 0 : value);
        }
        return word;
    }
}
