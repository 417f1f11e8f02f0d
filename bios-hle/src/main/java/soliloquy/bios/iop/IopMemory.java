package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import soliloquy.iop.IopBus;
import soliloquy.machine.Ram;

/** Where the modules keep things in the 2 MB of IOP RAM, and how they look at it. */
final class IopMemory {
    /** Where the EE sends its command packets; 128 bytes. */
    static final int COMMAND_BUFFER = 0x0001_0000;

    /** DMA tags of SIF0. */
    static final int SIF_TAGS = 0x0001_0400;

    static final int SIF_TAG_COUNT = 64;

    /** Packets on their way to the EE, each of {@link #PACKET_BYTES}. */
    static final int PACKETS = 0x0001_1000;

    static final int PACKET_BYTES = 128;
    static final int PACKET_COUNT = 64;

    /** Packets from the EE that modules look at, each of {@link #PACKET_BYTES}. */
    static final int RECEIVED = 0x0001_4000;

    /** Request and result buffers of the RPC servers. */
    static final int SERVER_BUFFERS = 0x0002_0000;

    /** Bytes that a client may send to a server. */
    static final int REQUEST_BYTES = 0x2000;

    /** Bytes that a server may answer. */
    static final int RESULT_BYTES = 0x1000;

    /** Two buffers of sixteen raw sectors. */
    static final int SECTOR_BUFFERS = 0x0008_0000;

    /** Two buffers from which data go to the EE when they must be shifted first. */
    static final int STAGING_BUFFERS = 0x0009_4000;

    /** fileio's transfer buffer, 16 KB. */
    static final int FILE_BUFFER = 0x000A_C000;

    /** Small blocks of data on their way to the EE, such as pad frames. */
    static final int BLOCKS = 0x000A_8000;

    static final int BLOCK_BYTES = 256;
    static final int BLOCK_COUNT = 64;

    private final IopBus bus;
    private final Ram ram;
    private int nextBlock;

    IopMemory(IopBus bus) {
        this.bus = bus;
        ram = bus.ram();
    }

    IopBus bus() {
        return bus;
    }

    Ram ram() {
        return ram;
    }

    int word(int address) {
        return ram.read32(address);
    }

    void word(int address, int value) {
        ram.write32(address, value);
    }

    /** Sets {@code length} bytes to 0. */
    void clear(int address, int length) {
        for (int i = 0; i < length; i++) {
            ram.write8(address + i, 0);
        }
    }

    /** Moves bytes within RAM, as memmove does; ranges that do not lie in RAM are left alone. */
    void move(int destination, int source, int length) {
        if (inRam(destination, length) && inRam(source, length)) {
            System.arraycopy(ram.bytes, source, ram.bytes, destination, length);
        }
    }

    void put(int address, byte[] bytes, int offset, int length) {
        if (inRam(address, length)) {
            System.arraycopy(bytes, offset, ram.bytes, address, length);
        }
    }

    void get(int address, byte[] bytes, int offset, int length) {
        if (inRam(address, length)) {
            System.arraycopy(ram.bytes, address, bytes, offset, length);
        }
    }

    boolean inRam(int address, int length) {
        return address >= 0 && length >= 0 && (long) address + length <= ram.size();
    }

    /** The text at {@code address} up to its NUL, at most {@code limit} bytes. */
    String text(int address, int limit) {
        int length = 0;
        while (length < limit && ram.read8(address + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ram.read8(address + i);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A block of {@link #BLOCK_BYTES} for data on their way; it is used again after {@link #BLOCK_COUNT} others. */
    int block() {
        int address = BLOCKS + nextBlock * BLOCK_BYTES;
        nextBlock = (nextBlock + 1) % BLOCK_COUNT;
        clear(address, BLOCK_BYTES);
        return address;
    }
}
