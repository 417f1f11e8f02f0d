package soliloquy.cdvd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import soliloquy.machine.InputException;

/**
 * Checks the ISO 9660 structure of a disc beyond what reading it needs: both byte orders of each number agree, the directories name
 * themselves and their parents, the path tables hold the directories, and no two files overlap. Source: ECMA-119.
 */
public final class IsoVerifier {
    private static final int SECTOR = DiscImage.SECTOR_BYTES;
    private static final int DESCRIPTOR = 16;
    private static final int MOST_FINDINGS = 100;
    private static final int LARGEST_PATH_TABLE = 1 << 20;

    private final DiscImage image;
    private final String name;
    private final List<String> findings = new ArrayList<>();

    private IsoVerifier(DiscImage image, String name) {
        this.image = image;
        this.name = name;
    }

    /**
     * Checks a disc.
     *
     * @param name names the disc in the findings
     * @return a sentence for each thing that is wrong, at most a hundred; none for a sound disc
     * @throws IOException if the host cannot read the image
     */
    public static List<String> verify(DiscImage image, String name) throws IOException {
        IsoVerifier verifier = new IsoVerifier(image, name);
        try {
            IsoReader reader = new IsoReader(image, name);
            List<IsoEntry> entries = reader.list();
            verifier.verify(reader, entries);
        } catch (InputException e) {
            verifier.find(e.getMessage());
        }
        return List.copyOf(verifier.findings);
    }

