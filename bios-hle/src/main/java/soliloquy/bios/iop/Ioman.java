package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.KernelError;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;

/**
 * The library ioman: files of the ROM's devices, and of devices that modules add. Layouts of iop_device_t, iop_device_ops_t and
 * iop_file_t: ps2sdk {@code iop/system/ioman}.
 */
final class Ioman implements Library {
    /** Where the file structures lie that modules' devices get. */
    private static final int FILES = 0x600;

    private static final int FILE_BYTES = 16;
    private static final int MOST_FILES = 32;
    private static final int MOST_DEVICES = 16;
    private static final int LONGEST_NAME = 32;

    private static final int READS = 1;
    private static final int WRITES = 2;

    /** Places in iop_device_ops_t. */
    private static final int INIT = 0;

    private static final int DEINIT = 1;
    private static final int FORMAT = 2;
    private static final int OPEN = 3;
    private static final int CLOSE = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int SEEK = 7;
    private static final int IOCTL = 8;
    private static final int REMOVE = 9;
    private static final int OPEN_DIRECTORY = 12;
    private static final int CLOSE_DIRECTORY = 13;
    private static final int READ_DIRECTORY = 14;
    private static final int STATUS = 15;
    private static final int CHANGE_STATUS = 16;

    /**
     * An open file.
     *
     * @param file of a device in Java, or null
     * @param device the module's iop_device_t, or 0
     */
    private record Open(IopFile file, int device, int mode) {}

    /** A device of a module and the rest of a path on it. */
    private record Place(int device, int unit, int path) {}

    private final IopKernel kernel;
    private final IopMemory memory;
    private final List<IopDevice> own;
    private final List<IopDevice> there = new ArrayList<>();
    private final List<Integer> added = new ArrayList<>();
    private final Open[] files = new Open[MOST_FILES];
    private final IopFile terminal;

    /** @param terminal files 0 and 1 */
    Ioman(IopKernel kernel, IopMemory memory, List<IopDevice> devices, IopFile terminal) {
        this.kernel = kernel;
        this.memory = memory;
        own = devices;
        this.terminal = terminal;
        reset();
    }

    @Override
    public void reset() {
        for (Open open : files) {
            if (open != null && open.file != null) {
                open.file.close();
            }
        }
        Arrays.fill(files, null);
        there.clear();
        there.addAll(own);
        added.clear();
        files[0] = new Open(terminal, 0, READS | WRITES);
        files[1] = new Open(terminal, 0, WRITES);
    }

    @Override
    public String name() {
        return "ioman";
    }

    @Override
    public int functions() {
        return 25;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 18 || ordinal == 20 || ordinal == 21;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return false;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        return switch (ordinal) {
            case 4 -> open(call, first, OPEN);
            case 5 -> close(call, first, CLOSE);
            case 6 -> read(call, first);
            case 7 -> write(call, first);
            case 8 -> seek(call, first);
            case 9 -> forward(call, first, IOCTL, call.argument(1), call.argument(2));
            case 10, 11, 12 -> onPath(call, first, REMOVE + ordinal - 10);
            case 13 -> open(call, first, OPEN_DIRECTORY);
            case 14 -> close(call, first, CLOSE_DIRECTORY);
            case 15 -> readDirectory(call, first);
            case 16 -> status(call, first);
            case 17 -> onPath(call, first, CHANGE_STATUS);
            case 18 -> onPath(call, first, FORMAT);
            case 20 -> add(call, first);
            default -> remove(call, text(call, first));
        };
    }

    private static String text(ModuleCall call, int address) {
        return new String(call.text(address), StandardCharsets.ISO_8859_1);
    }

    private static int physical(int address) {
        return address & 0x1FFF_FFFF;
    }

    private int add(ModuleCall call, int device) {
        if (added.size() >= MOST_DEVICES) {
            return -1;
        }
        added.add(device);
        call.invoke(
                operation(call, device, INIT),
                result -> {
                    if (result < 0) {
                        added.removeIf(at -> at == device);
                    }
                    return result < 0 ? -1 : 0;
                },
                device);
        return 0;
    }

    private int remove(ModuleCall call, String name) {
        for (int device : added) {
            if (text(call, call.word(device)).equals(name)) {
                call.invoke(
                        operation(call, device, DEINIT),
                        result -> {
                            added.removeIf(at -> at == device);
                            return 0;
                        },
                        device);
                return 0;
            }
        }
        return there.removeIf(device -> device.names().contains(name)) ? 0 : -1;
    }

    private static int operation(ModuleCall call, int device, int index) {
        return call.word(call.word(device + 16) + 4 * index);
    }

