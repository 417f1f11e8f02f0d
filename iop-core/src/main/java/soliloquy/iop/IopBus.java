package soliloquy.iop;

import java.util.Arrays;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;

/**
 * The IOP's memory map: 2 MB of RAM (mirrored up to 8 MB), a 1 KB scratchpad and devices. KUSEG, KSEG0 and KSEG1 show the same
 * physical memory. Source: ps2tek "IOP Memory Map".
 */
public final class IopBus {
    /** Bytes of RAM in a retail console. */
    public static final int RAM_SIZE = 0x20_0000;

    private static final int RAM_WINDOW = 0x80_0000;
    private static final int SCRATCHPAD_START = 0x1F80_0000;
    private static final int SCRATCHPAD_SIZE = 0x400;
    private static final int PHYSICAL_MASK = 0x1FFF_FFFF;
    private static final int CACHE_CONTROL = 0xFFFE_0130;

    private record Mapping(int start, int size, MemoryMapped device) {}

    private final Ram ram;
    private final Ram scratchpad = new Ram(SCRATCHPAD_SIZE);
    private final Notices notices;
    private Mapping[] mappings = {};
    private int cacheControl;

    /** @param ram 2 MB */
    public IopBus(Ram ram, Notices notices) {
        this.ram = ram;
        this.notices = notices;
    }

    /** The 2 MB that DMA and software share. */
    public Ram ram() {
        return ram;
    }

    /** Puts {@code device} at physical addresses from {@code physicalStart}. */
    public void map(int physicalStart, int size, MemoryMapped device) {
        for (Mapping mapping : mappings) {
            if (physicalStart < mapping.start + mapping.size && mapping.start < physicalStart + size) {
                throw new IllegalArgumentException("two devices at 0x%08x".formatted(physicalStart));
            }
        }
        mappings = Arrays.copyOf(mappings, mappings.length + 1);
        mappings[mappings.length - 1] = new Mapping(physicalStart, size, device);
    }

    /** The physical address of a virtual one. */
    public static int physical(int address) {
        return address & PHYSICAL_MASK;
    }

    /** Reads a byte, zero-extended; 0 and a notice where there is nothing. */
    public int read8(int address) {
        return read(address, 1);
    }

    /** Reads an aligned halfword, zero-extended. */
    public int read16(int address) {
        return read(address, 2);
    }

    /** Reads an aligned word. */
    public int read32(int address) {
        return read(address, 4);
    }

    public void write8(int address, int value) {
        write(address, 1, value);
    }

    public void write16(int address, int value) {
        write(address, 2, value);
    }

    public void write32(int address, int value) {
        write(address, 4, value);
    }

    /** A word of RAM or scratchpad without side effects; 0 elsewhere. */
    public int peek32(int address) {
        int physical = physical(address & ~3);
        if (physical < RAM_WINDOW) {
            return ram.read32(physical);
        }
        int offset = physical - SCRATCHPAD_START;
        return offset >= 0 && offset < SCRATCHPAD_SIZE ? scratchpad.read32(offset) : 0;
    }

    /** The RAM or scratchpad that {@code address} lies in, to be indexed by its physical address; null elsewhere. */
    Ram memoryAt(int address) {
        int physical = physical(address);
        if (physical < RAM_WINDOW) {
            return ram;
        }
        return Integer.compareUnsigned(physical - SCRATCHPAD_START, SCRATCHPAD_SIZE) < 0 ? scratchpad : null;
    }

    private int read(int address, int bytes) {
        if (address == CACHE_CONTROL) {
            return cacheControl;
        }
        int physical = physical(address);
        if (physical < RAM_WINDOW) {
            return load(ram, physical, bytes);
        }
        if (physical - SCRATCHPAD_START >= 0 && physical - SCRATCHPAD_START < SCRATCHPAD_SIZE) {
            return load(scratchpad, physical, bytes);
        }
        MemoryMapped device = device(physical);
        if (device == null) {
            noDevice("read", physical);
            return 0;
        }
        return (int) device.read(physical, bytes);
    }

    private void write(int address, int bytes, int value) {
        if (address == CACHE_CONTROL) {
            cacheControl = value;
            return;
        }
        int physical = physical(address);
        if (physical < RAM_WINDOW) {
            store(ram, physical, bytes, value);
        } else if (physical - SCRATCHPAD_START >= 0 && physical - SCRATCHPAD_START < SCRATCHPAD_SIZE) {
            store(scratchpad, physical, bytes, value);
        } else {
            MemoryMapped device = device(physical);
            if (device == null) {
                noDevice("written", physical);
            } else {
                device.write(physical, bytes, value & 0xFFFF_FFFFL);
            }
        }
    }

    private static int load(Ram memory, int offset, int bytes) {
        return switch (bytes) {
            case 1 -> memory.read8(offset);
            case 2 -> memory.read16(offset);
            default -> memory.read32(offset);
        };
    }

    private static void store(Ram memory, int offset, int bytes, int value) {
        switch (bytes) {
            case 1 -> memory.write8(offset, value);
            case 2 -> memory.write16(offset, value);
            default -> memory.write32(offset, value);
        }
    }

    private MemoryMapped device(int physical) {
        for (Mapping mapping : mappings) {
            if (physical >= mapping.start && physical - mapping.start < mapping.size) {
                return mapping.device;
            }
        }
        return null;
    }

    private void noDevice(String done, int physical) {
        notices.report(
                Notices.Kind.UNHANDLED,
                "IOP",
                0,
                "physical address 0x%08x was %s, where there is no device".formatted(physical, done));
    }
}
