package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.attribute.FileTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import soliloquy.bios.DevicePath;
import soliloquy.machine.Notices;
import soliloquy.machine.TextOutput;

/** Opens files of the devices that the ROM knows: {@code cdrom0:}, {@code host:}, {@code rom0:}, {@code tty:}. */
final class FileOpener {
    private static final int WRITE_FLAG = 2;

    /** Told once what became of an open. */
    interface Listener {
        void opened(OpenFile file);

        /** The error, negative. */
        void failed(int error);
    }

    private final DiscDirectory directory;
    private final TextOutput text;
    private final Notices notices;
    private HostFolder host;

    FileOpener(DiscDirectory directory, TextOutput text, Notices notices) {
        this.directory = directory;
        this.text = text;
        this.notices = notices;
    }

    void hostFolder(HostFolder folder) {
        host = folder;
    }

    /** True if the device of {@code path} is one of the ROM's. */
    static boolean knows(DevicePath path) {
        return path.isDisc() || Set.of("tty", "host", "rom").contains(path.device());
    }

    OpenFile terminal() {
        return new OpenFile.Terminal(text);
    }

    /** Opens {@code name}; a file of the disc takes the time of the drive. */
    void open(String name, int flags, Listener listener) {
        DevicePath path = DevicePath.parse(name);
        if (path.isDisc()) {
            if ((flags & WRITE_FLAG) != 0) {
                listener.failed(Errno.EINVAL);
                return;
            }
            directory.find(
                    path.parts(),
                    found -> found.ifPresentOrElse(
                            entry -> listener.opened(new OpenFile.OnDisc(entry.lsn(), entry.size())),
                            () -> listener.failed(Errno.ENOENT)));
        } else if (path.device().equals("tty")) {
            listener.opened(terminal());
        } else if (path.device().equals("host")) {
            openHost(path, flags, name, listener);
        } else {
            Optional<byte[]> rom = RomFiles.file(path);
            if (rom.isEmpty()) {
                report(name, "no such file or device; it fails");
            }
            rom.ifPresentOrElse(
                    bytes -> listener.opened(new OpenFile.InRom(bytes)), () -> listener.failed(Errno.ENOENT));
        }
    }

    private void openHost(DevicePath path, int flags, String name, Listener listener) {
        if (host == null) {
            report(name, "no folder of the host was given to the guest; it fails");
            listener.failed(Errno.ENOENT);
            return;
        }
        OpenFile file;
        try {
            file = new OpenFile.OnHost(host.open(path.parts(), flags));
        } catch (IOException | IllegalArgumentException e) {
            report(name, String.valueOf(e.getMessage()));
            listener.failed(e instanceof AccessDeniedException ? Errno.EACCES : Errno.ENOENT);
            return;
        }
        listener.opened(file);
    }

    /** A change of the host folder by path: 0 or an error. */
    int change(String name, HostChange change) {
        DevicePath path = DevicePath.parse(name);
        if (!path.device().equals("host") || host == null) {
            return path.isDisc() ? Errno.EACCES : Errno.ENODEV;
        }
        try {
            change.apply(host, path.parts());
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            report(name, String.valueOf(e.getMessage()));
            return e instanceof AccessDeniedException ? Errno.EACCES : Errno.ENOENT;
        }
    }

    /** What is in a directory of the host folder; nothing if there is no such directory. */
    Optional<List<DiscDirectory.Entry>> list(DevicePath path) {
        if (!path.device().equals("host") || host == null) {
            return Optional.empty();
        }
        try {
            List<DiscDirectory.Entry> entries = new ArrayList<>();
            for (HostFolder.Item item : host.list(path.parts())) {
                int size = (int) Math.min(item.size(), Integer.MAX_VALUE);
                entries.add(new DiscDirectory.Entry(0, size, item.name(), date(item.modified()), item.directory()));
            }
            return Optional.of(entries);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A time as a directory record of a disc has it, in Japanese time as the console's clock. */
    private static long date(FileTime time) {
        OffsetDateTime at = time.toInstant().atOffset(ZoneOffset.ofHours(9));
        long[] fields = {
            at.getYear() - 1900, at.getMonthValue(), at.getDayOfMonth(), at.getHour(), at.getMinute(), at.getSecond()
        };
        long date = 0;
        for (int i = 0; i < fields.length; i++) {
            date |= (fields[i] & 0xFF) << 8 * i;
        }
        return date;
    }

    /** What is changed. */
    @FunctionalInterface
    interface HostChange {
        void apply(HostFolder folder, List<String> parts) throws IOException;
    }

    private void report(String name, String what) {
        notices.report(Notices.Kind.UNUSUAL, "IOP", 0, "open of " + name + ": " + what);
    }
}