    private void find(String sentence) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(sentence);
        }
    }

    private void find(long offset, String found, String expected) {
        find(InputException.at(name, offset, found, expected).getMessage());
    }

    private void verify(IsoReader reader, List<IsoEntry> entries) throws IOException {
        byte[] descriptor = new byte[SECTOR];
        int at = descriptorSector(descriptor);
        long base = (long) at * SECTOR;
        both16(descriptor, 120, base, "the volume set size");
        both16(descriptor, 124, base, "the volume's number in its set");
        both16(descriptor, 128, base, "the logical block size");
        long sectors = both32(descriptor, 80, base, "the volume's size");
        long tableBytes = both32(descriptor, 132, base, "the path table's size");
        if (sectors > image.sectorCount()) {
            find(base + 80, "a volume of " + sectors + " sectors", "at most the image's " + image.sectorCount());
        }
        int rootSector = little32(descriptor, 156 + 2);
        List<IsoEntry> directories = new ArrayList<>();
        directories.add(new IsoEntry("\\", rootSector, Integer.toUnsignedLong(little32(descriptor, 156 + 10)), true));
        entries.stream().filter(IsoEntry::directory).forEach(directories::add);
        Map<String, IsoEntry> byPath = new HashMap<>();
        directories.forEach(directory -> byPath.put(directory.path(), directory));
        for (IsoEntry directory : directories) {
            directory(directory, parent(directory, byPath));
        }
        pathTable(Integer.toUnsignedLong(little32(descriptor, 140)), tableBytes, false, directories, byPath);
        pathTable(Integer.toUnsignedLong(big32(descriptor, 148)), tableBytes, true, directories, byPath);
        overlaps(reader, entries, directories.getFirst());
    }

    private int descriptorSector(byte[] descriptor) throws IOException {
        int at = DESCRIPTOR;
        do {
            image.read(at, descriptor, 0);
            at++;
        } while (descriptor[0] != 1);
        return at - 1;
    }

    private static IsoEntry parent(IsoEntry directory, Map<String, IsoEntry> byPath) {
        int slash = directory.path().lastIndexOf('\\');
        return byPath.get(slash <= 0 ? "\\" : directory.path().substring(0, slash));
    }

    /** The records of a directory: the first two are itself and its parent. */
    private void directory(IsoEntry directory, IsoEntry parent) throws IOException {
        byte[] sector = new byte[SECTOR];
        int count = 0;
        for (int i = 0; i < directory.sectors(); i++) {
            image.read(directory.lsn() + i, sector, 0);
            long base = (long) (directory.lsn() + i) * SECTOR;
            for (int at = 0; at < SECTOR && sector[at] != 0; at += sector[at] & 0xFF) {
                both32(sector, at + 2, base, "the first sector of a record of " + directory.path());
                both32(sector, at + 10, base, "the size in a record of " + directory.path());
                both16(sector, at + 28, base, "the volume number in a record of " + directory.path());
                if (count < 2) {
                    IsoEntry expected = count == 0 ? directory : parent;
                    boolean named = (sector[at + 32] & 0xFF) == 1 && sector[at + 33] == count;
                    if (!named || little32(sector, at + 2) != expected.lsn()) {
                        find(
                                base + at,
                                "record " + count + " of " + directory.path() + ", which is not for " + expected.path(),
                                count == 0 ? "the directory itself" : "its parent");
                    }
                }
                count++;
            }
        }
        if (count < 2) {
            find((long) directory.lsn() * SECTOR, directory.path() + " with " + count + " records", "two or more");
        }
    }

    private void pathTable(long lsn, long bytes, boolean big, List<IsoEntry> directories, Map<String, IsoEntry> byPath)
            throws IOException {
        String which = big ? "the big-endian path table" : "the little-endian path table";
        long sectors = (bytes + SECTOR - 1) / SECTOR;
        if (bytes > LARGEST_PATH_TABLE || lsn + sectors > image.sectorCount()) {
            find(lsn * SECTOR, which + " of " + bytes + " bytes", "one inside the image, of at most 1 MB");
            return;
        }
        byte[] table = new byte[(int) sectors * SECTOR];
        for (int i = 0; i < sectors; i++) {
            image.read((int) lsn + i, table, i * SECTOR);
        }
        List<String> paths = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        int at = 0;
        while (at + 8 < bytes && (table[at] & 0xFF) > 0) {
            int length = table[at] & 0xFF;
            int first = big ? big32(table, at + 2) : little32(table, at + 2);
            int parent = big
                    ? (table[at + 6] & 0xFF) << 8 | table[at + 7] & 0xFF
                    : table[at + 6] & 0xFF | (table[at + 7] & 0xFF) << 8;
            if (at + 8 + length > bytes || !paths.isEmpty() && (parent < 1 || parent > paths.size())) {
                find(lsn * SECTOR + at, "a broken record in " + which, "a name and the number of an earlier directory");
                return;
            }
            String above = paths.isEmpty() ? null : paths.get(parent - 1);
            String path = above == null
                    ? "\\"
                    : (above.length() == 1 ? above : above + "\\")
                            + new String(table, at + 8, length, StandardCharsets.ISO_8859_1);
            paths.add(path);
            seen.add(path);
            IsoEntry directory = byPath.get(path);
            if (directory == null) {
                // what hangs below it would only repeat this
                find(
                        lsn * SECTOR + at,
                        which + " with " + path.replaceAll("[^ -~]", "?"),
                        "only directories of the tree");
                return;
            }
            if (directory.lsn() != first) {
                find(lsn * SECTOR + at, which + " with " + path + " at sector " + first, "sector " + directory.lsn());
            }
            at += 8 + length + (length & 1);
        }
        for (IsoEntry directory : directories) {
            if (!seen.contains(directory.path())) {
                find(lsn * SECTOR, which + " without " + directory.path(), "every directory of the tree");
            }
        }
    }

    private void overlaps(IsoReader reader, List<IsoEntry> entries, IsoEntry root) {
        List<IsoEntry> placed = new ArrayList<>(entries);
        placed.add(root);
        placed.removeIf(entry -> entry.size() == 0);
        placed.sort(Comparator.comparingInt(IsoEntry::lsn));
        for (int i = 1; i < placed.size(); i++) {
            IsoEntry before = placed.get(i - 1);
            IsoEntry after = placed.get(i);
            if (before.lsn() + before.sectors() > after.lsn()) {
                find(reader.name() + ": " + before.path() + " and " + after.path() + " both occupy sector "
                        + after.lsn() + "; expected each file in sectors of its own");
            }
        }
    }

    private long both32(byte[] bytes, int at, long base, String what) {
        int little = little32(bytes, at);
        int big = big32(bytes, at + 4);
        if (little != big) {
            find(
                    base + at,
                    what + ": " + Integer.toUnsignedString(little) + " little-endian, " + Integer.toUnsignedString(big)
                            + " big-endian",
                    "the same number twice");
        }
        return Integer.toUnsignedLong(little);
    }

    private void both16(byte[] bytes, int at, long base, String what) {
        if (bytes[at] != bytes[at + 3] || bytes[at + 1] != bytes[at + 2]) {
            find(base + at, what + " in two byte orders that differ", "the same number twice");
        }
    }

    private static int little32(byte[] bytes, int at) {
        return Integer.reverseBytes(big32(bytes, at));
    }

    private static int big32(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }
}
