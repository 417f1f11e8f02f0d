package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * mcserv with mcman behind it: server 80000400, memory cards for EE programs. A card in the first port has the files of a folder of
 * the host. Calls are those of XMCSERV and, by their older numbers, of MCSERV. Source: ps2sdk {@code libmc.c},
 * {@code libmc-common.h}.
 */
final class CardService implements RpcServer {
    static final int ID = 0x8000_0400;

    private static final int FULL = -3;
    private static final int NO_ENTRY = -4;
    private static final int DENIED = -5;
    private static final int NOT_EMPTY = -6;
    private static final int TOO_MANY_FILES = -7;
    private static final int NO_CARD = -12;

    private static final int SERVER_VERSION = 0x0208;
    private static final int TYPE_PS2 = 2;
    private static final int MAKE_DIRECTORY = 0x40;
    private static final int MOST_FILES = 3;

    /** A card of 8 MB has 8,000 clusters of 1,024 bytes for files. */
    private static final int CLUSTERS = 8000;

    private static final int CLUSTER_BYTES = 1024;

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
    private static final int ENTRY_BYTES = 64;
    private static final int ENTRIES_AT_ONCE = 4;
    private static final int PIECE = 0x4000;
    private static final int FILE_MODE = 0x8497;
    private static final int DIRECTORY_MODE = 0x8427;

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifRpc rpc;
    private final SeekableByteChannel[] files = new SeekableByteChannel[MOST_FILES];
    private List<String> current = List.of();
    private List<HostFolder.Item> listing = List.of();
    private HostFolder card;

    CardService(IopMemory memory, SifTransfers transfers, SifRpc rpc) {
        this.memory = memory;
        this.transfers = transfers;
        this.rpc = rpc;
    }

    void insert(HostFolder folder) {
        card = folder;
    }

    /** Closes all files. */
    void reset() {
        for (int i = 0; i < MOST_FILES; i++) {
            close(i);
        }
        current = List.of();
        listing = List.of();
    }

    @Override
    public void call(RpcCall call) {
        switch (call.function()) {
            case 0xFE ->
                call.result(4, SERVER_VERSION).result(8, SERVER_VERSION).complete(0);
            case 0x70 -> call.complete(0);
            case 0x01 -> information(call, 64, FORMATTED);
            case 0x78 -> information(call, 16, -1);
            case 0x02, 0x71 -> call.complete(card(call) ? open(call) : NO_CARD);
            case 0x03, 0x72 -> call.complete(close(call.word(0)));
            case 0x04, 0x75 -> call.complete(seek(call.word(0), call.word(OFFSET), call.word(ORIGIN)));
            case 0x05 -> read(call, 64);
            case 0x73 -> read(call, 16);
            case 0x06, 0x74 -> write(call);
            case 0x0A, 0x7A -> call.complete(file(call.word(0)) == null ? DENIED : 0);
            case 0x0C, 0x7B -> call.complete(card(call) ? changeDirectory(call) : NO_CARD);
            case 0x0D, 0x76 -> {
                if (card(call)) {
                    list(call);
                } else {
                    call.complete(NO_CARD);
                }
            }
            case 0x0F, 0x79 -> call.complete(card(call) ? delete(call) : NO_CARD);
            case 0x12 -> call.complete(card(call) ? (int) (freeClusters() / 2) : NO_CARD);
            default -> call.complete(DENIED); // formatting, pages, attributes: a folder has none
        }
    }

    /** True if the port and slot of a request have a card. */
    private boolean card(RpcCall call) {
        boolean named = switch (call.function()) {
            case 0x01, 0x78 -> false;
            default -> true;
        };
        int port = call.word(named ? 0 : 4);
        int slot = call.word(named ? 4 : 8);
        return card != null && port == 0 && slot == 0;
    }

    /** The answer goes to a structure of the client: type, free clusters, and for the newer call whether it is formatted. */
    private void information(RpcCall call, int unit, int formatted) {
        boolean there = card(call);
        int block = memory.block();
        int bytes = unit == 64 ? INFORMATION_BYTES : 64;
        memory.word(block, there ? TYPE_PS2 : 0);
        memory.word(block + 4, there ? (int) freeClusters() : 0);
        if (formatted > 0) {
            memory.word(block + formatted, there ? 1 : 0);
        }
        int destination = call.word(PARAMETER);
        if (SifRpc.inEeMemory(destination, bytes) && destination != 0) {
            transfers.send(block, destination, bytes);
        }
        call.complete(there ? 0 : NO_CARD);
    }

