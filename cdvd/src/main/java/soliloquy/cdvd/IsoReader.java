package soliloquy.cdvd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import soliloquy.machine.InputException;

/**
 * Reads the ISO 9660 file system (ECMA-119) of a disc. Discs are hostile: every field is checked before it is used, and
 * what is wrong is told with the byte offset in the image. Only the primary volume is read: Joliet, Rock Ridge and UDF are
 * ignored, as the console ignores them.
 */
public final class IsoReader {
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int LAST_DESCRIPTOR = 79;
    private static final int MAX_DIRECTORY_BYTES = 1 << 20;
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_DEPTH = 32;
    private static final int SECTOR = DiscImage.SECTOR_BYTES;

    private final DiscImage image;
    private final String name;
    private final IsoEntry root;
    private final String volume;
    private long descriptorOffset;

    /**
     * Finds the primary volume of a disc.
     *
     * @param name names the disc in error messages
     * @throws InputException if there is no ISO 9660 file system
     */
    public IsoReader(DiscImage image, String name) throws IOException {
        this.image = image;
        this.name = name;
        byte[] descriptor = primaryVolumeDescriptor();
        volume = new String(descriptor, 40, 32, StandardCharsets.ISO_8859_1).strip();
        root = record(descriptor, 156, descriptorOffset, "").entry();
        if (!root.directory()) {
            throw InputException.at(name, descriptorOffset + 156 + 25, "a root that is a file", "a directory");
        }
    }

    /** Reads the disc in a host file's image. */
    public static IsoReader of(IsoFile file) throws IOException {
        return new IsoReader(file, file.path().toString());
    }

    /** The name of the disc in error messages. */
    public String name() {
        return name;
    }

    /** The disc. */
    public DiscImage image() {
        return image;
    }

    /** The volume identifier, without the spaces that fill it. */
    public String volume() {
        return volume;
    }

    /** All files and directories but the root, each directory before what it holds, in the order of the disc's records. */
    public List<IsoEntry> list() throws IOException {
        List<IsoEntry> found = new ArrayList<>();
        Set<Integer> visited = new HashSet<>();
        visited.add(root.lsn());
        list(root, 0, visited, found);
        return Collections.unmodifiableList(found);
    }

    private void list(IsoEntry directory, int depth, Set<Integer> visited, List<IsoEntry> found) throws IOException {
        for (Located located : records(directory)) {
            IsoEntry entry = located.entry();
            if (found.size() == MAX_ENTRIES) {
                throw InputException.at(
                        name, located.offset(), "one more entry", "at most " + MAX_ENTRIES + " files and directories");
            }
            found.add(entry);
            if (entry.directory()) {
                if (!visited.add(entry.lsn())) {
                    throw InputException.at(
                            name,
                            located.offset() + 2,
                            entry.path() + " at sector " + entry.lsn() + ", which another directory occupies",
                            "a tree of directories");
                }
                if (depth == MAX_DEPTH) {
                    throw InputException.at(
                            name, located.offset(), entry.path(), "at most " + MAX_DEPTH + " levels of directories");
                }
                list(entry, depth + 1, visited, found);
            }
        }
    }

    /**
     * Finds a file or directory as the console's file system does: by exact name, version included.
     *
     * @param path for example {@code \DIR\NAME.EXT;1}; the leading backslash may be missing
     */
    public Optional<IsoEntry> find(String path) throws IOException {
        IsoEntry here = root;
        String relative = path.startsWith("\\") ? path.substring(1) : path;
        if (relative.isEmpty()) {
            return Optional.of(root);
        }
        for (String component : relative.split("\\\\", -1)) {
            IsoEntry next = null;
            if (here.directory()) {
                for (Located located : records(here)) {
                    if (located.entry().name().equals(component)) {
                        next = located.entry();
                        break;
                    }
                }
            }
            if (next == null) {
                return Optional.empty();
            }
            here = next;
        }
        return Optional.of(here);
    }

    /**
     * Reads a whole file.
     *
     * @param limit the most bytes the caller wants in memory
     * @throws InputException if it is longer
     */
    public byte[] read(IsoEntry file, int limit) throws IOException {
        if (file.size() > limit) {
            throw new InputException(
                    name + ": " + file.path() + " has " + file.size() + " bytes; expected at most " + limit + ".");
        }
        byte[] sectors = new byte[Math.toIntExact((long) file.sectors() * SECTOR)];
        for (int i = 0; i < file.sectors(); i++) {
            image.read(file.lsn() + i, sectors, i * SECTOR);
        }
        return Arrays.copyOf(sectors, (int) file.size());
    }

    /** Opens a file for reading from any position; the disc stays open when it is closed. */
    public SeekableByteChannel open(IsoEntry file) {
        return new IsoFileChannel(image, file);
    }

