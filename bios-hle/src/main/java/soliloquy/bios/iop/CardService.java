package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * mcserv: server 80000400, the {@link MemoryCard} for EE programs. Calls are those of XMCSERV and, by their older numbers, of MCSERV.
 * Source: ps2sdk {@code libmc.c}, {@code libmc-common.h}, {@code iop/memorycard/mcserv}.
 */
final class CardService implements RpcServer {
    static final int ID = 0x8000_0400;

    private static final int SERVER_VERSION = 0x0208;

    /** Offsets in requests with a descriptor. */
    private static final int SIZE = 12;

    private static final int OFFSET = 16;
    private static final int ORIGIN = 20;
    private static final int BUFFER = 24;
    private static final int PARAMETER = 28;
    private static final int DATA = 32;
    /** Offsets in requests with a name. */
    private static final int FLAGS = 8;

    private static final int MOST_ENTRIES = 12;
    private static final int TABLE = 16;
    private static final int NAME = 20;
    private static final int LONGEST_NAME = 1024;

    /** Bytes of an answer of GetInfo, and where in it stands whether the card is formatted. */
    private static final int INFORMATION_BYTES = 192;

    private static final int FORMATTED = 144;
    private static final int ENTRIES_AT_ONCE = 4;
    private static final int PIECE = 0x4000;

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifRpc rpc;
    private final MemoryCard card;

    CardService(IopMemory memory, SifTransfers transfers, SifRpc rpc, MemoryCard card) {
        this.memory = memory;
        this.transfers = transfers;
        this.rpc = rpc;
        this.card = card;
    }

    @Override
    public void call(RpcCall call) {
        int port = call.word(0);
        int slot = call.word(4);
        switch (call.function()) {
            case 0xFE ->
                call.result(4, SERVER_VERSION).result(8, SERVER_VERSION).complete(0);
            case 0x70 -> call.complete(0);
            case 0x01 -> information(call, INFORMATION_BYTES, FORMATTED);
            case 0x78 -> information(call, 64, -1);
            case 0x02, 0x71 -> call.complete(card.open(port, slot, name(call), call.word(FLAGS)));
            case 0x03, 0x72 -> call.complete(card.close(port));
            case 0x04, 0x75 -> call.complete(card.seek(port, call.word(OFFSET), call.word(ORIGIN)));
            case 0x05 -> read(call, port, 64);
            case 0x73 -> read(call, port, 16);
            case 0x06, 0x74 -> write(call, port);
            case 0x0A, 0x7A -> call.complete(card.flush(port));
            case 0x0C, 0x7B -> call.complete(changeDirectory(call, port, slot));
            case 0x0D, 0x76 -> list(call, port, slot);
            case 0x0E, 0x7C -> setInformation(call, port, slot);
            case 0x0F, 0x79 -> call.complete(card.delete(port, slot, name(call)));
            case 0x12 -> call.complete(card.entrySpace(port, slot, name(call)));
            default -> call.complete(MemoryCard.DENIED); // formatting and pages: a folder has none
        }
    }

    private static String name(RpcCall call) {
        return call.text(NAME, LONGEST_NAME);
    }

    /** The answer goes to a structure of the client: type, free clusters, and for the newer call whether it is formatted. */
    private void information(RpcCall call, int bytes, int formatted) {
        int port = call.word(4);
        int slot = call.word(8);
        boolean there = card.present(port, slot);
        int block = memory.block();
        memory.word(block, there ? MemoryCard.TYPE_PS2 : 0);
        memory.word(block + 4, card.freeClusters(port, slot));
        if (formatted > 0) {
            memory.word(block + formatted, there ? 1 : 0);
        }
        int destination = call.word(PARAMETER);
        if (SifRpc.inEeMemory(destination, bytes) && destination != 0) {
            transfers.send(block, destination, bytes);
        }
        call.complete(card.detect(port, slot));
    }

    private void read(RpcCall call, int file, int unit) {
        int destination = call.word(BUFFER);
        int count = SifRpc.inEeMemory(destination, call.word(SIZE))
                ? card.readable(file, call.word(SIZE))
                : MemoryCard.DENIED;
        if (count < 0) {
            call.complete(count);
        } else {
            readPiece(call, file, new EeStream(memory, transfers, destination, count, unit), count);
        }
    }

