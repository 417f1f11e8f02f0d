package soliloquy.bios.iop;

import java.util.function.IntConsumer;

/** A file or directory that a module has open on a device of the ROM. Errors are negative, as in {@link IopErrors}. */
interface IopFile {
    /** Reads at most {@code count} bytes to {@code address} in IOP RAM; {@code done} is told how many, or an error. */
    default void read(int address, int count, IntConsumer done) {
        done.accept(IopErrors.NOT_DONE);
    }

    /** Writes {@code count} bytes at {@code address} in IOP RAM; returns how many, or an error. */
    default int write(int address, int count) {
        return IopErrors.NOT_DONE;
    }

    /** Moves the position; {@code whence} is 0, 1, 2 for the start, the position, the end. Returns the new position, or an error. */
    default int seek(int offset, int whence) {
        return IopErrors.NOT_DONE;
    }

    /** Puts the next entry of a directory at {@code address}; returns 1, 0 at the end, or an error. */
    default int nextEntry(int address) {
        return IopErrors.NOT_DONE;
    }

    /** Closes it; returns 0 or an error. */
    default int close() {
        return 0;
    }

    /** What {@link #seek} goes to, or {@link IopErrors#INVALID}. */
    static long target(long position, long size, int offset, int whence) {
        long base = switch (whence) {
            case 0 -> 0;
            case 1 -> position;
            case 2 -> size;
            default -> Long.MIN_VALUE / 2;
        };
        return base + offset < 0 || base + offset > Integer.MAX_VALUE ? IopErrors.INVALID : base + offset;
    }
}
