package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import soliloquy.machine.InputException;

/**
 * A folder of the host that is shown to the guest, as {@code host:} or as a memory card. Nothing outside of it can be reached, not by
 * links either, and nothing in it changes unless the user allows it.
 */
final class HostFolder {
    /** Flag of {@link #open}: for writing. */
    static final int WRITE = 2;

    /** Flag of {@link #open}: for reading. */
    static final int READ = 1;

    private static final int APPEND = 0x100;
    /** Flag of {@link #open}: the file is made if it is not there. */
    static final int CREATE = 0x200;

    /** Flag of {@link #open}: what the file has is dropped. */
    static final int TRUNCATE = 0x400;

    private static final int EXCLUSIVE = 0x800;

    /**
     * Something in the folder.
     *
     * @param modified time of the last change
     */
    record Item(String name, long size, boolean directory, FileTime modified) {}

    private final Path root;
    private final boolean writable;

    /**
     * @param writable true to let the guest change files
     * @throws InputException if there is no such folder
     */
    HostFolder(Path folder, boolean writable) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + " is not a folder; expected one to show to the guest");
        }
        root = folder.toRealPath();
        this.writable = writable;
    }

    private Path resolve(List<String> parts) throws IOException {
        Path path = root;
        for (String part : parts) {
            if (part.equals("..") || part.indexOf('\0') >= 0 || part.indexOf('\\') >= 0) {
                throw new IOException("the path leaves the folder");
            }
            try {
                path = path.resolve(part);
            } catch (InvalidPathException e) {
                throw new IOException("no file of the host can have this name", e);
            }
        }
        Path parent = path.equals(root) ? root : path.getParent();
        if (parent == null || !parent.toRealPath().startsWith(root) || Files.isSymbolicLink(path)) {
            throw new IOException("the path leaves the folder");
        }
        return path;
    }

    /** @throws AccessDeniedException if the guest may not change the folder */
    void checkWritable() throws IOException {
        if (!writable) {
            throw new AccessDeniedException("the folder is read-only for the guest; --writable lets it write");
        }
    }

    /** Makes a directory. */
    void makeDirectory(List<String> parts) throws IOException {
        checkWritable();
        Files.createDirectory(resolve(parts));
    }

    /** Deletes a file, or a directory with nothing in it. */
    void delete(List<String> parts) throws IOException {
        checkWritable();
        if (parts.isEmpty()) {
            throw new IOException("the path leaves the folder");
        }
        Files.delete(resolve(parts));
    }

    /** Gives a file or directory another place in the folder, at which nothing is yet. */
    void move(List<String> parts, List<String> moved) throws IOException {
        checkWritable();
        Path source = resolve(parts);
        Path target = resolve(moved);
        if (source.equals(root)) {
            throw new IOException("the path leaves the folder");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(source, target);
    }

    /** Sets the time of the last change of a file or directory. */
    void modified(List<String> parts, FileTime time) throws IOException {
        checkWritable();
        Files.setLastModifiedTime(resolve(parts), time);
    }

    /** True if there is a directory at {@code parts}. */
    boolean isDirectory(List<String> parts) throws IOException {
        return Files.isDirectory(resolve(parts), LinkOption.NOFOLLOW_LINKS);
    }

    /** True if there is something at {@code parts}. */
    boolean exists(List<String> parts) throws IOException {
        return Files.exists(resolve(parts), LinkOption.NOFOLLOW_LINKS);
    }

    /** What is in a directory, by name; links are left out. */
    List<Item> list(List<String> parts) throws IOException {
        List<Item> items = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(resolve(parts))) {
            for (Path path : stream) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile() || attributes.isDirectory()) {
                    items.add(new Item(
                            path.getFileName().toString(),
                            attributes.isDirectory() ? 0 : attributes.size(),
                            attributes.isDirectory(),
                            attributes.lastModifiedTime()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        items.sort(Comparator.comparing(Item::name));
        return items;
    }

    /**
     * Opens a file.
     *
     * @param parts the path, without separators
     * @param flags as FILEIO has them
     * @throws IOException if it cannot be opened or does not lie in the folder
     */
    SeekableByteChannel open(List<String> parts, int flags) throws IOException {
        if ((flags & (WRITE | CREATE | TRUNCATE)) != 0) {
            checkWritable();
        }
        Path path = resolve(parts);
        if (path.equals(root)) {
            throw new IOException("the path leaves the folder");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is not a plain file");
        }
        Set<OpenOption> options = new HashSet<>();
        options.add(LinkOption.NOFOLLOW_LINKS);
        boolean writes = (flags & WRITE) != 0;
        add(options, (flags & READ) != 0 || !writes, StandardOpenOption.READ);
        add(options, writes, StandardOpenOption.WRITE);
        add(options, writes && (flags & EXCLUSIVE) != 0, StandardOpenOption.CREATE_NEW);
        add(options, writes && (flags & CREATE) != 0, StandardOpenOption.CREATE);
        add(options, writes && (flags & TRUNCATE) != 0, StandardOpenOption.TRUNCATE_EXISTING);
        SeekableByteChannel channel = Files.newByteChannel(path, options);
        if (writes && (flags & APPEND) != 0) {
            channel.position(channel.size());
        }
        return channel;
    }

    private static void add(Set<OpenOption> options, boolean wanted, OpenOption option) {
        if (wanted) {
            options.add(option);
        }
    }
}
