package soliloquy.bios.irx;

/** A module in IOP RAM. */
final class Module {
    /** Bytes of the module information before its code. */
    static final int INFORMATION = 0x30;

    /** What has become of it. */
    enum State {
        LOADED,
        RESIDENT,
        REMOVABLE,
        STOPPED
    }

    final int id;
    final String name;
    /** Address of the block of memory it takes, which its information begins. */
    final int block;

    final int memorySize;
    final int entry;
    final int gp;
    State state = State.LOADED;

    Module(int id, String name, int block, int memorySize, int entry, int gp) {
        this.id = id;
        this.name = name;
        this.block = block;
        this.memorySize = memorySize;
        this.entry = entry;
        this.gp = gp;
    }

    /** Address of its first byte. */
    int base() {
        return block + INFORMATION;
    }

    int end() {
        return base() + memorySize;
    }
}
