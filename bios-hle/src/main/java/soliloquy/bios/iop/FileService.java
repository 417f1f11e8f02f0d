package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import soliloquy.bios.DevicePath;
import soliloquy.machine.Notices;
import soliloquy.machine.TextOutput;

/**
 * FILEIO: server 80000001. Opens files of the disc, the ROM and the host folder, and is the text console: descriptors 0 to 2.
 * Source: ps2sdk {@code fileio-common.h} and {@code fileio.c}.
 */
final class FileService implements RpcServer {
    static final int ID = 0x8000_0001;

    private static final int ENOENT = -2;
    private static final int EIO = -5;
    private static final int EBADF = -9;
    private static final int EINVAL = -22;
    private static final int EMFILE = -24;
    private static final int ENOSYS = -48;
    private static final int MOST_FILES = 32;
    private static final int WRITE_FLAG = 2;

    /** fileio's transfer buffer. */
    private static final int BUFFER_BYTES = 0x4000;

    private static final int UNIT = 16;

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifRpc rpc;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private final TextOutput text;
    private final Notices notices;
    private final OpenFile[] files = new OpenFile[MOST_FILES];
    private HostFolder host;

    FileService(
            IopMemory memory,
            SifTransfers transfers,
            SifRpc rpc,
            DiscReader reader,
            DiscDirectory directory,
            TextOutput text,
            Notices notices) {
        this.memory = memory;
        this.transfers = transfers;
        this.rpc = rpc;
        this.reader = reader;
        this.directory = directory;
        this.text = text;
        this.notices = notices;
        reset();
    }

    void hostFolder(HostFolder folder) {
        host = folder;
    }

