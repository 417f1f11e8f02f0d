package soliloquy.bios.iop;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;

/** The device rom: of ioman: the few files of the ROM that programs read. */
final class RomDevice implements IopDevice {
    private final IopMemory memory;

    RomDevice(IopMemory memory) {
        this.memory = memory;
    }

    @Override
    public Set<String> names() {
        return Set.of("rom");
    }

    @Override
    public void open(DevicePath path, int flags, Consumer<Opened> opened) {
        opened.accept(
                RomFiles.file(path).map(bytes -> Opened.of(new File(bytes))).orElse(Opened.failed(IopErrors.NO_ENTRY)));
    }

    @Override
    public void status(DevicePath path, int address, IntConsumer done) {
        RomFiles.file(path).ifPresent(bytes -> IopStatus.put(memory, address, false, bytes.length, 0));
        done.accept(RomFiles.file(path).isPresent() ? 0 : IopErrors.NO_ENTRY);
    }

    private final class File implements IopFile {
        private final byte[] bytes;
        private int position;

        File(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void read(int address, int count, IntConsumer done) {
            int length = Math.clamp((long) bytes.length - position, 0, Math.max(0, count));
            memory.put(address, bytes, Math.min(position, bytes.length), length);
            position += length;
            done.accept(length);
        }

        @Override
        public int seek(int offset, int whence) {
            int target = (int) IopFile.target(position, bytes.length, offset, whence);
            position = target < 0 ? position : target;
            return target;
        }
    }
}
