package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;
import soliloquy.machine.Notices;

/**
 * The library ioman: files for modules, on devices of the ROM and on those that modules add. Source: ps2sdk {@code ioman.h},
 * {@code iop/system/ioman}.
 */
final class Ioman implements Library {
    private static final int MOST_FILES = 32;
    private static final int FIRST_FILE = 3;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final FileOpener opener;
    private final DiscReader reader;
    private final ModuleDevices devices;
    private final Notices notices;
    /** Files of the ROM's devices, by descriptor; those of modules' devices are in {@link #devices}. */
    private final OpenFile[] files = new OpenFile[MOST_FILES];

    Ioman(IopKernel kernel, IopMemory memory, FileOpener opener, DiscReader reader, Notices notices) {
        this.kernel = kernel;
        this.memory = memory;
        this.opener = opener;
        this.reader = reader;
        this.notices = notices;
        devices = new ModuleDevices(kernel, MOST_FILES);
        reset();
    }

    @Override
    public void reset() {
        devices.reset();
        for (int i = 0; i < MOST_FILES; i++) {
            close(i);
            files[i] = i < FIRST_FILE ? opener.terminal() : null;
        }
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
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        return switch (ordinal) {
            case 4 -> open(call, first, call.argument(1));
            case 5 -> devices.holds(first) ? devices.close(call, first) : close(first);
            case 6 -> devices.holds(first) ? devices.pass(call, first, ModuleDevices.READ) : read(call);
            case 7 -> devices.holds(first) ? devices.pass(call, first, ModuleDevices.WRITE) : write(call);
            case 8 -> devices.holds(first) ? devices.pass(call, first, ModuleDevices.LSEEK) : seek(call);
            case 9 -> devices.holds(first) ? devices.pass(call, first, ModuleDevices.IOCTL) : Errno.EINVAL;
            case 10 -> onPath(call, ModuleDevices.REMOVE);
            case 11 -> onPath(call, ModuleDevices.MKDIR);
            case 12 -> onPath(call, ModuleDevices.RMDIR);
            case 13 -> openDirectory(call);
            case 14 -> devices.holds(first) ? devices.close(call, first) : Errno.EBADF;
            case 15 -> devices.holds(first) ? devices.pass(call, first, ModuleDevices.DREAD) : Errno.EBADF;
            case 16 -> onPath(call, ModuleDevices.GETSTAT);
            case 17 -> onPath(call, ModuleDevices.CHSTAT);
            case 18 -> onPath(call, ModuleDevices.FORMAT);
            case 20 -> devices.add(call, first);
            default -> devices.remove(call, first);
        };
    }

    private static String path(ModuleCall call, int address) {
        return new String(call.text(address), StandardCharsets.ISO_8859_1);
    }

    private int free() {
        for (int i = FIRST_FILE; i < MOST_FILES; i++) {
            if (files[i] == null && !devices.holds(i)) {
                return i;
            }
        }
        return Errno.EMFILE;
    }

    private int open(ModuleCall call, int name, int flags) {
        int descriptor = free();
        String path = path(call, name);
        DevicePath parsed = DevicePath.parse(path);
        if (descriptor < 0) {
            return descriptor;
        }
        if (devices.knows(parsed)) {
            return devices.open(call, descriptor, parsed, ModuleDevices.OPEN, flags);
        }
        return await(done -> opener.open(path, flags, new FileOpener.Listener() {
            @Override
            public void opened(OpenFile file) {
                files[descriptor] = file;
                done.accept(descriptor);
            }

            @Override
            public void failed(int error) {
                done.accept(error);
            }
        }));
    }

    private int openDirectory(ModuleCall call) {
        int descriptor = free();
        DevicePath parsed = DevicePath.parse(path(call, call.argument(0)));
        if (descriptor < 0) {
            return descriptor;
        }
        return devices.knows(parsed)
                ? devices.open(call, descriptor, parsed, ModuleDevices.DOPEN, 0)
                : onRomDevice("directory of " + parsed.joined());
    }

    /** A call whose first argument is a path. */
    private int onPath(ModuleCall call, int operation) {
        DevicePath parsed = DevicePath.parse(path(call, call.argument(0)));
        return devices.knows(parsed)
                ? devices.onPath(call, parsed, operation)
                : onRomDevice("operation " + operation + " on " + parsed.device());
    }

    private int onRomDevice(String what) {
        notices.report(Notices.Kind.UNIMPLEMENTED, "IOP ioman", 0, what + " is not done for modules; it fails");
        return Errno.ENODEV;
    }

    private OpenFile file(int descriptor) {
        return descriptor >= 0 && descriptor < MOST_FILES ? files[descriptor] : null;
    }

    private int close(int descriptor) {
        OpenFile file = file(descriptor);
        if (file == null) {
            return Errno.EBADF;
        }
        files[descriptor] = null;
        try {
            file.close();
            return 0;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    private int seek(ModuleCall call) {
        OpenFile file = file(call.argument(0));
        try {
            return file == null ? Errno.EBADF : FileService.seek(file, call.argument(1), call.argument(2));
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    private int write(ModuleCall call) {
        OpenFile file = file(call.argument(0));
        int address = call.argument(1) & 0x1F_FFFF;
        int size = call.argument(2);
        if (file == null || !memory.inRam(address, size)) {
            return file == null ? Errno.EBADF : Errno.EINVAL;
        }
        byte[] bytes = new byte[size];
        memory.get(address, bytes, 0, size);
        return file.write(bytes);
    }

    private int read(ModuleCall call) {
        OpenFile file = file(call.argument(0));
        int address = call.argument(1) & 0x1F_FFFF;
        int size = call.argument(2);
        if (file == null || !memory.inRam(address, size)) {
            return file == null ? Errno.EBADF : Errno.EINVAL;
        }
        try {
            int count = (int) Math.max(0, Math.min(size, file.size() - file.position()));
            if (count == 0) {
                return 0;
            }
            if (file instanceof OpenFile.OnDisc disc) {
                return await(done -> readDisc(disc, address, count, done));
            }
            if (!(file instanceof OpenFile.AtHand atHand)) {
                return Errno.EBADF;
            }
            byte[] bytes = new byte[count];
            atHand.read(bytes);
            memory.put(address, bytes, 0, count);
            return count;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    private void readDisc(OpenFile.OnDisc disc, int address, int count, IntConsumer done) {
        int skip = disc.position % DiscReader.SECTOR;
        int sectors = (skip + count + DiscReader.SECTOR - 1) / DiscReader.SECTOR;
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

    /** The calling thread waits until {@code work} gives what its call returns. */
    private int await(java.util.function.Consumer<IntConsumer> work) {
        WaitQueue queue = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
        Integer[] early = {null};
        work.accept(result -> {
            early[0] = result;
            kernel.threads().wakeFirst(queue, result);
        });
        if (early[0] == null) {
            kernel.threads().block(queue);
            return 0;
        }
        return early[0];
    }
}
