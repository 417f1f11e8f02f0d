package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Notices;

/**
 * mcman behind its RPC server and its library: a card of 8 MB in the first port whose files are those of a folder of the host. Results
 * are those of mcman: what was asked for, 0, or an error. Source: ps2sdk {@code iop/memorycard/mcman}, {@code libmc-common.h}.
 */
final class MemoryCard {
    /** Errors of libmc-common.h, sceMcRes. */
    static final int FULL = -3;

    static final int NO_ENTRY = -4;
    static final int DENIED = -5;
    static final int NOT_EMPTY = -6;
    static final int TOO_MANY_FILES = -7;
    static final int NO_CARD = -12;

    static final int TYPE_PS2 = 2;

    /** A card of 8 MB has 8,000 clusters of 1,024 bytes for files. */
    private static final int CLUSTERS = 8000;

    private static final int CLUSTER_BYTES = 1024;

    /** Bytes that at most fit on a card. */
    static final int BYTES = CLUSTERS * CLUSTER_BYTES;

    private static final int MOST_FILES = 3;
    private static final int MAKE_DIRECTORY = 0x40;
    private static final int CREATE_FILE = 0x200;
    private static final int DEEPEST = 8;
    /** What McSetFileInfo sets. */
    private static final int SET_MODIFIED = 2;

    private static final int SET_NAME = 0x10;
    private static final int SET_KEPT = SET_MODIFIED | SET_NAME;

    private record Handle(SeekableByteChannel channel, List<String> parts, int flags) {
        boolean reads() {
            return (flags & HostFolder.READ) != 0;
        }

        boolean writes() {
            return (flags & HostFolder.WRITE) != 0;
        }
    }

    private final Notices notices;
    private final Handle[] files = new Handle[MOST_FILES];
    private List<String> current = List.of();
    private List<HostFolder.Item> listing = List.of();
    private HostFolder card;

    MemoryCard(Notices notices) {
        this.notices = notices;
    }

    void insert(HostFolder folder) {
        card = folder;
    }

    /** Closes all files. */
    void reset() {
        closeAll();
        current = List.of();
        listing = List.of();
    }

    /** True if there is a card in a port and slot. */
    boolean present(int port, int slot) {
        return card != null && port == 0 && slot == 0;
    }

    /** McDetectCard: 0, or {@link #NO_CARD}. */
    int detect(int port, int slot) {
        return present(port, slot) ? 0 : NO_CARD;
    }

    /** McGetFreeClusters: clusters of 1,024 bytes that nothing is in, 0 without a card. */
    int freeClusters(int port, int slot) {
        return present(port, slot) ? freeClusters() : 0;
    }

    private int freeClusters() {
        try {
            return (int) Math.max(0, CLUSTERS - usedClusters(List.of(), 0));
        } catch (IOException e) {
            return 0;
        }
    }

