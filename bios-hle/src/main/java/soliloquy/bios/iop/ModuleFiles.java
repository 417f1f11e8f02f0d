package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.function.Consumer;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IrxFile;

/** Reads whole files that hold modules or programs: from the disc, through the drive, or from the folder of the host. */
final class ModuleFiles {
    /** Largest program that is read, in bytes: all of EE memory. */
    static final int LARGEST_PROGRAM = 32 << 20;

    private final IopMemory memory;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private HostFolder host;

    ModuleFiles(IopMemory memory, DiscReader reader, DiscDirectory directory) {
        this.memory = memory;
        this.reader = reader;
        this.directory = directory;
    }

    void hostFolder(HostFolder folder) {
        host = folder;
    }

    /** Reads a module; {@code loaded} gets it, or nothing if there is no such file or it cannot be read. */
    void readModule(DevicePath path, Consumer<Optional<byte[]>> loaded) {
        read(path, IrxFile.LARGEST, loaded);
    }

    /** Reads a file of at most {@code largest} bytes. */
    void read(DevicePath path, int largest, Consumer<Optional<byte[]>> loaded) {
        if (path.isDisc()) {
            directory.find(path.parts(), found -> {
                DiscDirectory.Entry entry = found.orElse(null);
                if (entry == null || entry.size() <= 0 || entry.size() > largest) {
                    loaded.accept(Optional.empty());
                } else {
                    readDisc(entry, loaded);
                }
            });
        } else {
            loaded.accept(path.device().equals("host") && host != null ? readHost(path, largest) : Optional.empty());
        }
    }

    private void readDisc(DiscDirectory.Entry entry, Consumer<Optional<byte[]>> loaded) {
        byte[] bytes = new byte[entry.size()];
        int sectors = (bytes.length + DiscReader.SECTOR - 1) / DiscReader.SECTOR;
        reader.read(entry.lsn(), sectors, 0, 0, new DiscReader.Consumer() {
            private int position;

            @Override
            public void sectors(int address, int count, Runnable release) {
                int length = Math.min(count * DiscReader.SECTOR, bytes.length - position);
                memory.get(address, bytes, position, length);
                position += length;
                release.run();
            }

            @Override
            public void finished(int error) {
                loaded.accept(error == 0 ? Optional.of(bytes) : Optional.empty());
            }
        });
    }

    private Optional<byte[]> readHost(DevicePath path, int largest) {
        try (SeekableByteChannel channel = host.open(path.parts(), HostFolder.READ)) {
            if (channel.size() > largest) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