    /** Closes everything; descriptors 0 to 2 are the console. */
    void reset() {
        for (int fd = 0; fd < MOST_FILES; fd++) {
            close(fd);
            files[fd] = fd <= 2 ? new OpenFile.Terminal() : null;
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
            default -> {
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "IOP fileio",
                        0,
                        "function %d is not done; it fails".formatted(call.function()));
                call.complete(ENOSYS);
            }
        }
    }

    private OpenFile file(int fd) {
        return fd >= 0 && fd < MOST_FILES ? files[fd] : null;
    }

    private void open(RpcCall call, int flags, String name) {
        DevicePath path = DevicePath.parse(name);
        if (path.isDisc()) {
            if ((flags & WRITE_FLAG) != 0) {
                call.complete(EINVAL);
                return;
            }
            directory.find(
                    path.parts(),
                    found -> call.complete(found.map(entry -> add(new OpenFile.OnDisc(entry.lsn(), entry.size())))
                            .orElse(ENOENT)));
        } else if (path.device().equals("tty")) {
            call.complete(add(new OpenFile.Terminal()));
        } else if (path.device().equals("host")) {
            call.complete(openHost(path, flags, name));
        } else {
            Optional<byte[]> rom = RomFiles.file(path);
            if (rom.isEmpty()) {
                notices.report(
                        Notices.Kind.UNUSUAL,
                        "IOP fileio",
                        0,
                        "open of " + name + ": no such file or device; it fails");
            }
            call.complete(rom.map(bytes -> add(new OpenFile.InRom(bytes))).orElse(ENOENT));
        }
    }

    private int openHost(DevicePath path, int flags, String name) {
        if (host == null) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP fileio",
                    0,
                    "open of " + name + ": no folder of the host was given to the guest; it fails");
            return ENOENT;
        }
        try {
            return add(new OpenFile.OnHost(host.open(path.parts(), flags)));
        } catch (IOException | IllegalArgumentException e) {
            notices.report(Notices.Kind.UNUSUAL, "IOP fileio", 0, "open of " + name + ": " + e.getMessage());
            return ENOENT;
        }
    }

    private int add(OpenFile file) {
        for (int fd = 3; fd < MOST_FILES; fd++) {
            if (files[fd] == null) {
                files[fd] = file;
                return fd;
            }
        }
        return EMFILE;
    }

    private int close(int fd) {
        OpenFile file = file(fd);
        if (file == null) {
            return EBADF;
        }
        files[fd] = null;
        if (file instanceof OpenFile.OnHost onHost) {
            try {
                onHost.close();
            } catch (IOException e) {
                return EIO;
            }
        }
        return 0;
    }

    private int seek(int fd, int offset, int whence) {
        OpenFile file = file(fd);
        try {
            long size = size(file);
            long base = switch (whence) {
                case 0 -> 0;
                case 1 -> position(file);
                case 2 -> size;
                default -> -1;
            };
            long target = base + offset;
            if (size < 0 || base < 0 || target < 0 || target > Integer.MAX_VALUE) {
                return size < 0 ? EBADF : EINVAL;
            }
            switch (file) {
                case OpenFile.OnDisc disc -> disc.position = (int) target;
                case OpenFile.InRom rom -> rom.position = (int) target;
                case OpenFile.OnHost onHost -> onHost.channel().position(target);
                case OpenFile.Terminal terminal -> {
                    return EINVAL;
                }
            }
            return (int) target;
        } catch (IOException e) {
            return EIO;
        }
    }

    private static long size(OpenFile file) throws IOException {
        return switch (file) {
            case null -> -1;
            case OpenFile.Terminal terminal -> 0;
            case OpenFile.OnDisc disc -> Integer.toUnsignedLong(disc.size);
            case OpenFile.InRom rom -> rom.bytes.length;
            case OpenFile.OnHost onHost -> onHost.channel().size();
        };
    }

    private static long position(OpenFile file) throws IOException {
        return switch (file) {
            case null -> -1;
            case OpenFile.Terminal terminal -> 0;
            case OpenFile.OnDisc disc -> disc.position;
            case OpenFile.InRom rom -> rom.position;
            case OpenFile.OnHost onHost -> onHost.channel().position();
        };
    }

    /** Request: descriptor, EE address, size, and where the bytes at unaligned ends go. */
    private void read(RpcCall call) {
        OpenFile file = file(call.word(0));
        int address = call.word(4);
        int size = call.word(8);
        int structure = call.word(12);
        if (file == null || size < 0 || !SifRpc.inEeMemory(address, size)) {
            call.complete(file == null ? EBADF : EINVAL);
            return;
        }
        try {
            int count = (int) Math.max(0, Math.min(size, size(file) - position(file)));
            EeStream stream = new EeStream(memory, transfers, address, count, UNIT);
            if (count == 0) {
                stream.finish(structure);
                call.complete(0);
            } else if (file instanceof OpenFile.OnDisc disc) {
                new DiscFileRead(reader, disc, stream, structure, call, count).start();
            } else {
                readHere(file, stream, structure, call, count);
            }
        } catch (IOException e) {
            call.complete(EIO);
        }
    }

    /** The next piece of a file whose bytes are at hand; goes on when the buffer is free again. */
    private void readHere(OpenFile file, EeStream stream, int structure, RpcCall call, int count) {
        int piece = Math.min(BUFFER_BYTES, count - stream.position());
        if (piece == 0) {
            stream.finish(structure);
            call.complete(count);
            return;
        }
        byte[] bytes = new byte[piece];
        try {
            if (file instanceof OpenFile.InRom rom) {
                System.arraycopy(rom.bytes, rom.position, bytes, 0, piece);
                rom.position += piece;
            } else if (file instanceof OpenFile.OnHost onHost) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining() && onHost.channel().read(buffer) >= 0) {}
            }
        } catch (IOException e) {
            call.complete(EIO);
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
            call.complete(file == null ? EBADF : EINVAL);
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
        return switch (file) {
            case OpenFile.Terminal terminal -> print(address, count);
            case OpenFile.OnHost onHost -> writeHost(onHost.channel(), address, count);
            case OpenFile.OnDisc disc -> EBADF;
            case OpenFile.InRom rom -> EBADF;
        };
    }

    private int print(int address, int count) {
        for (int i = 0; i < count; i++) {
            text.write(memory.ram().read8(address + i));
        }
        return count;
    }

    private int writeHost(SeekableByteChannel channel, int address, int count) {
        byte[] bytes = new byte[count];
        memory.get(address, bytes, 0, count);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return count;
        } catch (IOException | RuntimeException e) {
            return EIO;
        }
    }
}
