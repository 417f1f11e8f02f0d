package soliloquy.bios.iop;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import soliloquy.bios.DevicePath;
import soliloquy.machine.TextOutput;

/** The device tty: of ioman: what is written is the console's text; there is nothing to read. */
final class TerminalDevice implements IopDevice, IopFile {
    private final IopMemory memory;
    private final TextOutput text;

    TerminalDevice(IopMemory memory, TextOutput text) {
        this.memory = memory;
        this.text = text;
    }

    @Override
    public Set<String> names() {
        return Set.of("tty");
    }

    @Override
    public void open(DevicePath path, int flags, Consumer<Opened> opened) {
        opened.accept(Opened.of(this));
    }

    @Override
    public void read(int address, int count, IntConsumer done) {
        done.accept(0);
    }

    @Override
    public int write(int address, int count) {
        for (int i = 0; i < count; i++) {
            text.write(memory.ram().read8(address + i));
        }
        return count;
    }

    @Override
    public int seek(int offset, int whence) {
        return 0;
    }
}
