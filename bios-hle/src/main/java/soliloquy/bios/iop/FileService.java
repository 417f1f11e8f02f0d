package soliloquy.bios.iop;

import java.io.IOException;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;
import soliloquy.machine.Notices;

/**
 * FILEIO: server 80000001. Opens files of the disc, the ROM and the host folder, and is the text console: descriptors 0 to 2.
 * Source: ps2sdk {@code fileio-common.h} and {@code fileio.c}.
 */
final class FileService implements RpcServer {
    static final int ID = 0x8000_0001;

    private static final int MOST_FILES = 32;

    /** fileio's transfer buffer. */
    private static final int BUFFER_BYTES = 0x4000;

    private static final int UNIT = 16;
    private static final int PATH_BYTES = 256;

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifRpc rpc;
    private final DiscReader reader;
    private final FileOpener opener;
    private final ModuleFileCalls modules;
    private final Notices notices;
    /** Bytes of io_stat_t. */
    private static final int STATUS_BYTES = 40;

    private final OpenFile[] files = new OpenFile[MOST_FILES];

    FileService(
            IopMemory memory,
            SifTransfers transfers,
            SifRpc rpc,
            DiscReader reader,
            FileOpener opener,
            ModuleFileCalls modules,
            Notices notices) {
        this.memory = memory;
        this.transfers = transfers;
        this.rpc = rpc;
        this.reader = reader;
        this.opener = opener;
        this.modules = modules;
        this.notices = notices;
        reset();
    }

    /** Closes everything; descriptors 0 to 2 are the console. */
    void reset() {
        for (int fd = 0; fd < MOST_FILES; fd++) {
            close(fd);
            files[fd] = fd <= 2 ? opener.terminal() : null;
        }
    }

    @Override
    public void call(RpcCall call) {
        switch (call.function()) {
            case 0 -> open(call, call.word(0), call.text(4, 256));
            case 1 -> close(call);
            case 2 -> read(call);
            case 3 -> write(call);
            case 4 -> seek(call);
            case 5 -> control(call);
            case 6, 7, 8 -> onPath(call, call.text(0, PATH_BYTES));
            case 9 -> // dopen
                modules.openDirectory(
                        call.text(0, PATH_BYTES),
                        number -> call.complete(number < 0 ? number : add(new OpenFile.OfModule(number))));
            case 10 -> closeDirectory(call);
            case 11 -> readDirectory(call);
            case 12 -> { // getstat
                int destination = call.word(0);
                modules.status(
                        call.text(4, PATH_BYTES),
                        (result, status) -> answer(call, result >= 0, result, status, destination));
            }
            case 13 -> // chstat
                onModulesPath(
                        call,
                        ModuleFileCalls.CHANGE_STATUS,
                        call.text(4 + STATUS_BYTES, PATH_BYTES),
                        call.address(4),
                        call.word(0));
            case 14 -> onModulesPath(call, ModuleFileCalls.FORMAT, call.text(0, PATH_BYTES), 0, 0, 0);
            default -> missing(call);
        }
    }

