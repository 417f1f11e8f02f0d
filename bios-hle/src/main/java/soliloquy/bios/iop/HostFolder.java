package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The one folder of the host that {@code host:} shows to the guest. Nothing outside of it can be reached, not by links either. */
final class HostFolder {
    private static final int WRITE = 2;
    /** Flag of {@link #open}: for reading. */
    static final int READ = 1;

    private static final int APPEND = 0x100;
    private static final int CREATE = 0x200;
    private static final int TRUNCATE = 0x400;
    private static final int EXCLUSIVE = 0x800;

    private final Path root;

    /** @throws IOException if there is no such folder */
    HostFolder(Path folder) throws IOException {
        root = folder.toRealPath();
    }

    /**
     * Opens a file.
     *
     * @param parts the path, without separators
     * @param flags as FILEIO has them
     * @throws IOException if it cannot be opened or does not lie in the folder
     */
    SeekableByteChannel open(List<String> parts, int flags) throws IOException {
        Path path = root;
        for (String part : parts) {
            if (part.equals("..") || part.indexOf('\0') >= 0) {
                throw new IOException("the path leaves the folder");
            }
            path = path.resolve(part);
        }
        Path parent = path.getParent();
        if (parent == null || !parent.toRealPath().startsWith(root) || path.equals(root)) {
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
