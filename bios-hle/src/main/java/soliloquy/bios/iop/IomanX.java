package soliloquy.bios.iop;

import soliloquy.bios.irx.BlockList;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;

/**
 * The library iomanx for modules whose program does not bring it: {@link DeviceFiles} with the operations of extended devices and
 * their layouts. It is there when a module imports it and no module exports it; its version is lower than that of ps2sdk's, so that
 * iomanX.irx registers its own later and modules from then on are linked to that. Source: ps2sdk {@code iop/system/iomanx}
 * ({@code exports.tab}, {@code iomanX.c}), {@code iox_stat.h}.
 */
final class IomanX implements Library {
    /** Bytes of io_stat_t and iox_stat_t, and of the name behind them in the entry of a directory. */
    private static final int OLD_STATUS = 40;

    private static final int STATUS = 64;
    private static final int NAME = 256;
    private static final int OLD_ENTRY = OLD_STATUS + NAME + 4;
    private static final int NO_MEMORY = -12;
    private static final int V1 = 3;

    private final IopKernel kernel;
    private final DeviceFiles files;

    IomanX(IopKernel kernel, DeviceFiles files) {
        this.kernel = kernel;
        this.files = files;
    }

    @Override
    public String name() {
        return "iomanx";
    }

    @Override
    public int version() {
        return 0x0100;
    }

    @Override
    public int functions() {
        return 35;
    }

    @Override
    public boolean resident() {
        return false;
    }

    @Override
    public boolean onDemand() {
        return true;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 34 && ordinal != 19 && ordinal != 24;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return false;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        int third = call.argument(2);
        int fourth = call.argument(3);
        return switch (ordinal) {
            case 4 -> files.open(call, first, DeviceOperation.OPEN, second, third);
            case 5, 14 -> {
                call.then(result -> result < 0 ? result : first);
                yield files.close(call, first);
            }
            case 6 -> files.read(call, first, second, third);
            case 7 -> files.write(call, first, second, third);
            case 8 -> files.seek(call, first, second, third);
            case 9 -> files.forward(call, first, DeviceOperation.IOCTL, second, third);
            case 10 -> onPath(call, DeviceOperation.REMOVE);
            case 11 -> onPath(call, DeviceOperation.MAKE_DIRECTORY, second);
            case 12 -> onPath(call, DeviceOperation.REMOVE_DIRECTORY);
            case 13 -> files.open(call, first, DeviceOperation.OPEN_DIRECTORY, 0, 0);
            case 15 -> readDirectory(call, first, second);
            case 16 -> status(call, first, second);
            case 17 -> changeStatus(call, first, second, third);
            case 18 -> onPath(call, DeviceOperation.FORMAT, second, third, fourth);
            case 20 -> files.add(call, first);
            case 21 -> files.remove(call, DeviceFiles.text(call, first));
            case 22 -> files.deviceType(call, first);
            case 23 -> 0; // StdioInit: the terminal is always open
            case 25 -> onPaths(call, DeviceOperation.RENAME, second);
            case 26 -> onPath(call, DeviceOperation.CHANGE_DIRECTORY);
            case 27 -> onPath(call, DeviceOperation.SYNC, second);
            case 28 -> onPath(call, DeviceOperation.MOUNT, second, third, fourth, call.argument(4));
            case 29 -> onPath(call, DeviceOperation.UNMOUNT);
            case 30 -> seek64(call, first, third, fourth, call.argument(4));
            case 31 ->
                files.onPath(
                        call,
                        first,
                        DeviceOperation.DEVICE_CONTROL,
                        second,
                        third,
                        fourth,
                        call.argument(4),
                        call.argument(5));
            case 32 -> onPaths(call, DeviceOperation.LINK, second);
            case 33 -> files.onPath(call, first, DeviceOperation.READ_LINK, second, third);
            default ->
                files.forward(
                        call,
                        first,
                        DeviceOperation.IOCTL_2,
                        second,
                        third,
                        fourth,
                        call.argument(4),
                        call.argument(5));
        };
    }