    private long freeClusters() {
        try {
            return Math.max(0, CLUSTERS - usedClusters(List.of(), 0));
        } catch (IOException e) {
            return 0;
        }
    }

    private long usedClusters(List<String> directory, int depth) throws IOException {
        long used = 2;
        for (HostFolder.Item item : card.list(directory)) {
            used += (item.size() + CLUSTER_BYTES - 1) / CLUSTER_BYTES + 1;
            if (item.directory() && depth < 8) {
                List<String> below = new ArrayList<>(directory);
                below.add(item.name());
                used += usedClusters(below, depth + 1);
            }
        }
        return used;
    }

    /** A path is from the root if it begins with a slash, else from the current directory. */
    private List<String> path(String text) {
        List<String> parts = new ArrayList<>(text.startsWith("/") ? List.of() : current);
        for (String part : text.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static int error(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> DENIED;
            case DirectoryNotEmptyException full -> NOT_EMPTY;
            default -> NO_ENTRY;
        };
    }

    private int open(RpcCall call) {
        List<String> parts = path(call.text(NAME, LONGEST_NAME));
        int flags = call.word(FLAGS);
        try {
            if ((flags & MAKE_DIRECTORY) != 0) {
                if (card.exists(parts)) {
                    return NO_ENTRY;
                }
                if (freeClusters() < 3) {
                    return FULL;
                }
                card.makeDirectory(parts);
                return 0;
            }
            for (int i = 0; i < MOST_FILES; i++) {
                if (files[i] == null) {
                    if ((flags & HostFolder.CREATE) != 0 && freeClusters() < 2 && !card.exists(parts)) {
                        return FULL;
                    }
                    files[i] = card.open(parts, flags);
                    return i;
                }
            }
            return TOO_MANY_FILES;
        } catch (IOException e) {
            return error(e);
        } catch (IllegalArgumentException e) {
            return NO_ENTRY;
        }
    }

    private SeekableByteChannel file(int descriptor) {
        return descriptor >= 0 && descriptor < MOST_FILES ? files[descriptor] : null;
    }

    private int close(int descriptor) {
        SeekableByteChannel file = file(descriptor);
        if (file == null) {
            return DENIED;
        }
        files[descriptor] = null;
        try {
            file.close();
            return 0;
        } catch (IOException e) {
            return error(e);
        }
    }

    private int seek(int descriptor, int offset, int origin) {
        SeekableByteChannel file = file(descriptor);
        if (file == null) {
            return DENIED;
        }
        try {
            long base = origin == 1 ? file.position() : origin == 2 ? file.size() : 0;
            file.position(Math.clamp(base + offset, 0, Integer.MAX_VALUE));
            return (int) file.position();
        } catch (IOException e) {
            return error(e);
        }
    }

    private void read(RpcCall call, int unit) {
        SeekableByteChannel file = file(call.word(0));
        int destination = call.word(BUFFER);
        try {
            if (file == null || !SifRpc.inEeMemory(destination, call.word(SIZE))) {
                call.complete(DENIED);
                return;
            }
            int count = (int) Math.max(0, Math.min(call.word(SIZE), file.size() - file.position()));
            readPiece(call, file, new EeStream(memory, transfers, destination, count, unit), count);
        } catch (IOException e) {
            call.complete(error(e));
        }
    }

    private void readPiece(RpcCall call, SeekableByteChannel file, EeStream stream, int count) {
        int piece = Math.min(PIECE, count - stream.position());
        if (piece == 0) {
            stream.finish(call.word(PARAMETER));
            call.complete(count);
            return;
        }
        try {
            byte[] bytes = new byte[piece];
            OpenFile.readWhole(file, bytes);
            memory.put(IopMemory.FILE_BUFFER, bytes, 0, piece);
        } catch (IOException e) {
            call.complete(error(e));
            return;
        }
        stream.data(IopMemory.FILE_BUFFER, piece, () -> readPiece(call, file, stream, count));
    }

    /** Up to 16 bytes come with the request, the rest is fetched. */
    private void write(RpcCall call) {
        SeekableByteChannel file = file(call.word(0));
        int inline = call.word(ORIGIN);
        int size = call.word(SIZE);
        if (file == null || inline < 0 || inline > 16 || size < 0 || size > CLUSTERS * CLUSTER_BYTES) {
            call.complete(DENIED);
        } else if (grows(file, inline + size) > freeClusters()) {
            call.complete(FULL);
        } else {
            int written = put(file, call.address(DATA), inline);
            if (written < 0) {
                call.complete(written);
            } else {
                writeRest(call, file, call.word(BUFFER), inline, inline + size);
            }
        }
    }

    /** Clusters that {@code file} will need more when so many bytes are written at its position. */
    private static long grows(SeekableByteChannel file, int bytes) {
        try {
            long end = file.position() + bytes;
            return (Math.max(0, end - file.size()) + CLUSTER_BYTES - 1) / CLUSTER_BYTES;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private void writeRest(RpcCall call, SeekableByteChannel file, int address, int done, int size) {
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

    private int put(SeekableByteChannel file, int address, int count) {
        byte[] bytes = new byte[count];
        memory.get(address, bytes, 0, count);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            return count;
        } catch (IOException e) {
            return error(e);
        } catch (java.nio.channels.NonWritableChannelException e) {
            return DENIED;
        }
    }

    private int changeDirectory(RpcCall call) {
        List<String> parts = path(call.text(NAME, LONGEST_NAME));
        try {
            if (!card.isDirectory(parts)) {
                return NO_ENTRY;
            }
        } catch (IOException e) {
            return error(e);
        }
        current = parts;
        int destination = call.word(TABLE);
        byte[] text = ("/" + String.join("/", parts) + "\0").getBytes(StandardCharsets.ISO_8859_1);
        if (destination != 0 && text.length <= IopMemory.BLOCK_BYTES && SifRpc.inEeMemory(destination, text.length)) {
            int block = memory.block();
            memory.put(block, text, 0, text.length);
            transfers.send(block, destination, text.length);
        }
        return 0;
    }

    /** GetDir: flag 0 begins a listing by a pattern, flag 1 goes on with it. */
    private void list(RpcCall call) {
        String pattern = call.text(NAME, LONGEST_NAME);
        try {
            if (call.word(FLAGS) == 0) {
                int slash = pattern.lastIndexOf('/');
                List<String> parts = path(pattern.substring(0, slash + 1));
                String name = slash < 0 ? pattern : pattern.substring(slash + 1);
                listing = matching(parts, name);
            }
        } catch (IOException e) {
            call.complete(error(e));
            return;
        }
        int table = call.word(TABLE);
        int count = Math.min(listing.size(), Math.max(0, call.word(MOST_ENTRIES)));
        if (!SifRpc.inEeMemory(table, count * ENTRY_BYTES)) {
            call.complete(DENIED);
            return;
        }
        for (int i = 0; i < count; i += ENTRIES_AT_ONCE) {
            int block = memory.block();
            int some = Math.min(ENTRIES_AT_ONCE, count - i);
            for (int j = 0; j < some; j++) {
                write(block + j * ENTRY_BYTES, listing.get(i + j));
            }
            transfers.send(block, table + i * ENTRY_BYTES, some * ENTRY_BYTES);
        }
        listing = listing.subList(count, listing.size());
        call.complete(count);
    }

    private List<HostFolder.Item> matching(List<String> parts, String pattern) throws IOException {
        List<HostFolder.Item> found = new ArrayList<>();
        if (!parts.isEmpty()) {
            java.nio.file.attribute.FileTime now = java.nio.file.attribute.FileTime.fromMillis(0);
            found.add(new HostFolder.Item(".", 0, true, now));
            found.add(new HostFolder.Item("..", 0, true, now));
        }
        found.addAll(card.list(parts));
        found.removeIf(item -> item.name().length() > 31 || !matches(item.name(), pattern));
        return found;
    }

    /** True if {@code pattern} fits {@code name}: a star for any characters, a question mark for one. */
    private static boolean matches(String name, String pattern) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (wanted == '*') {
                star = at++;
                resume = i;
            } else if (wanted == '?' || wanted == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** sceMcTblGetDir: two times, size, mode, and the name in its last 32 bytes. */
    private void write(int at, HostFolder.Item item) {
        OffsetDateTime time = item.modified().toInstant().atOffset(ZoneOffset.ofHours(9));
        for (int start = at; start <= at + 8; start += 8) {
            memory.word(start, time.getSecond() << 8 | time.getMinute() << 16 | time.getHour() << 24);
            memory.word(start + 4, time.getDayOfMonth() | time.getMonthValue() << 8 | time.getYear() << 16);
        }
        memory.word(at + 16, (int) item.size());
        memory.word(at + 20, item.directory() ? DIRECTORY_MODE : FILE_MODE);
        byte[] name = item.name().getBytes(StandardCharsets.ISO_8859_1);
        memory.put(at + 32, name, 0, Math.min(name.length, 31));
    }

    private int delete(RpcCall call) {
        try {
            card.delete(path(call.text(NAME, LONGEST_NAME)));
            return 0;
        } catch (IOException e) {
            return error(e);
        }
    }
}
