package soliloquy.bios.iop;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import soliloquy.bios.irx.IopKernel;

/**
 * Files of devices that modules have added, for FILEIO: like the ROM's it calls ioman by its export table, on a thread of its own,
 * so that an ioman that a module brings is called too.
 */
final class ModuleFileCalls {
    static final int CLOSE = 5;
    static final int SEEK = 8;
    static final int IOCTL = 9;
    static final int REMOVE = 10;
    static final int CLOSE_DIRECTORY = 14;
    static final int CHANGE_STATUS = 17;
    static final int FORMAT = 18;

    private static final String IOMAN = "ioman";
    private static final int OPEN = 4;
    private static final int READ = 6;
    private static final int WRITE = 7;
    private static final int OPEN_DIRECTORY = 13;
    private static final int READ_DIRECTORY = 15;
    private static final int STATUS = 16;
    /** io_dirent_t: a status, a name of 256 bytes, and a word. */
    private static final int ENTRY_BYTES = 300;

    private static final int STATUS_BYTES = 40;
    private static final int BUFFER_BYTES = 0x4000;

    private final IopKernel kernel;
    private final IopMemory memory;

    ModuleFileCalls(IopKernel kernel, IopMemory memory) {
        this.kernel = kernel;
        this.memory = memory;
    }

    /** open; {@code done} gets ioman's number of the file, or an error. */
    void open(String path, int flags, IntConsumer done) {
        kernel.call(IOMAN, OPEN, done, text(path), flags);
    }

    /** A function that takes a path and at most three more arguments: remove, mkdir, rmdir, chstat, format. */
    void onPath(int function, String path, IntConsumer done, int... arguments) {
        int[] all = new int[arguments.length + 1];
        all[0] = text(path);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        kernel.call(IOMAN, function, done, all);
    }

    /** close, lseek or ioctl. */
    void onFile(int function, IntConsumer done, int... arguments) {
        kernel.call(IOMAN, function, done, arguments);
    }

    /** Reads at most {@code size} bytes; {@code done} gets them, and 0 or the error that ended it. */
    void read(int number, int size, BiConsumer<byte[], Integer> done) {
        int buffer = kernel.memory().allocate(BUFFER_BYTES);
        if (buffer == 0) {
            done.accept(new byte[0], Errno.EIO);
        } else {
            readPiece(number, size, buffer, new ByteArrayOutputStream(), done);
        }
    }

    private void readPiece(
            int number, int size, int buffer, ByteArrayOutputStream bytes, BiConsumer<byte[], Integer> done) {
        int piece = Math.min(BUFFER_BYTES, size - bytes.size());
        kernel.call(
                IOMAN,
                READ,
                count -> {
                    if (count > 0) {
                        bytes.write(memory.ram().bytes, buffer, Math.min(count, piece));
                    }
                    if (count == piece && bytes.size() < size) {
                        readPiece(number, size, buffer, bytes, done);
                    } else {
                        kernel.memory().release(buffer);
                        done.accept(bytes.toByteArray(), Math.min(count, 0));
                    }
                },
                number,
                buffer,
                piece);
    }

    /** dopen; {@code done} gets ioman's number of the directory, or an error. */
    void openDirectory(String path, IntConsumer done) {
        kernel.call(IOMAN, OPEN_DIRECTORY, done, text(path));
    }

    /** dread: {@code done} gets the result, and the entry if it is more than 0. */
    void readDirectory(int number, BiConsumer<Integer, byte[]> done) {
        fill(ENTRY_BYTES, done, (buffer, result) -> kernel.call(IOMAN, READ_DIRECTORY, result, number, buffer));
    }

    /** getstat: {@code done} gets the result, and the status if it is not an error. */
    void status(String path, BiConsumer<Integer, byte[]> done) {
        fill(STATUS_BYTES, done, (buffer, result) -> kernel.call(IOMAN, STATUS, result, text(path), buffer));
    }

    private void fill(int size, BiConsumer<Integer, byte[]> done, BiConsumer<Integer, IntConsumer> work) {
        int buffer = kernel.memory().allocate(size);
        if (buffer == 0) {
            done.accept(Errno.EIO, new byte[size]);
            return;
        }
        memory.clear(buffer, size);
        work.accept(buffer, result -> {
            byte[] bytes = new byte[size];
            memory.get(buffer, bytes, 0, size);
            kernel.memory().release(buffer);
            done.accept(result, bytes);
        });
    }

    /** Writes {@code bytes}, at most 16 KB; {@code done} gets how many, or an error. */
    void write(int number, byte[] bytes, IntConsumer done) {
        int buffer = kernel.memory().allocate(bytes.length);
        if (buffer == 0) {
            done.accept(Errno.EIO);
            return;
        }
        memory.put(buffer, bytes, 0, bytes.length);
        kernel.call(
                IOMAN,
                WRITE,
                count -> {
                    kernel.memory().release(buffer);
                    done.accept(count);
                },
                number,
                buffer,
                bytes.length);
    }

    private int text(String path) {
        int block = memory.block();
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = Arrays.copyOf(bytes, Math.min(bytes.length, IopMemory.BLOCK_BYTES - 1));
        memory.put(block, cut, 0, cut.length);
        return block;
    }
}