    private byte[] primaryVolumeDescriptor() throws IOException {
        byte[] sector = new byte[SECTOR];
        for (int lsn = FIRST_DESCRIPTOR; lsn <= LAST_DESCRIPTOR; lsn++) {
            descriptorOffset = (long) lsn * SECTOR;
            if (lsn >= image.sectorCount()) {
                throw InputException.at(name, descriptorOffset, "the end of the disc", "a volume descriptor");
            }
            image.read(lsn, sector, 0);
            String identifier = new String(sector, 1, 5, StandardCharsets.ISO_8859_1);
            int type = sector[0] & 0xFF;
            if (!identifier.equals("CD001")) {
                throw InputException.at(
                        name, descriptorOffset + 1, printable(identifier), "\"CD001\" of an ISO 9660 disc");
            }
            if (type == 255) {
                throw InputException.at(
                        name, descriptorOffset, "the end of the volume descriptors", "a primary volume descriptor");
            }
            if (type == 1) {
                int blockSize = word16(sector, 128);
                if (blockSize != SECTOR) {
                    throw InputException.at(
                            name, descriptorOffset + 128, "logical blocks of " + blockSize + " bytes", "2048");
                }
                return sector;
            }
        }
        throw InputException.at(
                name, descriptorOffset, "no primary volume descriptor", "one in sectors 16 to " + LAST_DESCRIPTOR);
    }

    private record Located(IsoEntry entry, long offset) {}

    private List<Located> records(IsoEntry directory) throws IOException {
        List<Located> found = new ArrayList<>();
        byte[] sector = new byte[SECTOR];
        for (int i = 0; i < directory.sectors(); i++) {
            int lsn = directory.lsn() + i;
            image.read(lsn, sector, 0);
            long base = (long) lsn * SECTOR;
            int position = 0;
            // A length of 0 fills the rest of a sector; records do not cross sectors (ECMA-119, 6.8.1.1).
            while (position < SECTOR && sector[position] != 0) {
                Located located = record(sector, position, base, directory.path());
                if (located != null) {
                    found.add(located);
                }
                position += sector[position] & 0xFF;
            }
        }
        return found;
    }

    /** Checks and reads the directory record at {@code position} of a sector; null for "." and "..". */
    private Located record(byte[] sector, int position, long base, String parent) throws InputException {
        long offset = base + position;
        int length = sector[position] & 0xFF;
        if (length < 34 || position + length > SECTOR) {
            throw InputException.at(
                    name, offset, "a directory record of " + length + " bytes", "34 or more, within the sector");
        }
        int nameLength = sector[position + 32] & 0xFF;
        if (nameLength == 0 || 33 + nameLength > length) {
            throw InputException.at(name, offset + 32, "a name of " + nameLength + " bytes", "1 to " + (length - 33));
        }
        boolean isRoot = parent.isEmpty();
        int first = sector[position + 33];
        if (!isRoot && nameLength == 1 && (first == 0 || first == 1)) {
            return null;
        }
        String path = isRoot ? "\\" : (parent.length() == 1 ? parent : parent + "\\") + name(sector, position, offset);
        int flags = sector[position + 25];
        boolean directory = (flags & 2) != 0;
        if ((flags & 0x80) != 0 || sector[position + 26] != 0 || sector[position + 27] != 0) {
            throw InputException.at(
                    name, offset + 25, path + " in several extents or interleaved", "one contiguous extent");
        }
        long lsn = (word32(sector, position + 2) & 0xFFFFFFFFL) + (sector[position + 1] & 0xFF);
        long size = word32(sector, position + 10) & 0xFFFFFFFFL;
        long sectors = (size + SECTOR - 1) / SECTOR;
        if (lsn > image.sectorCount() || sectors > image.sectorCount() - lsn) {
            throw InputException.at(
                    name,
                    offset + 2,
                    path + " in sectors " + lsn + " to " + (lsn + sectors - 1),
                    "at most " + (image.sectorCount() - 1) + ", the last of the image");
        }
        if (directory && size > MAX_DIRECTORY_BYTES) {
            throw InputException.at(
                    name, offset + 10, "a directory of " + size + " bytes", "at most " + MAX_DIRECTORY_BYTES);
        }
        return new Located(new IsoEntry(path, (int) lsn, size, directory), offset);
    }

    private String name(byte[] sector, int position, long offset) throws InputException {
        String found = new String(sector, position + 33, sector[position + 32] & 0xFF, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < found.length(); i++) {
            char c = found.charAt(i);
            if (c < 0x20 || c == 0x7F || c == '/' || c == '\\') {
                throw InputException.at(
                        name, offset + 33 + i, "the byte " + (int) c + " in a file name", "a character of a file name");
            }
        }
        return found;
    }

    private static String printable(String text) {
        return '"' + text.replaceAll("[^ -~]", "?") + '"';
    }

    private static int word16(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF | (bytes[offset + 1] & 0xFF) << 8;
    }

    private static int word32(byte[] bytes, int offset) {
        return word16(bytes, offset) | word16(bytes, offset + 2) << 16;
    }
}
