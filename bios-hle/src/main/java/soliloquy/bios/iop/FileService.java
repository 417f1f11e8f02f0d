package soliloquy.bios.iop;

import java.io.IOException;
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

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifRpc rpc;
    private final DiscReader reader;
    private final FileOpener opener;
    private final Notices notices;
    private final OpenFile[] files = new OpenFile[MOST_FILES];

    FileService(
            IopMemory memory,
            SifTransfers transfers,
            SifRpc rpc,
            DiscReader reader,
            FileOpener opener,
            Notices notices) {
        this.memory = memory;
        this.transfers = transfers;
        this.rpc = rpc;
        this.reader = reader;
        this.opener = opener;
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
            case 1 -> call.complete(close(call.word(0)));
            case 2 -> read(call);
            case 3 -> write(call);
            case 4 -> call.complete(seek(call.word(0), call.word(4), call.word(8)));
            case 6, 8 -> call.complete(opener.change(call.text(0, 256), HostFolder::delete)); // remove, rmdir
            case 7 -> call.complete(opener.change(call.text(0, 256), HostFolder::makeDirectory)); // mkdir
            default -> {
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "IOP fileio",
                        0,
                        "function %d is not done; it fails".formatted(call.function()));
                call.complete(Errno.ENOSYS);
            }
        }
    }

    private OpenFile file(int fd) {
        return fd >= 0 && fd < MOST_FILES ? files[fd] : null;
    }

    private void open(RpcCall call, int flags, String name) {
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
        int written = put(file, call.address(16), inline);
        if (written < inline) {
            call.complete(written);
        } else {
            writeRest(call, file, call.word(4) + inline, inline, size);
        }
    }

    private void writeRest(RpcCall call, OpenFile file, int address, int done, int size) {
        int piece = Math.min(BUFFER_BYTES, size - done);
        if (piece == 0) {
            call.complete(done);
            return;
        }
        rpc.fetch(address, IopMemory.FILE_BUFFER, piece, () -> {
            int written = put(file, IopMemory.FILE_BUFFER, piece);
            if (written < piece) {
                call.complete(written < 0 ? written : done + written);
            } else {
                writeRest(call, file, address + piece, done + piece, size);
            }
        });
    }

    private int put(OpenFile file, int address, int count) {
        byte[] bytes = new byte[count];
        memory.get(address, bytes, 0, count);
        return file.write(bytes);
    }
}
