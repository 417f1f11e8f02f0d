package soliloquy.bios.iop;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;

/** A device of the ROM's ioman in Java: what stands before the colon of a path. */
interface IopDevice {
    /**
     * What became of an open.
     *
     * @param file null if it failed
     * @param error 0, or why it failed, negative
     */
    record Opened(IopFile file, int error) {
        static Opened of(IopFile file) {
            return new Opened(file, 0);
        }

        static Opened failed(int error) {
            return new Opened(null, error);
        }
    }

    /** Its names, in small letters, without unit numbers. */
    Set<String> names();

    /** Opens a file; {@code flags} as ioman has them: 1 reads, 2 writes, 0x100 appends, 0x200 creates, 0x400 truncates. */
    void open(DevicePath path, int flags, Consumer<Opened> opened);

    /** Opens a directory. */
    default void openDirectory(DevicePath path, Consumer<Opened> opened) {
        opened.accept(Opened.failed(IopErrors.NOT_DONE));
    }

    /** Puts the status of a file at {@code address}; {@code done} is told 0 or an error. */
    default void status(DevicePath path, int address, IntConsumer done) {
        done.accept(IopErrors.NOT_DONE);
    }
}
