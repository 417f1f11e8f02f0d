package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/**
 * Copies files of a disc into a folder of the host. Discs are hostile: before anything is written, every name is checked to stay in
 * the folder and to be a file of its own there.
 */
public final class DiscExtractor {
    private static final int BUFFER_SECTORS = 64;
    private static final int LONGEST_NAME = 255;

    private final IsoReader reader;
    private final Path folder;

    /**
     * A file and where it goes.
     *
     * @param entry on the disc
     * @param target on the host
     */
    public record Copy(IsoEntry entry, Path target) {}

    /** @param folder where the files go; made if it is missing */
    public DiscExtractor(IsoReader reader, Path folder) {
        this.reader = reader;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Says what {@link #extract} will write.
     *
     * @param wanted paths of files and directories, with either slash, any case, version or none; empty for all
     * @throws InputException if one is not there, or a name cannot be a file of its own in the folder
     */
    public List<Copy> plan(List<String> wanted) throws IOException {
        List<IsoEntry> entries = reader.list();
        List<Copy> copies = new ArrayList<>();
        Map<Path, String> targets = new HashMap<>();
        for (IsoEntry entry : entries) {
            if (!entry.directory() && (wanted.isEmpty() || wanted.stream().anyMatch(path -> covers(path, entry)))) {
                Path target = target(entry);
                Path folded = Path.of(target.toString().toLowerCase(Locale.ROOT));
                String other = targets.put(folded, entry.path());
                if (other != null) {
                    throw new InputException(reader.name() + ": " + printable(other) + " and " + printable(entry.path())
                            + " would be the same file on the host; expected names that differ, so extract them one by"
                            + " one");
                }
                copies.add(new Copy(entry, target));
            }
        }
        for (String path : wanted) {
            if (entries.stream().noneMatch(entry -> covers(path, entry))) {
                throw new InputException(reader.name() + ": there is no " + printable(path)
                        + " on the disc; see what there is with 'soliloquy disc list'");
            }
        }
        return copies;
    }

    private static String plain(String path) {
        String slashes = path.replace('/', '\\');
        String relative = slashes.startsWith("\\") ? slashes.substring(1) : slashes;
        return withoutVersion(relative.endsWith("\\") ? relative.substring(0, relative.length() - 1) : relative)
                .toUpperCase(Locale.ROOT);
    }

    private static String withoutVersion(String name) {
        String bare = name.replaceFirst(";\\d+$", "");
        return bare.endsWith(".") && bare.length() > 1 ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static boolean covers(String wanted, IsoEntry entry) {
        String path = plain(entry.path());
        String asked = plain(wanted);
        return asked.isEmpty() || path.equals(asked) || path.startsWith(asked + "\\");
    }

    private Path target(IsoEntry entry) throws InputException {
        Path target = folder;
        for (String part : withoutVersion(entry.path().substring(1)).split("\\\\", -1)) {
            boolean usable =
                    !part.isEmpty() && !part.equals(".") && !part.equals("..") && part.length() <= LONGEST_NAME;
            try {
                target = usable ? target.resolve(part) : null;
            } catch (InvalidPathException e) {
                target = null;
            }
            if (target == null || part.indexOf(':') >= 0) {
                throw new InputException(reader.name() + ": the name " + printable(entry.path())
                        + " cannot be a file of the host; expected plain names, so extract the other files by theirs");
            }
        }
        return target;
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^ -~]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 77) + "...";
    }

    /**
     * Writes the files, each whole or not at all.
     *
     * @param written told the bytes written so far
     * @throws InputException if one cannot be written, or a link in the folder leads out of it
     */
    public void extract(List<Copy> copies, LongConsumer written) throws IOException {
        makeFolder(folder);
        Path root = folder.toRealPath();
        long[] total = {0};
        for (Copy copy : copies) {
            makeFolders(copy.target);
            if (Files.isSymbolicLink(copy.target)
                    || !copy.target.getParent().toRealPath().startsWith(root)) {
                throw leadsOut(copy.target);
            }
            if (Files.isDirectory(copy.target, LinkOption.NOFOLLOW_LINKS)) {
                throw new InputException(
                        copy.target + " cannot be written: a folder has its name; choose another place");
            }
            WholeFile.write(
                    copy.target,
                    channel -> copy(copy.entry, channel, bytes -> {
                        total[0] += bytes;
                        written.accept(total[0]);
                    }));
        }
    }

    private InputException leadsOut(Path target) {
        return new InputException(
                target + " cannot be written: a link leads out of " + folder + "; choose an empty folder");
    }

    /** Makes the folders of {@code target} below the folder, none of them a link. */
    private void makeFolders(Path target) throws InputException {
        Path here = folder;
        Path relative = folder.relativize(target);
        for (Path part : relative.getParent() == null ? List.<Path>of() : relative.getParent()) {
            here = here.resolve(part);
            if (Files.isSymbolicLink(here)) {
                throw leadsOut(here);
            }
            makeFolder(here);
        }
    }

    private static void makeFolder(Path wanted) throws InputException {
        try {
            Files.createDirectories(wanted);
        } catch (IOException e) {
            throw WholeFile.cannotWrite(wanted, e);
        }
    }

    private void copy(IsoEntry entry, FileChannel channel, LongConsumer copied) throws IOException {
        byte[] buffer = new byte[BUFFER_SECTORS * DiscImage.SECTOR_BYTES];
        long left = entry.size();
        int lsn = entry.lsn();
        while (left > 0) {
            int sectors = (int) Math.min(BUFFER_SECTORS, (left + DiscImage.SECTOR_BYTES - 1) / DiscImage.SECTOR_BYTES);
            for (int i = 0; i < sectors; i++) {
                reader.image().read(lsn + i, buffer, i * DiscImage.SECTOR_BYTES);
            }
            int length = (int) Math.min(left, (long) sectors * DiscImage.SECTOR_BYTES);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            copied.accept(length);
            lsn += sectors;
            left -= length;
        }
    }
}