    /** A call with a path whose result is 0 or an error. */
    private int onPath(ModuleCall call, DeviceOperation operation, int... arguments) {
        int name = call.argument(0);
        call.then(result -> Math.min(result, 0));
        return files.onPath(call, name, operation, arguments);
    }

    private int onPaths(ModuleCall call, DeviceOperation operation, int second) {
        int name = call.argument(0);
        call.then(result -> Math.min(result, 0));
        return files.onPaths(call, name, second, operation);
    }

    /** lseek64, whose offset and result are 64 bits wide: a device of the ROM has no files of 2 GB. */
    private int seek64(ModuleCall call, int file, int low, int high, int whence) {
        if (files.extendedFile(call, file)) {
            return whence < 0 || whence > 2
                    ? wide(call, Errno.EINVAL)
                    : files.forward(call, file, DeviceOperation.SEEK_64, 0, low, high, whence);
        }
        return wide(call, files.deviceType(call, file) == Errno.EBADF ? Errno.EBADF : Errno.ENOSYS);
    }

    private static int wide(ModuleCall call, int result) {
        call.register(V1, result >> 31);
        return result;
    }

    private int readDirectory(ModuleCall call, int file, int buffer) {
        if (files.extendedFile(call, file)) {
            return files.readDirectory(call, file, buffer);
        }
        int old = kernel.memory().allocate(OLD_ENTRY);
        if (old == 0) {
            return NO_MEMORY;
        }
        call.then(result -> {
            if (result > 0) {
                widen(call, old, buffer);
                copy(call, old + OLD_STATUS, buffer + STATUS, NAME);
            }
            return released(old, result);
        });
        return files.readDirectory(call, file, old);
    }

    private int status(ModuleCall call, int name, int buffer) {
        if (files.extendedPath(call, name)) {
            call.then(result -> Math.min(result, 0));
            return files.status(call, name, buffer);
        }
        int old = kernel.memory().allocate(OLD_STATUS);
        if (old == 0) {
            return NO_MEMORY;
        }
        call.then(result -> {
            if (result >= 0) {
                widen(call, old, buffer);
            }
            return released(old, Math.min(result, 0));
        });
        return files.status(call, name, old);
    }

    private int changeStatus(ModuleCall call, int name, int status, int mask) {
        if (files.extendedPath(call, name)) {
            return onPath(call, DeviceOperation.CHANGE_STATUS, status, mask);
        }
        int old = kernel.memory().allocate(OLD_STATUS);
        if (old == 0) {
            return NO_MEMORY;
        }
        call.word(old, oldMode(call.word(status)));
        copy(call, status + 4, old + 4, OLD_STATUS - 4);
        call.then(result -> released(old, Math.min(result, 0)));
        return files.onPath(call, name, DeviceOperation.CHANGE_STATUS, old, mask);
    }

    private int released(int block, int result) {
        BlockList memory = kernel.memory();
        memory.release(block);
        return result;
    }

    private static void copy(ModuleCall call, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            call.octet(to + i, call.octet(from + i));
        }
    }

    /** An iox_stat_t begins as an io_stat_t does, but for the bits of the mode. */
    private static void widen(ModuleCall call, int old, int status) {
        copy(call, old + 4, status + 4, OLD_STATUS - 4);
        call.word(status, newMode(call.word(old)));
    }

    /** The kinds link, file and directory, and the rights of all that the later layout has for owner, group and others. */
    private static int newMode(int old) {
        int kind = ((old & 8) != 0 ? 0x4000 : 0) | ((old & 0x10) != 0 ? 0x2000 : 0) | ((old & 0x20) != 0 ? 0x1000 : 0);
        return kind | (old & 7) * 0111;
    }

    private static int oldMode(int mode) {
        int kind =
                ((mode & 0x4000) != 0 ? 8 : 0) | ((mode & 0x2000) != 0 ? 0x10 : 0) | ((mode & 0x1000) != 0 ? 0x20 : 0);
        return kind | (mode | mode >> 3 | mode >> 6) & 7;
    }
}
