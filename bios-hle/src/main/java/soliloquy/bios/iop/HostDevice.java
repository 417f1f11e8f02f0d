package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;

/** The device host: of ioman: files of the one folder of the host that the guest was given. */
final class HostDevice implements IopDevice {
    private final IopMemory memory;
    private HostFolder folder;

    HostDevice(IopMemory memory) {
        this.memory = memory;
    }

    void hostFolder(HostFolder shown) {
        folder = shown;
    }

    @Override
    public Set<String> names() {
        return Set.of("host");
    }

    @Override
    public void open(DevicePath path, int flags, Consumer<Opened> opened) {
        if (folder == null) {
            opened.accept(Opened.failed(IopErrors.NO_ENTRY));
            return;
        }
        Opened result;
        try {
            result = Opened.of(new File(folder.open(path.parts(), flags)));
        } catch (IOException | IllegalArgumentException e) {
            result = Opened.failed(IopErrors.NO_ENTRY);
        }
        opened.accept(result);
    }

    @Override
    public void status(DevicePath path, int address, IntConsumer done) {
        int result = IopErrors.NO_ENTRY;
        if (folder != null) {
            try (SeekableByteChannel channel = folder.open(path.parts(), HostFolder.READ)) {
                IopStatus.put(memory, address, false, (int) Math.min(channel.size(), Integer.MAX_VALUE), 0);
                result = 0;
            } catch (IOException | IllegalArgumentException e) {
                result = IopErrors.NO_ENTRY;
            }
        }
        done.accept(result);
    }

    private final class File implements IopFile {
        private final SeekableByteChannel channel;

        File(SeekableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public void read(int address, int count, IntConsumer done) {
            int result;
            try {
                ByteBuffer bytes = ByteBuffer.allocate(
                        (int) Math.clamp(channel.size() - channel.position(), 0, (long) Math.max(0, count)));
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
                memory.put(address, bytes.array(), 0, bytes.position());
                result = bytes.position();
            } catch (IOException | RuntimeException e) {
                result = IopErrors.IO;
            }
            done.accept(result);
        }

        @Override
        public int write(int address, int count) {
            byte[] bytes = new byte[count];
            memory.get(address, bytes, 0, count);
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                return count;
            } catch (IOException | RuntimeException e) {
                return IopErrors.IO;
            }
        }

        @Override
        public int seek(int offset, int whence) {
            try {
                long target = IopFile.target(channel.position(), channel.size(), offset, whence);
                if (target >= 0) {
                    channel.position(target);
                }
                return (int) target;
            } catch (IOException e) {
                return IopErrors.IO;
            }
        }

        @Override
        public int close() {
            try {
                channel.close();
                return 0;
            } catch (IOException e) {
                return IopErrors.IO;
            }
        }
    }
}
