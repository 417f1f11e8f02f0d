package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static final int READS = 1;
    private static final int WRITES = 2;
    /** Mode of a directory. */
    private static final int DIRECTORY = 8;

    /** What a number stands for: a file or a directory of the ROM's devices, or a file of the module's device at an address. */
    private sealed interface Open {}

    private record File(OpenFile file, int mode) implements Open {}

    private record Directory(Iterator<DiscDirectory.Entry> entries) implements Open {}

    private record Guest(int device, int mode) implements Open {}

    private final IopKernel kernel;
    private final IopMemory memory;
    private final FileOpener opener;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private final Set<String> devices = new HashSet<>();
    private final ModuleDevices added = new ModuleDevices();
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
        added.reset();
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
        return added.add(call, device);
    }

    /** DelDrv. */
    int remove(ModuleCall call, String name) {
        return added.find(call, name)
                .map(device -> added.remove(call, device))
                .orElseGet(() -> devices.remove(name) ? 0 : -1);
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
    private void prepare(int number, ModuleDevices.Place place, int mode) {
        memory.word(structure(number), mode);
        memory.word(structure(number) + 4, place.unit());
        memory.word(structure(number) + 8, place.device());
        memory.word(structure(number) + 12, 0);
    }

    /**
     * open and dopen: the number of a file or directory, or an error.
     *
     * @param operation {@link DeviceOperation#OPEN} or {@link DeviceOperation#OPEN_DIRECTORY}
     * @param flags of a file
     * @param permissions of a file that is made
     */
    int open(ModuleCall call, int name, DeviceOperation operation, int flags, int permissions) {
        int number = free();
        if (number < 0) {
            return number;
        }
        int mode = operation == DeviceOperation.OPEN ? flags : DIRECTORY;
        ModuleDevices.Place place = added.place(call, name);
        if (place != null) {
            prepare(number, place, mode);
            files[number] = new Guest(place.device(), mode);
            IntUnaryOperator opened = result -> {
                if (result < 0) {
                    files[number] = null;
                }
                return result < 0 ? result : number;
            };
            call.invoke(
                    ModuleDevices.operation(call, place.device(), operation),
                    opened,
                    structure(number),
                    place.path(),
                    flags,
                    permissions);
            return 0;
        }
        String path = text(call, name);
        if (!devices.contains(DevicePath.parse(path).device())) {
            return Errno.ENODEV;
        }
        return operation == DeviceOperation.OPEN
                ? openFile(number, path, mode)
                : openDirectory(number, DevicePath.parse(path));
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
                    ModuleDevices.operation(
                            call,
                            guest.device,
                            (guest.mode & DIRECTORY) != 0 ? DeviceOperation.CLOSE_DIRECTORY : DeviceOperation.CLOSE),
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

    /** Calls operation {@code operation} of the module's device of an open file, with at most six arguments. */
    int forward(ModuleCall call, int number, DeviceOperation operation, int... arguments) {
        if (!(file(number) instanceof Guest guest)) {
            return file(number) == null ? Errno.EBADF : Errno.ENOSYS;
        }
        if (operation.isExtended() && !ModuleDevices.extended(call, guest.device)) {
            return Errno.ENOSYS;
        }
        int[] all = new int[arguments.length + 1];
        all[0] = structure(number);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        call.invoke(ModuleDevices.operation(call, guest.device, operation), result -> result, all);
        return 0;
    }

    /** True if the text at {@code name} is on a module's device that knows the later operations and layouts. */
    boolean extendedPath(ModuleCall call, int name) {
        ModuleDevices.Place place = added.place(call, name);
        return place != null && ModuleDevices.extended(call, place.device());
    }

    /** True if file {@code number} is on a module's device that knows the later operations and layouts. */
    boolean extendedFile(ModuleCall call, int number) {
        return file(number) instanceof Guest guest && ModuleDevices.extended(call, guest.device);
    }

    /** The type of the device of a file: that of its module, else the one that ps2sdk's drivers for the same have. */
    int deviceType(ModuleCall call, int number) {
        return switch (file(number)) {
            case null -> Errno.EBADF;
            case Guest guest -> ModuleDevices.type(call, guest.device);
            case File file when file.file instanceof OpenFile.Terminal -> 3;
            case File file -> 0x10;
            case Directory directory -> 0x10;
        };
    }

    /** read. */
    int read(ModuleCall call, int number, int buffer, int size) {
        int address = physical(buffer);
        return switch (file(number)) {
            case Guest guest
            when (guest.mode & READS) != 0 -> forward(call, number, DeviceOperation.READ, buffer, size);
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
            case Guest guest
            when (guest.mode & WRITES) != 0 -> forward(call, number, DeviceOperation.WRITE, buffer, size);
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
            return forward(call, number, DeviceOperation.SEEK, offset, whence);
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
                    : forward(call, number, DeviceOperation.READ_DIRECTORY, buffer);
        }
        if (!open.entries.hasNext()) {
            return 0;
        }
        IopStatus.putEntry(memory, physical(buffer), open.entries.next());
        return 1;
    }

    /** What the ROM's devices do with a path: files and directories of the host are made and removed. */
    private int onOwnDevice(String path, DeviceOperation operation) {
        if (!devices.contains(DevicePath.parse(path).device())) {
            return Errno.ENODEV;
        }
        return switch (operation) {
            case REMOVE, REMOVE_DIRECTORY -> opener.change(path, HostFolder::delete);
            case MAKE_DIRECTORY -> opener.change(path, HostFolder::makeDirectory);
            default -> Errno.ENOSYS;
        };
    }

    /**
     * A call with a path of operation {@code operation} and at most five more arguments.
     *
     * @param name address of the path
     */
    int onPath(ModuleCall call, int name, DeviceOperation operation, int... arguments) {
        ModuleDevices.Place place = added.place(call, name);
        if (place == null) {
            return onOwnDevice(text(call, name), operation);
        }
        if (operation.isExtended() && !ModuleDevices.extended(call, place.device())) {
            return Errno.ENOSYS;
        }
        int number = free();
        if (number < 0) {
            return number;
        }
        prepare(number, place, 0);
        files[number] = new Guest(place.device(), 0);
        IntUnaryOperator over = result -> {
            files[number] = null;
            return result;
        };
        int[] all = new int[arguments.length + 2];
        all[0] = structure(number);
        all[1] = place.path();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        call.invoke(ModuleDevices.operation(call, place.device(), operation), over, all);
        return 0;
    }

    /** A call with two paths on one device, rename or symlink; the second may leave the device out. */
    int onPaths(ModuleCall call, int name, int second, DeviceOperation operation) {
        ModuleDevices.Place place = added.place(call, name);
        boolean whole = text(call, second).indexOf(':') >= 0;
        if (place != null) {
            ModuleDevices.Place target =
                    whole ? added.place(call, second) : new ModuleDevices.Place(place.device(), place.unit(), second);
            return target == null || target.device() != place.device() || target.unit() != place.unit()
                    ? Errno.EXDEV
                    : onPath(call, name, operation, target.path());
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
        return operation == DeviceOperation.RENAME
                ? opener.change(path, (folder, parts) -> folder.move(parts, target.parts()))
                : Errno.ENOSYS;
    }

    /** getstat: an io_stat_t, of an extended device an iox_stat_t. */
    int status(ModuleCall call, int name, int buffer) {
        String text = text(call, name);
        DevicePath path = DevicePath.parse(text);
        if (added.place(call, name) != null || !devices.contains(path.device())) {
            return onPath(call, name, DeviceOperation.STATUS, buffer);
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
