package soliloquy.bios.iop;

import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.ElfFile;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.KernelError;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;

/** LOADFILE's loading of programs: the segments of an ELF file go by SIF DMA to EE memory, in pieces through a buffer of the IOP. */
final class ProgramLoader {
    private static final int BUFFER_BYTES = 0x8000;
    private static final int QUADWORD = 16;

    /** A run of the file's bytes and where it goes. */
    private record Piece(int offset, int destination, int length) {}

    private final IopKernel kernel;
    private final IopMemory memory;
    private final SifTransfers transfers;
    private final ModuleStarter files;
    private final Notices notices;

    ProgramLoader(IopKernel kernel, IopMemory memory, SifTransfers transfers, ModuleStarter files, Notices notices) {
        this.kernel = kernel;
        this.memory = memory;
        this.transfers = transfers;
        this.files = files;
        this.notices = notices;
    }

    /** Loads {@code path}; the answer is entry and gp, or 0 and, in its fourth word, the error. */
    void load(String path, RpcCall call) {
        files.readProgram(path, found -> {
            byte[] bytes = found.orElse(null);
            if (bytes == null) {
                fail(call, KernelError.NO_FILE, "the program " + path + " cannot be read: no such file or device");
                return;
            }
            try {
                send(ElfFile.parse(path, bytes), bytes, call);
            } catch (InputException e) {
                fail(call, KernelError.ILLEGAL_OBJECT, e.getMessage());
            }
        });
    }

    private void send(ElfFile elf, byte[] bytes, RpcCall call) throws InputException {
        List<Piece> pieces = new ArrayList<>();
        for (ElfFile.Segment segment : elf.segments()) {
            if (!SifRpc.inEeMemory(segment.address(), segment.fileSize()) || segment.address() % QUADWORD != 0) {
                throw InputException.at(
                        elf.name(),
                        segment.offset(),
                        "a segment for 0x%08x".formatted(segment.address()),
                        "a multiple of 16 in EE memory");
            }
            for (int done = 0; done < segment.fileSize(); done += BUFFER_BYTES) {
                pieces.add(new Piece(
                        segment.offset() + done,
                        segment.address() + done,
                        Math.min(BUFFER_BYTES, segment.fileSize() - done)));
            }
        }
        int buffer = kernel.memory().allocate(BUFFER_BYTES);
        if (buffer == 0) {
            fail(call, KernelError.NO_MEMORY, "there is no memory on the IOP to load " + elf.name() + " through");
        } else {
            next(elf, bytes, pieces, 0, buffer, call);
        }
    }

    private void next(ElfFile elf, byte[] bytes, List<Piece> pieces, int index, int buffer, RpcCall call) {
        if (index == pieces.size()) {
            kernel.memory().release(buffer);
            call.result(4, 0).result(8, 0).result(12, 0).complete(elf.entry());
            return;
        }
        Piece piece = pieces.get(index);
        memory.put(buffer, bytes, piece.offset, piece.length);
        transfers.send(
                buffer, piece.destination, piece.length, () -> next(elf, bytes, pieces, index + 1, buffer, call));
    }

    private void fail(RpcCall call, int error, String sentence) {
        notices.report(Notices.Kind.UNUSUAL, "IOP loadfile", 0, sentence);
        call.result(4, 0).result(8, 0).result(12, error).complete(0);
    }
}
