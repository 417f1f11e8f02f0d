package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.KernelError;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;

/**
 * Files of the ROM's devices, and of devices that modules add, behind the libraries {@link Ioman} and {@link IomanX}. Layouts of
 * iop_device_t, iop_device_ops_t and iop_file_t: ps2sdk {@code iop/system/ioman}, {@code iomanX.h}.
 */
final class DeviceFiles {
    /** Where the file structures lie that modules' devices get. */
    private static final int FILES = 0x600;

    private static final int FILE_BYTES = 16;
    private static final int MOST_FILES = 32;
    private static final int MOST_DEVICES = 16;
    private static final int LONGEST_NAME = 32;

    private static final int READS = 1;
    private static final int WRITES = 2;
    /** Mode of a directory. */
    private static final int DIRECTORY = 8;

    /** In the type of a device that has the operations from {@link #RENAME} on. */
    private static final int EXTENDED_TYPE = 0x1000_0000;

    private static final int TYPE_MASK = 0xF000_0000;

    /** Places in iop_device_ops_t. */
    private static final int INIT = 0;

    private static final int DEINIT = 1;
    static final int FORMAT = 2;
    static final int OPEN = 3;
    private static final int CLOSE = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int SEEK = 7;
    static final int IOCTL = 8;
    static final int REMOVE = 9;
    static final int MAKE_DIRECTORY = 10;
    static final int REMOVE_DIRECTORY = 11;
    static final int OPEN_DIRECTORY = 12;
    private static final int CLOSE_DIRECTORY = 13;
    static final int READ_DIRECTORY = 14;
    static final int STATUS = 15;
    static final int CHANGE_STATUS = 16;
    static final int RENAME = 17;
    static final int CHANGE_DIRECTORY = 18;
    static final int SYNC = 19;
    static final int MOUNT = 20;
    static final int UNMOUNT = 21;
    static final int SEEK_64 = 22;
    static final int DEVICE_CONTROL = 23;
    static final int LINK = 24;
    static final int READ_LINK = 25;
    static final int IOCTL_2 = 26;

    /** What a number stands for: a file or a directory of the ROM's devices, or a file of the module's device at an address. */
    private sealed interface Open {}

    private record File(OpenFile file, int mode) implements Open {}

    private record Directory(Iterator<DiscDirectory.Entry> entries) implements Open {}

    private record Guest(int device, int mode) implements Open {}

    /** A device of a module and the rest of a path on it. */
    private record Place(int device, int unit, int path) {}

    private final IopKernel kernel;
    private final IopMemory memory;
    private final FileOpener opener;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private final Set<String> devices = new HashSet<>();
    private final List<Integer> added = new ArrayList<>();
    private final Open[] files = new Open[MOST_FILES];

    DeviceFiles(IopKernel kernel, IopMemory memory, FileOpener opener, DiscReader reader, DiscDirectory directory) {
        this.kernel = kernel;
        this.memory = memory;
        this.opener = opener;
        this.reader = reader;
        this.directory = directory;
        reset();
    }

    /** Closes all files and forgets the devices that modules have added. */
    void reset() {
        for (Open open : files) {
            if (open instanceof File file) {
                close(file.file);
            }
        }
        Arrays.fill(files, null);
        devices.addAll(Set.of("cdrom", "host", "rom", "tty"));
        added.clear();
        files[0] = new File(opener.terminal(), READS | WRITES);
        files[1] = new File(opener.terminal(), WRITES);
    }

    static String text(ModuleCall call, int address) {
        return new String(call.text(address), StandardCharsets.ISO_8859_1);
    }

    private static int physical(int address) {
        return address & 0x1FFF_FFFF;
    }

