package soliloquy.bios.iop;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;

/** The device cdrom: of ioman: files and directories of the disc, read through the drive. */
final class DiscDevice implements IopDevice {
    private static final int WRITE = 2;

    private final IopMemory memory;
    private final DiscReader reader;
    private final DiscDirectory directory;

    DiscDevice(IopMemory memory, DiscReader reader, DiscDirectory directory) {
        this.memory = memory;
        this.reader = reader;
        this.directory = directory;
    }

    @Override
    public Set<String> names() {
        return Set.of("cdrom");
    }

    @Override
    public void open(DevicePath path, int flags, Consumer<Opened> opened) {
        if ((flags & WRITE) != 0) {
            opened.accept(Opened.failed(IopErrors.INVALID));
            return;
        }
        directory.find(
                path.parts(),
                found -> opened.accept(
                        found.map(entry -> Opened.of(new File(entry))).orElse(Opened.failed(IopErrors.NO_ENTRY))));
    }

    @Override
    public void openDirectory(DevicePath path, Consumer<Opened> opened) {
        directory.list(
                path.parts(),
                found -> opened.accept(found.map(entries -> Opened.of(new Listing(entries)))
                        .orElse(Opened.failed(IopErrors.NO_ENTRY))));
    }

    @Override
    public void status(DevicePath path, int address, IntConsumer done) {
        directory.find(path.parts(), found -> {
            found.ifPresent(entry -> IopStatus.put(memory, address, false, entry.size(), entry.date()));
            if (found.isPresent()) {
                done.accept(0);
            } else {
                directory.list(path.parts(), listed -> {
                    listed.ifPresent(entries -> IopStatus.put(memory, address, true, 0, 0));
                    done.accept(listed.isPresent() ? 0 : IopErrors.NO_ENTRY);
                });
            }
        });
    }

    private final class Listing implements IopFile {
        private final List<DiscDirectory.Entry> entries;
        private int next;

        Listing(List<DiscDirectory.Entry> entries) {
            this.entries = entries;
        }

        @Override
        public int nextEntry(int address) {
            if (next >= entries.size()) {
                return 0;
            }
            IopStatus.putEntry(memory, address, entries.get(next++));
            return 1;
        }
    }

    private final class File implements IopFile {
        private final DiscDirectory.Entry entry;
        private long position;

        File(DiscDirectory.Entry entry) {
            this.entry = entry;
        }

        private long size() {
            return Integer.toUnsignedLong(entry.size());
        }

        @Override
        public void read(int address, int count, IntConsumer done) {
            int bytes = Math.clamp(size() - position, 0, Math.max(0, count));
            if (bytes == 0) {
                done.accept(0);
                return;
            }
            int skip = (int) (position % DiscReader.SECTOR);
            int first = entry.lsn() + (int) (position / DiscReader.SECTOR);
            int sectors = (int) (((long) skip + bytes + DiscReader.SECTOR - 1) / DiscReader.SECTOR);
            reader.read(first, sectors, 0, 0, new Copy(memory, address, skip, bytes, error -> {
                position += error == 0 ? bytes : 0;
                done.accept(error == 0 ? bytes : IopErrors.IO);
            }));
        }

        @Override
        public int seek(int offset, int whence) {
            long target = IopFile.target(position, size(), offset, whence);
            position = target < 0 ? position : target;
            return (int) target;
        }
    }

    /** Copies bytes out of sectors to where a module wants them. */
    private static final class Copy implements DiscReader.Consumer {
        private final IopMemory memory;
        private final IntConsumer done;
        private int destination;
        private int skip;
        private int left;

        Copy(IopMemory memory, int destination, int skip, int count, IntConsumer done) {
            this.memory = memory;
            this.destination = destination;
            this.skip = skip;
            this.done = done;
            left = count;
        }

        @Override
        public void sectors(int address, int count, Runnable release) {
            int bytes = Math.min(count * DiscReader.SECTOR - skip, left);
            memory.move(destination, address + skip, bytes);
            destination += bytes;
            left -= bytes;
            skip = 0;
            release.run();
        }

        @Override
        public void finished(int error) {
            done.accept(error);
        }
    }
}
