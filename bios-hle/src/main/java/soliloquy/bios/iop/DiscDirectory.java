package soliloquy.bios.iop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * cdvdman's SearchFile: walks the ISO 9660 directories of the disc, reading them through the drive. What it reads is hostile.
 * Source: ECMA-119.
 */
final class DiscDirectory {
    private static final int VOLUME_DESCRIPTOR = 16;
    private static final int ROOT_RECORD = 156;
    /** Directories of more sectors than this are not searched further. */
    private static final int MOST_SECTORS = 512;

    private static final int FLAG_DIRECTORY = 2;

    /**
     * A file on the disc.
     *
     * @param lsn first sector
     * @param size bytes
     * @param name as in its record, with the version
     * @param date the first six bytes of its record's date, the year lowest: years from 1900, month, day, hour, minute, second
     */
    record Entry(int lsn, int size, String name, long date, boolean directory) {
        /** Byte {@code index} of the date. */
        int date(int index) {
            return (int) (date >> 8 * index) & 0xFF;
        }
    }

    private final IopMemory memory;
    private final DiscReader reader;

    DiscDirectory(IopMemory memory, DiscReader reader) {
        this.memory = memory;
        this.reader = reader;
    }

    /** Looks for a file; {@code found} gets it, or nothing if it is not there or the disc cannot be read. */
    void find(List<String> path, Consumer<Optional<Entry>> found) {
        if (path.isEmpty()) {
            found.accept(Optional.empty());
        } else {
            walk(
                    path,
                    path.size() - 1,
                    directory -> found.accept(directory
                            .flatMap(entries -> match(entries, path.getLast()))
                            .filter(entry -> !entry.directory())));
        }
    }

    /** Lists a directory, the root if {@code path} is empty, without its entries for itself and its parent. */
    void list(List<String> path, Consumer<Optional<List<Entry>>> found) {
        walk(path, path.size(), directory -> found.accept(directory.map(DiscDirectory::entries)));
    }

    /** Reads the directory that the first {@code depth} parts of {@code path} name. */
    private void walk(List<String> path, int depth, Consumer<Optional<ByteBuffer>> found) {
        load(VOLUME_DESCRIPTOR, 1, sectors -> {
            ByteBuffer descriptor = sectors.orElse(null);
            if (descriptor == null
                    || descriptor.get(0) != 1
                    || !text(descriptor, 1, 5).equals("CD001")) {
                found.accept(Optional.empty());
            } else {
                descend(descriptor.getInt(ROOT_RECORD + 2), descriptor.getInt(ROOT_RECORD + 10), path, 0, depth, found);
            }
        });
    }

    private void descend(
            int lsn, int size, List<String> path, int at, int depth, Consumer<Optional<ByteBuffer>> found) {
        int count = (int)
                Math.min(MOST_SECTORS, (Integer.toUnsignedLong(size) + DiscReader.SECTOR - 1) / DiscReader.SECTOR);
        load(lsn, count, directory -> {
            Entry entry = at == depth
                    ? null
                    : directory.flatMap(entries -> match(entries, path.get(at))).orElse(null);
            if (at == depth) {
                found.accept(directory);
            } else if (entry != null && entry.directory()) {
                descend(entry.lsn(), entry.size(), path, at + 1, depth, found);
            } else {
                found.accept(Optional.empty());
            }
        });
    }

    private static Optional<Entry> match(ByteBuffer directory, String wanted) {
        return entries(directory).stream()
                .filter(entry -> entry.name().equals(wanted))
                .findFirst();
    }

    /** The entries up to the first that is not well-formed. */
    private static List<Entry> entries(ByteBuffer directory) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at + 33 < directory.capacity()) {
            int length = directory.get(at) & 0xFF;
            if (length == 0) {
                at = (at / DiscReader.SECTOR + 1) * DiscReader.SECTOR;
                continue;
            }
            int nameLength = directory.get(at + 32) & 0xFF;
            if (length < 33 + nameLength || at + length > directory.capacity()) {
                break;
            }
            String name = text(directory, at + 33, nameLength);
            if (!name.equals("\0") && !name.equals("\1")) {
                long date = directory.getLong(at + 18) & 0xFFFF_FFFF_FFFFL;
                boolean isDirectory = (directory.get(at + 25) & FLAG_DIRECTORY) != 0;
                entries.add(new Entry(directory.getInt(at + 2), directory.getInt(at + 10), name, date, isDirectory));
            }
            at += length;
        }
        return entries;
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private void load(int lsn, int count, Consumer<Optional<ByteBuffer>> loaded) {
        ByteBuffer sectors = ByteBuffer.allocate(count * DiscReader.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        if (count == 0) {
            loaded.accept(Optional.empty());
            return;
        }
        reader.read(lsn, count, 0, 0, new DiscReader.Consumer() {
            private int position;

            @Override
            public void sectors(int address, int number, Runnable release) {
                memory.get(address, sectors.array(), position, number * DiscReader.SECTOR);
                position += number * DiscReader.SECTOR;
                release.run();
            }

            @Override
            public void finished(int error) {
                loaded.accept(error == 0 ? Optional.of(sectors) : Optional.empty());
            }
        });
    }
}
