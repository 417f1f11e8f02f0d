package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.ModuleCall;

/**
 * Devices that modules add to ioman, and the files open on them. A device is a structure in IOP RAM with a table of functions; each
 * takes the address of a file: mode, unit, device, and a word of the driver's own. Source: ps2sdk {@code ioman.h}.
 */
final class ModuleDevices {
    /** Places in the table of functions. */
    static final int INIT = 0;

    static final int DEINIT = 1;
    static final int FORMAT = 2;
    static final int OPEN = 3;
    static final int CLOSE = 4;
    static final int READ = 5;
    static final int WRITE = 6;
    static final int LSEEK = 7;
    static final int IOCTL = 8;
    static final int REMOVE = 9;
    static final int MKDIR = 10;
    static final int RMDIR = 11;
    static final int DOPEN = 12;
    static final int DCLOSE = 13;
    static final int DREAD = 14;
    static final int GETSTAT = 15;
    static final int CHSTAT = 16;

    private static final int MOST_DEVICES = 16;
    private static final int OPERATIONS = 16;
    private static final int FILE_BYTES = 16;
    /** Bytes of a path that are given to a driver. */
    private static final int PATH_BYTES = 256;

    private static final int DIRECTORY_MODE = 8;

    private final IopKernel kernel;
    private final boolean[] open;
    private final Map<String, Integer> devices = new TreeMap<>();
    /** In IOP RAM: the files, one for calls by path, and a path; 0 until a device is added. */
    private int block;

    ModuleDevices(IopKernel kernel, int files) {
        this.kernel = kernel;
        open = new boolean[files];
    }

    void reset() {
        devices.clear();
        java.util.Arrays.fill(open, false);
        block = 0;
    }

    /** True if a module has added the device of {@code path}. */
    boolean knows(DevicePath path) {
        return devices.containsKey(path.device());
    }

    /** True if {@code descriptor} is open on a module's device. */
    boolean holds(int descriptor) {
        return descriptor >= 0 && descriptor < open.length && open[descriptor];
    }

    private static int function(ModuleCall call, int device, int operation) {
        return call.word(call.word(device + OPERATIONS) + 4 * operation);
    }

    private static String name(ModuleCall call, int address) {
        return new String(call.text(address), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** AddDrv: 0, or -1 if the table is full or the device cannot begin. */
    int add(ModuleCall call, int device) {
        String name = name(call, call.word(device));
        if (devices.size() >= MOST_DEVICES || devices.containsKey(name)) {
            return -1;
        }
        if (block == 0) {
            block = kernel.memory().allocate((open.length + 1) * FILE_BYTES + PATH_BYTES);
        }
        if (block == 0) {
            return -1;
        }
        devices.put(name, device);
        call.invoke(
                function(call, device, INIT),
                result -> {
                    if (result < 0) {
                        devices.remove(name);
                        return -1;
                    }
                    return 0;
                },
                device);
        return 0;
    }

    /** DelDrv: the device's end, by its name. */
    int remove(ModuleCall call, int address) {
        Integer device = devices.remove(name(call, address));
        if (device == null) {
            return -1;
        }
        call.invoke(function(call, device, DEINIT), result -> 0, device);
        return 0;
    }

    private int file(int descriptor) {
        return block + descriptor * FILE_BYTES;
    }

    private int prepare(ModuleCall call, int file, DevicePath path, int mode) {
        int device = devices.get(path.device());
        call.word(file, mode);
        call.word(file + 4, path.unit());
        call.word(file + 8, device);
        call.word(file + 12, 0);
        return device;
    }

    /** Puts the path without its device where the driver can read it; returns the address. */
    private int give(ModuleCall call, DevicePath path) {
        int at = block + (open.length + 1) * FILE_BYTES;
        byte[] text = path.joined().getBytes(StandardCharsets.ISO_8859_1);
        call.text(at, java.util.Arrays.copyOf(text, Math.min(text.length, PATH_BYTES - 1)));
        return at;
    }

    /** open and dopen. */
    int open(ModuleCall call, int descriptor, DevicePath path, int operation, int flags) {
        int file = file(descriptor);
        int device = prepare(call, file, path, operation == DOPEN ? DIRECTORY_MODE : flags);
        open[descriptor] = true;
        call.invoke(
                function(call, device, operation),
                result -> {
                    open[descriptor] = result >= 0;
                    return result < 0 ? result : descriptor;
                },
                file,
                give(call, path),
                flags,
                call.argument(2));
        return 0;
    }

    /** close and dclose. */
    int close(ModuleCall call, int descriptor) {
        int file = file(descriptor);
        int operation = call.word(file) == DIRECTORY_MODE ? DCLOSE : CLOSE;
        call.invoke(
                function(call, call.word(file + 8), operation),
                result -> {
                    open[descriptor] = false;
                    return result;
                },
                file);
        return 0;
    }

    /** A call on an open file: the driver gets the file instead of the descriptor. */
    int pass(ModuleCall call, int descriptor, int operation) {
        int file = file(descriptor);
        call.invoke(
                function(call, call.word(file + 8), operation),
                result -> result,
                file,
                call.argument(1),
                call.argument(2));
        return 0;
    }

    /** A call on a path. */
    int onPath(ModuleCall call, DevicePath path, int operation) {
        int file = file(open.length);
        int device = prepare(call, file, path, 0);
        call.invoke(
                function(call, device, operation),
                result -> result,
                file,
                give(call, path),
                call.argument(1),
                call.argument(2));
        return 0;
    }
}