    private void missing(RpcCall call) {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP fileio",
                0,
                "function %d is not done; it fails".formatted(call.function()));
        call.complete(Errno.ENOSYS);
    }

    /** remove 6, mkdir 7 and rmdir 8. */
    private void onPath(RpcCall call, String path) {
        if (FileOpener.knows(DevicePath.parse(path))) {
            call.complete(opener.change(path, call.function() == 7 ? HostFolder::makeDirectory : HostFolder::delete));
        } else {
            modules.onPath(ModuleFileCalls.REMOVE + call.function() - 6, path, call::complete);
        }
    }

    /** ioctl: the device may look at the 1,024 bytes of the request behind its two words. */
    private void control(RpcCall call) {
        OpenFile file = file(call.word(0));
        if (file instanceof OpenFile.OfModule module) {
            modules.onFile(ModuleFileCalls.IOCTL, call::complete, module.number(), call.word(4), call.address(8));
        } else {
            call.complete(file == null ? Errno.EBADF : Errno.ENOSYS);
        }
    }

    /** What only devices of modules can do with a path. */
    private void onModulesPath(RpcCall call, int function, String path, int... arguments) {
        if (FileOpener.knows(DevicePath.parse(path))) {
            call.complete(Errno.ENOSYS);
        } else {
            modules.onPath(function, path, call::complete, arguments);
        }
    }

    private void close(RpcCall call) {
        int fd = call.word(0);
        if (file(fd) instanceof OpenFile.OfModule file) {
            files[fd] = null;
            modules.onFile(ModuleFileCalls.CLOSE, call::complete, file.number());
        } else {
            call.complete(close(fd));
        }
    }

    private void closeDirectory(RpcCall call) {
        int fd = call.word(0);
        if (file(fd) instanceof OpenFile.OfModule directory) {
            files[fd] = null;
            modules.onFile(ModuleFileCalls.CLOSE_DIRECTORY, call::complete, directory.number());
        } else {
            call.complete(Errno.EBADF);
        }
    }

    private void readDirectory(RpcCall call) {
        int destination = call.word(4);
        if (file(call.word(0)) instanceof OpenFile.OfModule directory) {
            modules.readDirectory(
                    directory.number(), (result, entry) -> answer(call, result > 0, result, entry, destination));
        } else {
            call.complete(Errno.EBADF);
        }
    }

    /** Sends what a call found to the client before its result. */
    private void answer(RpcCall call, boolean found, int result, byte[] bytes, int destination) {
        if (found && SifRpc.inEeMemory(destination, bytes.length)) {
            memory.put(IopMemory.FILE_BUFFER, bytes, 0, bytes.length);
            transfers.send(IopMemory.FILE_BUFFER, destination, bytes.length, () -> call.complete(result));
        } else {
            call.complete(found ? Errno.EINVAL : result);
        }
    }

    private void seek(RpcCall call) {
        int offset = call.word(4);
        int whence = call.word(8);
        if (file(call.word(0)) instanceof OpenFile.OfModule file) {
            modules.onFile(ModuleFileCalls.SEEK, call::complete, file.number(), offset, whence);
        } else {
            call.complete(seek(call.word(0), offset, whence));
        }
    }

    private OpenFile file(int fd) {
        return fd >= 0 && fd < MOST_FILES ? files[fd] : null;
    }

    private void open(RpcCall call, int flags, String name) {
        if (!FileOpener.knows(DevicePath.parse(name))) {
            modules.open(
                    name, flags, number -> call.complete(number < 0 ? number : add(new OpenFile.OfModule(number))));
            return;
        }
        opener.open(name, flags, new FileOpener.Listener() {
            @Override
            public void opened(OpenFile file) {
                call.complete(add(file));
            }

            @Override
            public void failed(int error) {
                call.complete(error);
            }
        });
    }

    private int add(OpenFile file) {
        for (int fd = 3; fd < MOST_FILES; fd++) {
            if (files[fd] == null) {
                files[fd] = file;
                return fd;
            }
        }
        return Errno.EMFILE;
    }

    private int close(int fd) {
        OpenFile file = file(fd);
        if (file == null) {
            return Errno.EBADF;
        }
        files[fd] = null;
        try {
            file.close();
        } catch (IOException e) {
            return Errno.EIO;
        }
        return 0;
    }

    private int seek(int fd, int offset, int whence) {
        OpenFile file = file(fd);
        try {
            return file == null ? Errno.EBADF : seek(file, offset, whence);
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** lseek: the new position, or an error. */
    static int seek(OpenFile file, int offset, int whence) throws IOException {
        long base = switch (whence) {
            case 0 -> 0;
            case 1 -> file.position();
            case 2 -> file.size();
            default -> -1;
        };
        long target = base + offset;
        if (base < 0 || target < 0 || target > Integer.MAX_VALUE || !file.position(target)) {
            return Errno.EINVAL;
        }
        return (int) target;
    }

    /** Request: descriptor, EE address, size, and where the bytes at unaligned ends go. */
    private void read(RpcCall call) {
        OpenFile file = file(call.word(0));
        int address = call.word(4);
        int size = call.word(8);
        int structure = call.word(12);
        if (file == null || size < 0 || !SifRpc.inEeMemory(address, size)) {
            call.complete(file == null ? Errno.EBADF : Errno.EINVAL);
            return;
        }
        if (file instanceof OpenFile.OfModule ofModule) {
            modules.read(ofModule.number(), size, (bytes, error) -> {
                EeStream stream = new EeStream(memory, transfers, address, bytes.length, UNIT);
                if (bytes.length == 0) {
                    stream.finish(structure);
                    call.complete(error);
                } else {
                    readHere(new OpenFile.InRom(bytes), stream, structure, call, bytes.length);
                }
            });
            return;
        }
        try {
            int count = (int) Math.max(0, Math.min(size, file.size() - file.position()));
            EeStream stream = new EeStream(memory, transfers, address, count, UNIT);
            if (count == 0) {
                stream.finish(structure);
                call.complete(0);
            } else if (file instanceof OpenFile.OnDisc disc) {
                new DiscFileRead(reader, disc, stream, structure, call, count).start();
            } else if (file instanceof OpenFile.AtHand atHand) {
                readHere(atHand, stream, structure, call, count);
            } else {
                call.complete(Errno.EBADF);
            }
        } catch (IOException e) {
            call.complete(Errno.EIO);
        }
    }

    /** The next piece of a file whose bytes are at hand; goes on when the buffer is free again. */
    private void readHere(OpenFile.AtHand file, EeStream stream, int structure, RpcCall call, int count) {
        int piece = Math.min(BUFFER_BYTES, count - stream.position());
        if (piece == 0) {
            stream.finish(structure);
            call.complete(count);
            return;
        }
        byte[] bytes = new byte[piece];
        try {
            file.read(bytes);
        } catch (IOException e) {
            call.complete(Errno.EIO);
            return;
        }
        memory.put(IopMemory.FILE_BUFFER, bytes, 0, piece);
        stream.data(IopMemory.FILE_BUFFER, piece, () -> readHere(file, stream, structure, call, count));
    }

    /** Request: descriptor, EE address, size, how many bytes up to a 16-byte boundary come with it, and these. */
    private void write(RpcCall call) {
        int size = call.word(8);
        int inline = call.word(12);
        OpenFile file = file(call.word(0));
        if (file == null || size < 0 || inline < 0 || inline > 16 || inline > size) {
            call.complete(file == null ? Errno.EBADF : Errno.EINVAL);
            return;
        }
        int rest = call.word(4) + inline;
        put(file, call.address(16), inline, written -> {
            if (written < inline) {
                call.complete(written);
            } else {
                writeRest(call, file, rest, inline, size);
            }
        });
    }

    private void writeRest(RpcCall call, OpenFile file, int address, int done, int size) {
        int piece = Math.min(BUFFER_BYTES, size - done);
        if (piece == 0) {
            call.complete(done);
            return;
        }
        rpc.fetch(
                address,
                IopMemory.FILE_BUFFER,
                piece,
                () -> put(file, IopMemory.FILE_BUFFER, piece, written -> {
                    if (written < piece) {
                        call.complete(written < 0 ? written : done + written);
                    } else {
                        writeRest(call, file, address + piece, done + piece, size);
                    }
                }));
    }

    private void put(OpenFile file, int address, int count, IntConsumer done) {
        byte[] bytes = new byte[count];
        memory.get(address, bytes, 0, count);
        if (file instanceof OpenFile.OfModule ofModule && count > 0) {
            modules.write(ofModule.number(), bytes, done);
        } else {
            done.accept(count == 0 ? 0 : file.write(bytes));
        }
    }
}
