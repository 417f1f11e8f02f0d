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
    private static final int MAKE_DIRECTORY = 10;
    private static final int REMOVE_DIRECTORY = 11;
    private static final int OPEN_DIRECTORY = 12;
    private static final int CLOSE_DIRECTORY = 13;
    private static final int READ_DIRECTORY = 14;
    private static final int STATUS = 15;
    private static final int CHANGE_STATUS = 16;

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

    Ioman(IopKernel kernel, IopMemory memory, FileOpener opener, DiscReader reader, DiscDirectory directory) {
        this.kernel = kernel;
        this.memory = memory;
        this.opener = opener;
        this.reader = reader;
        this.directory = directory;
        reset();
    }

    @Override
    public void reset() {
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

    private int open(ModuleCall call, int name, int operation) {
        int number = free();
        if (number < 0) {
            return number;
        }
        int mode = operation == OPEN ? call.argument(1) : 0;
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
                    mode,
                    call.argument(2));
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

    private int close(ModuleCall call, int number, int operation) {
        Open open = file(number);
        if (open instanceof Guest guest) {
            call.invoke(
                    operation(call, guest.device, operation),
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

    /** Calls operation {@code index} of the module's device of an open file. */
    private int forward(ModuleCall call, int number, int index, int second, int third) {
        if (file(number) instanceof Guest guest) {
            call.invoke(operation(call, guest.device, index), result -> result, structure(number), second, third);
            return 0;
        }
        return file(number) == null ? Errno.EBADF : Errno.ENOSYS;
    }

    private int read(ModuleCall call, int number) {
        int address = physical(call.argument(1));
        int size = call.argument(2);
        return switch (file(number)) {
            case Guest guest when (guest.mode & READS) != 0 -> forward(call, number, READ, call.argument(1), size);
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

    private int write(ModuleCall call, int number) {
        int address = physical(call.argument(1));
        int size = call.argument(2);
        return switch (file(number)) {
            case Guest guest when (guest.mode & WRITES) != 0 -> forward(call, number, WRITE, call.argument(1), size);
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

    private int seek(ModuleCall call, int number) {
        int whence = call.argument(2);
        if (file(number) != null && (whence < 0 || whence > 2)) {
            return Errno.EINVAL;
        }
        if (!(file(number) instanceof File file)) {
            return forward(call, number, SEEK, call.argument(1), whence);
        }
        try {
            return FileService.seek(file.file, call.argument(1), whence);
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    private int readDirectory(ModuleCall call, int number) {
        if (!(file(number) instanceof Directory open)) {
            return forward(call, number, READ_DIRECTORY, call.argument(1), 0);
        }
        if (!open.entries.hasNext()) {
            return 0;
        }
        IopStatus.putEntry(memory, physical(call.argument(1)), open.entries.next());
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

    /** A call with a path and at most two more arguments. */
    private int onPath(ModuleCall call, int name, int index) {
        Place place = place(call, name);
        if (place == null) {
            return onOwnDevice(text(call, name), index);
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
        String text = text(call, name);
        DevicePath path = DevicePath.parse(text);
        if (place(call, name) != null || !devices.contains(path.device())) {
            return onPath(call, name, STATUS);
        }
        int address = physical(call.argument(1));
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