    /** AddDrv. */
    int add(ModuleCall call, int device) {
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

    /** DelDrv. */
    int remove(ModuleCall call, String name) {
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
        return devices.remove(name) ? 0 : -1;
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

    private int free() {
        for (int i = 0; i < MOST_FILES; i++) {
            if (files[i] == null) {
                return i;
            }
        }
        return Errno.EMFILE;
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

    /**
     * open and dopen: the number of a file or directory, or an error.
     *
     * @param operation {@link #OPEN} or {@link #OPEN_DIRECTORY}
     * @param flags of a file
     * @param permissions of a file that is made
     */
    int open(ModuleCall call, int name, int operation, int flags, int permissions) {
        int number = free();
        if (number < 0) {
            return number;
        }
        int mode = operation == OPEN ? flags : DIRECTORY;
        Place place = place(call, name);
        if (place != null) {
            prepare(number, place, mode);
            files[number] = new Guest(place.device, mode);
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
                    flags,
                    permissions);
            return 0;
        }
        String path = text(call, name);
        if (!devices.contains(DevicePath.parse(path).device())) {
            return Errno.ENODEV;
        }
        return operation == OPEN ? openFile(number, path, mode) : openDirectory(number, DevicePath.parse(path));
    }

    private int openFile(int number, String path, int mode) {
        return await(done -> opener.open(path, mode, new FileOpener.Listener() {
            @Override
            public void opened(OpenFile file) {
                files[number] = new File(file, mode);
                done.accept(number);
            }

            @Override
            public void failed(int error) {
                done.accept(error);
            }
        }));
    }

    private int openDirectory(int number, DevicePath path) {
        if (path.device().equals("host")) {
            List<DiscDirectory.Entry> entries = opener.list(path).orElse(null);
            files[number] = entries == null ? null : new Directory(entries.iterator());
            return entries == null ? Errno.ENOENT : number;
        }
        if (!path.isDisc()) {
            return Errno.ENOSYS;
        }
        return await(done -> directory.list(path.parts(), found -> {
            found.ifPresent(entries -> files[number] = new Directory(entries.iterator()));
            done.accept(found.isPresent() ? number : Errno.ENOENT);
        }));
    }

    private static int close(OpenFile file) {
        try {
            file.close();
            return 0;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** close of a file or a directory. */
    int close(ModuleCall call, int number) {
        Open open = file(number);
        if (open instanceof Guest guest) {
            call.invoke(
                    operation(call, guest.device, (guest.mode & DIRECTORY) != 0 ? CLOSE_DIRECTORY : CLOSE),
                    result -> {
                        files[number] = null;
                        return result;
                    },
                    structure(number));
            return 0;
        }
        if (open == null) {
            return Errno.EBADF;
        }
        files[number] = null;
        return open instanceof File file ? close(file.file) : 0;
    }

    /** Calls operation {@code index} of the module's device of an open file, with at most six arguments. */
    int forward(ModuleCall call, int number, int index, int... arguments) {
        if (!(file(number) instanceof Guest guest)) {
            return file(number) == null ? Errno.EBADF : Errno.ENOSYS;
        }
        if (index >= RENAME && !extended(call, guest.device)) {
            return Errno.ENOSYS;
        }
        int[] all = new int[arguments.length + 1];
        all[0] = structure(number);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        call.invoke(operation(call, guest.device, index), result -> result, all);
        return 0;
    }

    private static boolean extended(ModuleCall call, int device) {
        return (call.word(device + 4) & TYPE_MASK) == EXTENDED_TYPE;
    }

    /** True if the text at {@code name} is on a module's device that knows the later operations and layouts. */
    boolean extendedPath(ModuleCall call, int name) {
        Place place = place(call, name);
        return place != null && extended(call, place.device);
    }

    /** True if file {@code number} is on a module's device that knows the later operations and layouts. */
    boolean extendedFile(ModuleCall call, int number) {
        return file(number) instanceof Guest guest && extended(call, guest.device);
    }

    /** The type of the device of a file: that of its module, else the one that ps2sdk's drivers for the same have. */
    int deviceType(ModuleCall call, int number) {
        return switch (file(number)) {
            case null -> Errno.EBADF;
            case Guest guest -> call.word(guest.device + 4);
            case File file when file.file instanceof OpenFile.Terminal -> 3;
            case File file -> 0x10;
            case Directory directory -> 0x10;
        };
    }

    /** read. */
    int read(ModuleCall call, int number, int buffer, int size) {
        int address = physical(buffer);
        return switch (file(number)) {
            case Guest guest when (guest.mode & READS) != 0 -> forward(call, number, READ, buffer, size);
            case File file
            when (file.mode & READS) != 0 ->
                memory.inRam(address, size) ? read(file.file, address, size) : Errno.EINVAL;
            case null, default -> Errno.EBADF;
        };
    }

    private int read(OpenFile file, int address, int size) {
        try {
            int count = (int) Math.max(0, Math.min(size, file.size() - file.position()));
            if (count > 0 && file instanceof OpenFile.OnDisc disc) {
                return await(done -> readDisc(disc, address, count, done));
            }
            if (count > 0 && file instanceof OpenFile.AtHand atHand) {
                byte[] bytes = new byte[count];
                atHand.read(bytes);
                memory.put(address, bytes, 0, count);
            }
            return count;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    private void readDisc(OpenFile.OnDisc disc, int address, int count, IntConsumer done) {
        int skip = disc.position % DiscReader.SECTOR;
        int sectors = (int) (((long) skip + count + DiscReader.SECTOR - 1) / DiscReader.SECTOR);
        reader.read(disc.lsn + disc.position / DiscReader.SECTOR, sectors, 0, 0, new DiscReader.Consumer() {
            private int left = skip;
            private int copied;

            @Override
            public void sectors(int from, int number, Runnable release) {
                int bytes = Math.min(number * DiscReader.SECTOR - left, count - copied);
                memory.move(address + copied, from + left, bytes);
                copied += bytes;
                left = 0;
                release.run();
            }

            @Override
            public void finished(int error) {
                disc.position += error == 0 ? count : 0;
                done.accept(error == 0 ? count : Errno.EIO);
            }
        });
    }

    /** write. */
    int write(ModuleCall call, int number, int buffer, int size) {
        int address = physical(buffer);
        return switch (file(number)) {
            case Guest guest when (guest.mode & WRITES) != 0 -> forward(call, number, WRITE, buffer, size);
            case File file
            when (file.mode & WRITES) != 0 ->
                memory.inRam(address, size) ? write(file.file, address, size) : Errno.EINVAL;
            case null, default -> Errno.EBADF;
        };
    }

    private int write(OpenFile file, int address, int size) {
        byte[] bytes = new byte[size];
        memory.get(address, bytes, 0, size);
        return file.write(bytes);
    }

    /** lseek. */
    int seek(ModuleCall call, int number, int offset, int whence) {
        if (file(number) != null && (whence < 0 || whence > 2)) {
            return Errno.EINVAL;
        }
        if (!(file(number) instanceof File file)) {
            return forward(call, number, SEEK, offset, whence);
        }
        try {
            return FileService.seek(file.file, offset, whence);
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** dread: 1 and an io_dirent_t, of an extended device an iox_dirent_t; 0 at the end. */
    int readDirectory(ModuleCall call, int number, int buffer) {
        if (!(file(number) instanceof Directory open)) {
            return file(number) instanceof Guest guest && (guest.mode & DIRECTORY) == 0
                    ? Errno.EBADF
                    : forward(call, number, READ_DIRECTORY, buffer);
        }
        if (!open.entries.hasNext()) {
            return 0;
        }
        IopStatus.putEntry(memory, physical(buffer), open.entries.next());
        return 1;
    }

    /** What the ROM's devices do with a path: files and directories of the host are made and removed. */
    private int onOwnDevice(String path, int index) {
        if (!devices.contains(DevicePath.parse(path).device())) {
            return Errno.ENODEV;
        }
        return switch (index) {
            case REMOVE, REMOVE_DIRECTORY -> opener.change(path, HostFolder::delete);
            case MAKE_DIRECTORY -> opener.change(path, HostFolder::makeDirectory);
            default -> Errno.ENOSYS;
        };
    }

    /**
     * A call with a path of operation {@code index} and at most five more arguments.
     *
     * @param name address of the path
     */
    int onPath(ModuleCall call, int name, int index, int... arguments) {
        Place place = place(call, name);
        if (place == null) {
            return onOwnDevice(text(call, name), index);
        }
        if (index >= RENAME && !extended(call, place.device)) {
            return Errno.ENOSYS;
        }
        int number = free();
        if (number < 0) {
            return number;
        }
        prepare(number, place, 0);
        files[number] = new Guest(place.device, 0);
        IntUnaryOperator over = result -> {
            files[number] = null;
            return result;
        };
        int[] all = new int[arguments.length + 2];
        all[0] = structure(number);
        all[1] = place.path;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        call.invoke(operation(call, place.device, index), over, all);
        return 0;
    }

    /** A call with two paths on one device, rename or symlink; the second may leave the device out. */
    int onPaths(ModuleCall call, int name, int second, int index) {
        Place place = place(call, name);
        boolean whole = text(call, second).indexOf(':') >= 0;
        if (place != null) {
            Place target = whole ? place(call, second) : new Place(place.device, place.unit, second);
            return target == null || target.device != place.device || target.unit != place.unit
                    ? Errno.EXDEV
                    : onPath(call, name, index, target.path);
        }
        String path = text(call, name);
        DevicePath target = DevicePath.parse(text(call, second));
        DevicePath from = DevicePath.parse(path);
        if (!devices.contains(from.device())) {
            return Errno.ENODEV;
        }
        if (whole && (!target.device().equals(from.device()) || target.unit() != from.unit())) {
            return Errno.EXDEV;
        }
        return index == RENAME
                ? opener.change(path, (folder, parts) -> folder.move(parts, target.parts()))
                : Errno.ENOSYS;
    }

    /** getstat: an io_stat_t, of an extended device an iox_stat_t. */
    int status(ModuleCall call, int name, int buffer) {
        String text = text(call, name);
        DevicePath path = DevicePath.parse(text);
        if (place(call, name) != null || !devices.contains(path.device())) {
            return onPath(call, name, STATUS, buffer);
        }
        int address = physical(buffer);
        return await(done -> {
            if (path.isDisc()) {
                discStatus(path, address, done);
            } else if (opener.list(path).isPresent()) {
                IopStatus.put(memory, address, true, 0, 0);
                done.accept(0);
            } else {
                fileStatus(text, address, done);
            }
        });
    }

    private void discStatus(DevicePath path, int address, IntConsumer done) {
        directory.find(path.parts(), found -> {
            found.ifPresent(entry -> IopStatus.put(memory, address, false, entry.size(), entry.date()));
            if (found.isPresent()) {
                done.accept(0);
            } else {
                directory.list(path.parts(), listed -> {
                    listed.ifPresent(entries -> IopStatus.put(memory, address, true, 0, 0));
                    done.accept(listed.isPresent() ? 0 : Errno.ENOENT);
                });
            }
        });
    }

    /** The status of a file that is opened for it: its size. */
    private void fileStatus(String path, int address, IntConsumer done) {
        opener.open(path, READS, new FileOpener.Listener() {
            @Override
            public void opened(OpenFile file) {
                int result;
                try (file) {
                    IopStatus.put(memory, address, false, (int) Math.min(file.size(), Integer.MAX_VALUE), 0);
                    result = 0;
                } catch (IOException e) {
                    result = Errno.EIO;
                }
                done.accept(result);
            }

            @Override
            public void failed(int error) {
                done.accept(error);
            }
        });
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