    private void readPiece(RpcCall call, int file, EeStream stream, int count) {
        int piece = Math.min(PIECE, count - stream.position());
        if (piece == 0) {
            stream.finish(call.word(PARAMETER));
            call.complete(count);
            return;
        }
        byte[] bytes = new byte[piece];
        int error = card.read(file, bytes);
        if (error < 0) {
            call.complete(error);
            return;
        }
        memory.put(IopMemory.FILE_BUFFER, bytes, 0, piece);
        stream.data(IopMemory.FILE_BUFFER, piece, () -> readPiece(call, file, stream, count));
    }

    /** Up to 16 bytes come with the request, the rest is fetched. */
    private void write(RpcCall call, int file) {
        int inline = call.word(ORIGIN);
        int size = call.word(SIZE);
        if (inline < 0 || inline > 16 || size < 0 || size > MemoryCard.BYTES) {
            call.complete(MemoryCard.DENIED);
            return;
        }
        int error = card.writable(file, inline + size);
        int written = error < 0 ? error : put(file, call.address(DATA), inline);
        if (written < 0) {
            call.complete(written);
        } else {
            writeRest(call, file, call.word(BUFFER), inline, inline + size);
        }
    }

    private void writeRest(RpcCall call, int file, int address, int done, int size) {
        int piece = Math.min(PIECE, size - done);
        if (piece == 0) {
            call.complete(size);
            return;
        }
        rpc.fetch(address, IopMemory.FILE_BUFFER, piece, () -> {
            int written = put(file, IopMemory.FILE_BUFFER, piece);
            if (written < 0) {
                call.complete(written);
            } else {
                writeRest(call, file, address + piece, done + piece, size);
            }
        });
    }

    private int put(int file, int address, int count) {
        byte[] bytes = new byte[count];
        memory.get(address, bytes, 0, count);
        return card.write(file, bytes);
    }

    private int changeDirectory(RpcCall call, int port, int slot) {
        int result = card.changeDirectory(port, slot, name(call));
        int destination = call.word(TABLE);
        byte[] text = (card.currentDirectory() + "\0").getBytes(StandardCharsets.ISO_8859_1);
        if (result == 0
                && destination != 0
                && text.length <= IopMemory.BLOCK_BYTES
                && SifRpc.inEeMemory(destination, text.length)) {
            int block = memory.block();
            memory.put(block, text, 0, text.length);
            transfers.send(block, destination, text.length);
        }
        return result;
    }

    /** GetDir: flag 0 begins a listing by a pattern, flag 1 goes on with it. */
    private void list(RpcCall call, int port, int slot) {
        List<byte[]> found = new ArrayList<>();
        boolean more = (call.word(FLAGS) & 0xFFFF) != 0;
        int count = card.list(port, slot, name(call), more, call.word(MOST_ENTRIES), found);
        int table = call.word(TABLE);
        if (count > 0 && !SifRpc.inEeMemory(table, count * CardEntry.BYTES)) {
            call.complete(MemoryCard.DENIED);
            return;
        }
        for (int i = 0; i < count; i += ENTRIES_AT_ONCE) {
            int block = memory.block();
            int some = Math.min(ENTRIES_AT_ONCE, count - i);
            for (int j = 0; j < some; j++) {
                memory.put(block + j * CardEntry.BYTES, found.get(i + j), 0, CardEntry.BYTES);
            }
            transfers.send(block, table + i * CardEntry.BYTES, some * CardEntry.BYTES);
        }
        call.complete(count);
    }

    /** SetFileInfo: the structure with the new values is fetched. */
    private void setInformation(RpcCall call, int port, int slot) {
        int bytes = CardEntry.BYTES;
        if (!SifRpc.inEeMemory(call.word(TABLE), bytes)) {
            call.complete(MemoryCard.DENIED);
            return;
        }
        rpc.fetch(call.word(TABLE), IopMemory.FILE_BUFFER, bytes, () -> {
            byte[] information = new byte[bytes];
            memory.get(IopMemory.FILE_BUFFER, information, 0, bytes);
            call.complete(card.setInformation(port, slot, name(call), information, call.word(FLAGS)));
        });
    }
}
