package soliloquy.cdvd;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

/**
 * Which files go on a disc, and where. Files lie in the order in which they are added, each contiguous from a sector
 * boundary, so a file that is read from start to end is read strictly forward.
 */
public final class IsoLayout {
    private static final Pattern VOLUME = Pattern.compile("[A-Z0-9_]{1,32}");

    /** The largest size a directory record can hold. */
    private static final long MAX_FILE_BYTES = 0xFFFF_FFFFL;

    private final String volume;
    private final IsoTree tree = new IsoTree();
    private IsoPlan plan;

    /**
     * An empty disc.
     *
     * @param volume volume identifier, 1 to 32 of A-Z, 0-9 and _
     */
    public IsoLayout(String volume) throws InputException {
        if (!VOLUME.matcher(volume).matches()) {
            throw new InputException(
                    "The volume identifier \"" + volume + "\" is not 1 to 32 of the characters A-Z, 0-9 and _.");
        }
        this.volume = volume;
    }

    /**
     * The text of a SYSTEM.CNF that starts {@code program}. Source: the facts every PlayStation 2 disc shows.
     *
     * @param program path of the ELF on the disc, for example {@code SOLILOQU.ELF}
     * @param videoMode NTSC or PAL
     */
    public static byte[] systemConfiguration(String program, String videoMode) {
        String text =
                "BOOT2 = cdrom0:\\" + program.replace('/', '\\') + ";1\r\nVER = 1.00\r\nVMODE = " + videoMode + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds a file whose contents are in memory. */
    public IsoLayout add(String path, byte[] content) throws InputException {
        byte[] copy = content.clone();
        return add(path, copy.length, () -> new MemoryChannel(copy));
    }

    /** Adds a host file; its size is taken now. */
    public IsoLayout add(String path, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("There is no file " + file + " to put on the disc as " + path + ".");
        }
        return add(path, Files.size(file), () -> FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * Adds a file of {@code size} bytes.
     *
     * @param path Level 1 names separated by / or \, for example {@code DIR/NAME.EXT}; directories are made as needed
     */
    public IsoLayout add(String path, long size, IsoSource source) throws InputException {
        if (size < 0 || size > MAX_FILE_BYTES) {
            throw new InputException(
                    "The file " + path + " has " + size + " bytes; ISO 9660 holds at most " + MAX_FILE_BYTES + ".");
        }
        tree.add(path, size, source);
        plan = null;
        return this;
    }

    /** Every directory but the root, then every file in the order added, each with its place. */
    public List<IsoEntry> entries() throws InputException {
        List<IsoEntry> entries = new ArrayList<>();
        for (IsoTree.Directory directory : plan().directories()) {
            if (directory.parent() != null) {
                entries.add(directory.entry());
            }
        }
        for (IsoTree.File file : tree.files) {
            entries.add(file.entry());
        }
        return entries;
    }

    /** Sectors of the disc, the 150 after the last file included. */
    public int sectorCount() throws InputException {
        return plan().sectorCount();
    }

    /** The disc, served straight from the sources without writing an image. */
    public DiscImage image() throws InputException {
        return new SourceImage(plan(), List.copyOf(tree.files));
    }

    IsoPlan plan() throws InputException {
        if (plan == null) {
            plan = new IsoPlan(volume, tree);
        }
        return plan;
    }

    List<IsoTree.File> files() {
        return tree.files;
    }

    /** Opens the source of a file and checks that it is as long as it was when it was added. */
    static SeekableByteChannel open(IsoTree.File file) throws IOException {
        SeekableByteChannel channel = file.source.open();
        if (channel.size() != file.size()) {
            long found = channel.size();
            channel.close();
            throw new InputException("The source of " + file.path() + " has " + found + " bytes; it had " + file.size()
                    + " when the disc was laid out.");
        }
        return channel;
    }
}