    /** The module's device that the text at {@code address} names, or null. */
    private Place place(ModuleCall call, int address) {
        int start = address;
        while (call.octet(start) == ' ') {
            start++;
        }
        int colon = start;
        while (call.octet(colon) != ':') {
            if (call.octet(colon) == 0 || colon - start >= LONGEST_NAME) {
                return null;
            }
            colon++;
        }
        int digits = colon;
        int unit = 0;
        for (int scale = 1; digits > start && Character.isDigit(call.octet(digits - 1)); scale *= 10) {
            digits--;
            unit += (call.octet(digits) - '0') * scale;
        }
        byte[] name = new byte[digits - start];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) call.octet(start + i);
        }
        for (int device : added) {
            if (Arrays.equals(call.text(call.word(device)), name)) {
                return new Place(device, unit, colon + 1);
            }
        }
        return null;
    }

    private IopDevice device(DevicePath path) {
        for (IopDevice device : there) {
            if (device.names().contains(path.device())) {
                return device;
            }
        }
        return null;
    }

    private int free() {
        for (int i = 0; i < MOST_FILES; i++) {
            if (files[i] == null) {
                return i;
            }
        }
        return IopErrors.TOO_MANY_FILES;
    }

    private Open file(int number) {
        return number >= 0 && number < MOST_FILES ? files[number] : null;
    }

    private static int structure(int number) {
        return FILES + number * FILE_BYTES;
    }

    /** Fills in the structure of file {@code number} for a module's device. */
    private void prepare(int number, Place place, int mode) {
        memory.word(structure(number), mode);
        memory.word(structure(number) + 4, place.unit);
        memory.word(structure(number) + 8, place.device);
        memory.word(structure(number) + 12, 0);
    }

    private int open(ModuleCall call, int name, int operation) {
        int number = free();
        if (number < 0) {
            return number;
        }
        int mode = operation == OPEN ? call.argument(1) : 0;
        Place place = place(call, name);
        if (place != null) {
            prepare(number, place, mode);
            files[number] = new Open(null, place.device, mode);
            IntUnaryOperator opened = result -> {
                if (result < 0) {
                    files[number] = null;
                }
                return result < 0 ? result : number;
            };
            call.invoke(
                    operation(call, place.device, operation),
                    opened,
                    structure(number),
                    place.path,
                    mode,
                    call.argument(2));
            return 0;
        }
        DevicePath path = DevicePath.parse(text(call, name));
        IopDevice device = device(path);
        if (device == null) {
            return IopErrors.NO_DEVICE;
        }
        Consumer<Consumer<IopDevice.Opened>> work =
                operation == OPEN ? done -> device.open(path, mode, done) : done -> device.openDirectory(path, done);
        return await(done -> work.accept(opened -> {
            if (opened.file() != null) {
                files[number] = new Open(opened.file(), 0, mode);
            }
            done.accept(opened.file() == null ? opened.error() : number);
        }));
    }

    private int close(ModuleCall call, int number, int operation) {
        Open open = file(number);
        if (open == null) {
            return IopErrors.BAD_FILE;
        }
        if (open.file != null) {
            files[number] = null;
            return open.file.close();
        }
        call.invoke(
                operation(call, open.device, operation),
                result -> {
                    files[number] = null;
                    return result;
                },
                structure(number));
        return 0;
    }

    /** Calls operation {@code index} of the module's device of an open file. */
    private int forward(ModuleCall call, int number, int index, int second, int third) {
        Open open = file(number);
        if (open == null) {
            return IopErrors.BAD_FILE;
        }
        if (open.file != null) {
            return IopErrors.NOT_DONE;
        }
        call.invoke(operation(call, open.device, index), result -> result, structure(number), second, third);
        return 0;
    }

    private int read(ModuleCall call, int number) {
        Open open = file(number);
        int address = physical(call.argument(1));
        int count = call.argument(2);
        if (open == null || (open.mode & READS) == 0) {
            return IopErrors.BAD_FILE;
        }
        if (open.file == null) {
            return forward(call, number, READ, call.argument(1), count);
        }
        return memory.inRam(address, count) ? await(done -> open.file.read(address, count, done)) : IopErrors.INVALID;
    }

    private int write(ModuleCall call, int number) {
        Open open = file(number);
        int address = physical(call.argument(1));
        int count = call.argument(2);
        if (open == null || (open.mode & WRITES) == 0) {
            return IopErrors.BAD_FILE;
        }
        if (open.file == null) {
            return forward(call, number, WRITE, call.argument(1), count);
        }
        return memory.inRam(address, count) ? open.file.write(address, count) : IopErrors.INVALID;
    }

    private int seek(ModuleCall call, int number) {
        Open open = file(number);
        int whence = call.argument(2);
        if (open != null && (whence < 0 || whence > 2)) {
            return IopErrors.INVALID;
        }
        return open != null && open.file != null
                ? open.file.seek(call.argument(1), whence)
                : forward(call, number, SEEK, call.argument(1), whence);
    }

    private int readDirectory(ModuleCall call, int number) {
        Open open = file(number);
        return open != null && open.file != null
                ? open.file.nextEntry(physical(call.argument(1)))
                : forward(call, number, READ_DIRECTORY, call.argument(1), 0);
    }

    /** A call with a path and at most two more arguments; the devices in Java do none of them. */
    private int onPath(ModuleCall call, int name, int index) {
        Place place = place(call, name);
        if (place == null) {
            return device(DevicePath.parse(text(call, name))) == null ? IopErrors.NO_DEVICE : IopErrors.NOT_DONE;
        }
        int number = free();
        if (number < 0) {
            return number;
        }
        prepare(number, place, 0);
        files[number] = new Open(null, place.device, 0);
        IntUnaryOperator over = result -> {
            files[number] = null;
            return result;
        };
        call.invoke(
                operation(call, place.device, index),
                over,
                structure(number),
                place.path,
                call.argument(1),
                call.argument(2));
        return 0;
    }

    private int status(ModuleCall call, int name) {
        DevicePath path = DevicePath.parse(text(call, name));
        IopDevice device = place(call, name) == null ? device(path) : null;
        int address = physical(call.argument(1));
        return device == null ? onPath(call, name, STATUS) : await(done -> device.status(path, address, done));
    }

    /** The calling thread waits until {@code work} gives what its call returns. */
    private int await(Consumer<IntConsumer> work) {
        WaitQueue queue = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
        Integer[] early = {null};
        work.accept(result -> {
            early[0] = result;
            kernel.threads().wakeFirst(queue, result);
        });
        if (early[0] == null) {
            kernel.threads().block(queue);
            return KernelError.ILLEGAL_CONTEXT;
        }
        return early[0];
    }
}
