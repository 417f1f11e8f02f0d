package soliloquy.console.gdb;

import java.util.function.IntToLongFunction;

/**
 * A register as the debugger knows it.
 *
 * @param feature the part of the target's description that it belongs to
 * @param type of GDB, or one that the description defines
 * @param bits 32, 64 or 128
 * @param read the low half for 0, the high half for 1
 * @param write null if it cannot be changed
 * @param threadIndex place in the general registers of a thread's context; -1 for none, {@link #PC} for its pc
 */
record Register(
        String feature, String name, String type, int bits, IntToLongFunction read, Writer write, int threadIndex) {
    static final int NOT_OF_THREADS = -1;
    static final int PC = -2;

    /** Changes a register. */
    @FunctionalInterface
    interface Writer {
        void write(long low, long high);
    }

    int bytes() {
        return bits / 8;
    }
}