    private long usedClusters(List<String> directory, int depth) throws IOException {
        long used = 2;
        for (HostFolder.Item item : card.list(directory)) {
            used += (item.size() + CLUSTER_BYTES - 1) / CLUSTER_BYTES + 1;
            if (item.directory() && depth < DEEPEST) {
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

    /** McOpen: a file's number from 0 on; with flag 0x40 it makes a directory. */
    int open(int port, int slot, String name, int flags) {
        if (!present(port, slot)) {
            return NO_CARD;
        }
        if (name.isEmpty()) {
            return NO_ENTRY;
        }
        List<String> parts = path(name);
        try {
            return (flags & MAKE_DIRECTORY) != 0 ? makeDirectory(parts) : openFile(parts, flags);
        } catch (IOException e) {
            return error(e);
        } catch (IllegalArgumentException e) {
            return NO_ENTRY;
        }
    }

    private int makeDirectory(List<String> parts) throws IOException {
        if (card.exists(parts)) {
            return NO_ENTRY;
        }
        if (freeClusters() < 3) {
            return FULL;
        }
        card.makeDirectory(parts);
        return 0;
    }

    private int openFile(List<String> parts, int asked) throws IOException {
        int flags = asked & (HostFolder.READ | HostFolder.WRITE);
        if ((asked & CREATE_FILE) != 0) {
            flags |= HostFolder.WRITE | HostFolder.CREATE | HostFolder.TRUNCATE;
        }
        int number = -1;
        for (int i = MOST_FILES - 1; i >= 0; i--) {
            if (files[i] == null) {
                number = i;
            } else if ((flags & HostFolder.WRITE) != 0 && files[i].writes() && files[i].parts.equals(parts)) {
                return DENIED;
            }
        }
        if (number < 0) {
            return TOO_MANY_FILES;
        }
        if ((flags & HostFolder.CREATE) != 0 && freeClusters() < 2 && !card.exists(parts)) {
            return FULL;
        }
        files[number] = new Handle(card.open(parts, flags), parts, flags);
        return number;
    }

    private Handle file(int number) {
        return number >= 0 && number < MOST_FILES ? files[number] : null;
    }

    /** McClose. */
    int close(int number) {
        Handle file = file(number);
        if (file == null) {
            return DENIED;
        }
        files[number] = null;
        try {
            file.channel.close();
            return 0;
        } catch (IOException e) {
            return error(e);
        }
    }

    /** McCloseAll. */
    int closeAll() {
        int result = 0;
        for (int i = 0; i < MOST_FILES; i++) {
            result = files[i] == null ? result : Math.min(result, close(i));
        }
        return result;
    }

    /** McFlush. */
    int flush(int number) {
        return file(number) == null ? DENIED : 0;
    }

    /** McSeek: where the next access begins; origins 0 and 2 are the file's begin and end. */
    int seek(int number, int offset, int origin) {
        Handle file = file(number);
        if (file == null) {
            return DENIED;
        }
        try {
            long base = switch (origin) {
                case 0 -> 0;
                case 2 -> file.channel.size();
                default -> file.channel.position();
            };
            file.channel.position(Math.clamp(base + offset, 0, Integer.MAX_VALUE));
            return (int) file.channel.position();
        } catch (IOException e) {
            return error(e);
        }
    }

    /** How many of {@code wanted} bytes can be read from where the file is, or an error. */
    int readable(int number, int wanted) {
        Handle file = file(number);
        if (file == null || !file.reads()) {
            return DENIED;
        }
        try {
            return (int) Math.max(0, Math.min(wanted, file.channel.size() - file.channel.position()));
        } catch (IOException e) {
            return error(e);
        }
    }

    /** Fills {@code bytes}, which {@link #readable} has told that the file has; 0 or an error. */
    int read(int number, byte[] bytes) {
        Handle file = file(number);
        if (file == null || !file.reads()) {
            return DENIED;
        }
        try {
            OpenFile.readWhole(file.channel, bytes);
            return 0;
        } catch (IOException e) {
            return error(e);
        }
    }

    /** 0 if {@code count} bytes can be written where the file is, else the error. */
    int writable(int number, int count) {
        Handle file = file(number);
        if (file == null || !file.writes() || count < 0 || count > BYTES) {
            return DENIED;
        }
        try {
            long grows = Math.max(0, file.channel.position() + count - file.channel.size());
            return (grows + CLUSTER_BYTES - 1) / CLUSTER_BYTES > freeClusters() ? FULL : 0;
        } catch (IOException e) {
            return error(e);
        }
    }

    /** Writes {@code bytes}, for which {@link #writable} has told that there is room; how many, or an error. */
    int write(int number, byte[] bytes) {
        Handle file = file(number);
        if (file == null || !file.writes()) {
            return DENIED;
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.channel.write(buffer);
            }
            return bytes.length;
        } catch (IOException e) {
            return error(e);
        }
    }

    /** McChDir; {@link #currentDirectory} tells the new directory. */
    int changeDirectory(int port, int slot, String name) {
        if (!present(port, slot)) {
            return NO_CARD;
        }
        List<String> parts = path(name);
        try {
            if (!card.isDirectory(parts)) {
                return NO_ENTRY;
            }
        } catch (IOException e) {
            return error(e);
        }
        current = parts;
        return 0;
    }

    String currentDirectory() {
        return "/" + String.join("/", current);
    }

    /**
     * McGetDir: adds sceMcTblGetDir structures to {@code found}; how many, or an error.
     *
     * @param pattern of names, after the path of a directory
     * @param more true to go on with the listing begun before
     */
    int list(int port, int slot, String pattern, boolean more, int most, List<byte[]> found) {
        if (!present(port, slot)) {
            return NO_CARD;
        }
        try {
            if (!more) {
                int slash = pattern.lastIndexOf('/');
                listing = matching(path(pattern.substring(0, slash + 1)), pattern.substring(slash + 1));
            }
        } catch (IOException e) {
            return error(e);
        }
        int count = Math.min(listing.size(), Math.max(0, most));
        for (HostFolder.Item item : listing.subList(0, count)) {
            found.add(CardEntry.of(item));
        }
        listing = listing.subList(count, listing.size());
        return count;
    }

    private List<HostFolder.Item> matching(List<String> parts, String pattern) throws IOException {
        List<HostFolder.Item> found = new ArrayList<>();
        if (!parts.isEmpty()) {
            FileTime never = FileTime.fromMillis(0);
            found.add(new HostFolder.Item(".", 0, true, never));
            found.add(new HostFolder.Item("..", 0, true, never));
        }
        found.addAll(card.list(parts));
        found.removeIf(item -> !CardEntry.matches(item.name(), pattern));
        return found;
    }

    /** McDelete: a file, or a directory with nothing in it. */
    int delete(int port, int slot, String name) {
        if (!present(port, slot)) {
            return NO_CARD;
        }
        try {
            card.delete(path(name));
            return 0;
        } catch (IOException e) {
            return error(e);
        }
    }

    /** McGetEntSpace: entries that fit into the last cluster of a directory, where two do. */
    int entrySpace(int port, int slot, String name) {
        if (!present(port, slot)) {
            return NO_CARD;
        }
        try {
            return card.list(path(name)).size() & 1;
        } catch (IOException e) {
            return error(e);
        }
    }

    /**
     * McSetFileInfo: renames, and sets the time of the last change; a folder of the host has no other attributes of a card.
     *
     * @param information a sceMcTblGetDir structure
     */
    int setInformation(int port, int slot, String name, byte[] information, int flags) {
        if (!present(port, slot)) {
            return NO_CARD;
        }
        if ((flags & ~SET_KEPT) != 0) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "IOP mcman",
                    0,
                    "the attributes and the time of creation of a file on a card are not kept");
        }
        List<String> parts = path(name);
        try {
            if (!card.exists(parts)) {
                return NO_ENTRY;
            }
            card.checkWritable();
            if ((flags & SET_MODIFIED) != 0) {
                card.modified(parts, CardEntry.modified(information));
            }
            return (flags & SET_NAME) != 0 ? rename(parts, CardEntry.name(information)) : 0;
        } catch (IOException e) {
            return error(e);
        } catch (DateTimeException e) {
            return DENIED;
        }
    }

    private int rename(List<String> parts, String name) throws IOException {
        if (parts.isEmpty() || name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            return NO_ENTRY;
        }
        List<String> renamed = new ArrayList<>(parts);
        renamed.set(renamed.size() - 1, name);
        card.move(parts, renamed);
        return 0;
    }
}
