package soliloquy.ee;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.StopPoints;

/**
 * The Emotion Engine's memory map: RDRAM, scratchpad and devices, at the virtual addresses that the retail kernel's TLB gives
 * them. Source: ps2tek "Memory Map", ps2sdk's TLB tables.
 *
 * <table>
 * <caption>Virtual addresses</caption>
 * <tr><td>0x00080000</td><td>RDRAM, cached</td></tr>
 * <tr><td>0x10000000</td><td>devices</td></tr>
 * <tr><td>0x20080000</td><td>RDRAM, uncached</td></tr>
 * <tr><td>0x30100000</td><td>RDRAM, uncached accelerated</td></tr>
 * <tr><td>0x70000000</td><td>scratchpad, 16 KB</td></tr>
 * <tr><td>0x80000000, 0xA0000000</td><td>all physical memory, cached and uncached (kernel segments)</td></tr>
 * <tr><td>0xFFFF8000</td><td>physical 0x78000, kernel stacks</td></tr>
 * </table>
 */
public final class EeBus {
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** First user address of RDRAM; below it nothing is mapped, so that null pointers are caught. */
    static final int USER_START = 0x0008_0000;
    /** Bytes of RDRAM from {@link #USER_START}: the range of the processor's fast path. */
    static final int USER_SIZE = 0x0200_0000 - USER_START;

    /** Bytes of the scratchpad, and its first address. */
    static final int SCRATCHPAD_SIZE = 0x4000;

    static final int SCRATCHPAD_START = 0x7000_0000;
    /** Where the scratchpad begins in {@link #ramBytes}: behind RDRAM, so that compiled code has one array for both. */
    static final int SCRATCHPAD_INDEX = 0x0200_0000;
    /**
     * Bytes that RDRAM needs behind it: the scratchpad, and as many more into which no access goes. With them every sum of an index
     * and a distance below the scratchpad's size is an index too, which spares compiled code tests.
     */
    public static final int ROOM = 2 * SCRATCHPAD_SIZE;

    /** What {@link #physical} returns for an address that is not mapped. */
    public static final int UNMAPPED = -1;

    /** Bit that marks a scratchpad offset in a physical address, as in DMA addresses. */
    public static final int SCRATCHPAD = 0x8000_0000;

    static final int PAGE_SHIFT = 12;
    private static final int PHYSICAL_MASK = 0x1FFF_FFFF;
    /** The page of the devices' registers, and the bits of an address that name it. */
    static final int IO_START = 0x1000_0000;

    static final int IO_MASK = 0xFFFF_0000;

    /** RDRAM without the cache for user programs, and the bits of an address that tell it. */
    static final int UNCACHED_START = 0x2000_0000;

    static final int SEGMENT_MASK = 0xF000_0000;
    private static final int IO_SIZE = 0x1_0000;
    private static final int IO_GRANULE_SHIFT = 8;

    private record Mapping(int start, int size, MemoryMapped device) {}

    /** Bits of {@link #codePages}: the page holds decoded instructions; a debugger wants to know of loads from it, or stores. */
    static final int PAGE_WITH_CODE = 1;

    static final int PAGE_WITH_READS_WATCHED = 2;
    static final int PAGE_WITH_WRITES_WATCHED = 4;

    /** RDRAM, and the scratchpad from {@link #SCRATCHPAD_INDEX} on. */
    final byte[] ramBytes;
    /** For each 4 KB page of {@link #ramBytes}, non-zero where stores need more than writing. */
    final byte[] codePages;

    private final Ram ram;
    private final Ram scratchpad;
    private final Notices notices;
    private final MemoryMapped[] io = new MemoryMapped[IO_SIZE >> IO_GRANULE_SHIFT];
    private final List<Mapping> mappings = new ArrayList<>();
    private final GuestException unmapped = new GuestException();
    private final Set<Integer> placesTold = new HashSet<>();
    private IntSupplier place = () -> 0;
    private CodeListener codeListener = (offset, length) -> {};
    private MemoryTiming timing;

    /** Told when memory that holds decoded instructions changes. */
    @FunctionalInterface
    interface CodeListener {
        void changed(int physicalOffset, int length);
    }

    /**
     * @param ram RDRAM, 32 MB, with {@link #ROOM} behind it, in which the scratchpad lies
     */
    public EeBus(Ram ram, Notices notices) {
        if (ram.start != 0 || ram.size() != SCRATCHPAD_INDEX || ram.bytes.length < SCRATCHPAD_INDEX + ROOM) {
            throw new IllegalArgumentException("RDRAM must have 32 MB and room for the scratchpad behind it");
        }
        this.ram = ram;
        this.notices = notices;
        scratchpad = ram.behind(SCRATCHPAD_SIZE);
        ramBytes = ram.bytes;
        codePages = new byte[SCRATCHPAD_INDEX + ROOM >> PAGE_SHIFT];
    }

    public Ram ram() {
        return ram;
    }

    public Ram scratchpad() {
        return scratchpad;
    }

    /** Where the processor is when it uses the bus, for notices. */
    void place(IntSupplier programCounter) {
        place = programCounter;
    }

    /** What the processor's accesses cost; null in profiles without caches. */
    MemoryTiming timing() {
        return timing;
    }

    /** Counts the costs of accesses from now on, with empty caches, or no longer. */
    void timeAccesses(boolean on) {
        if (!on) {
            timing = null;
        } else if (timing == null) {
            timing = new MemoryTiming(ram.size());
        } else {
            timing.clear();
        }
    }

    /** Marks the pages of RDRAM and scratchpad in which a debugger is interested in accesses, and no others. */
    void watchPages(List<StopPoints.Watchpoint> watchpoints) {
        for (int page = 0; page < codePages.length; page++) {
            codePages[page] &= PAGE_WITH_CODE;
        }
        for (StopPoints.Watchpoint watchpoint : watchpoints) {
            int start = physical(watchpoint.start());
            boolean inScratchpad = start != UNMAPPED && (start & SCRATCHPAD) != 0;
            if (inScratchpad) {
                start = SCRATCHPAD_INDEX | start & ~SCRATCHPAD;
            }
            if (start >= 0 && (inScratchpad || start < ram.size())) {
                long end = ram.size() + (inScratchpad ? SCRATCHPAD_SIZE : 0);
                int last = (int) Math.min(end - 1, (long) start + watchpoint.length() - 1) >> PAGE_SHIFT;
                int reads = watchpoint.access().matches(false) ? PAGE_WITH_READS_WATCHED : 0;
                int writes = watchpoint.access().matches(true) ? PAGE_WITH_WRITES_WATCHED : 0;
                for (int page = start >> PAGE_SHIFT; page <= last; page++) {
                    codePages[page] |= (byte) (reads | writes);
                }
            }
        }
    }

    void onCodeChange(CodeListener listener) {
        codeListener = listener;
    }

    /** Puts {@code device} at physical addresses; devices in the I/O page lie on 256-byte boundaries. */
    public void map(int physicalStart, int size, MemoryMapped device) {
        if (physicalStart >= IO_START && physicalStart < IO_START + IO_SIZE) {
            int first = (physicalStart - IO_START) >> IO_GRANULE_SHIFT;
            int last = (physicalStart + size - 1 - IO_START) >> IO_GRANULE_SHIFT;
            for (int granule = first; granule <= last; granule++) {
                if (io[granule] != null && !io[granule].equals(device)) {
                    throw new IllegalArgumentException(
                            "two devices at 0x%08x".formatted(IO_START + (granule << IO_GRANULE_SHIFT)));
                }
                io[granule] = device;
            }
        } else {
            mappings.add(new Mapping(physicalStart, size, device));
        }
    }

    /**
     * Translates a virtual address.
     *
     * @return the physical address; for the scratchpad its offset with bit 31 set; {@link #UNMAPPED} where nothing is mapped
     */
    public int physical(int address) {
        return switch (address >>> 28) {
            case 0x0 -> address >= USER_START && address < ram.size() ? address : UNMAPPED;
            case 0x1 -> address;
            case 0x2 -> inRam(address - 0x2000_0000) ? address - 0x2000_0000 : UNMAPPED;
            case 0x3 -> inRam(address - 0x3000_0000) ? address - 0x3000_0000 : UNMAPPED;
            case 0x7 -> isScratchpad(address) ? SCRATCHPAD | address - SCRATCHPAD_START : UNMAPPED;
            case 0x8, 0x9, 0xA, 0xB -> address & PHYSICAL_MASK;
            case 0xF -> address >= 0xFFFF_8000 ? 0x7_8000 + (address & 0x7FFF) : UNMAPPED;
            default -> UNMAPPED;
        };
    }

    /** True for an address in the scratchpad. */
    static boolean isScratchpad(int address) {
        return Integer.compareUnsigned(address - SCRATCHPAD_START, SCRATCHPAD_SIZE) < 0;
    }

    private boolean inRam(int offset) {
        return offset >= USER_START && offset < ram.size();
    }

    /** True if all of {@code length} bytes at {@code address} are RDRAM or scratchpad. */
    public boolean isMemory(int address, int length) {
        if (length < 0) {
            return false;
        }
        int start = physical(address);
        if (start == UNMAPPED) {
            return false;
        }
        long end = (start & ~SCRATCHPAD) + (long) length;
        return end <= ((start & SCRATCHPAD) != 0 ? scratchpad : ram).size();
    }

    /** Tells the processor that {@code length} bytes of RDRAM changed other than by its own stores. */
    public void codeWritten(int physicalOffset, int length) {
        int first = physicalOffset >> PAGE_SHIFT;
        int last = (physicalOffset + length - 1) >> PAGE_SHIFT;
        for (int page = first; page <= last && page < ram.size() >> PAGE_SHIFT; page++) {
            if (codePages[page] != 0) {
                codeListener.changed(physicalOffset, length);
                return;
            }
        }
    }

    /** Reads a byte, zero-extended; 0 and a notice where nothing is mapped. */
    public int read8(int address) {
        return (int) read(address, 1);
    }

    /** Reads a halfword, zero-extended. */
    public int read16(int address) {
        return (int) read(address, 2);
    }

    /** Reads a word. */
    public int read32(int address) {
        return (int) read(address, 4);
    }

    /** Reads a doubleword. */
    public long read64(int address) {
        return read(address, 8);
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

    public void write64(int address, long value) {
        write(address, 8, value);
    }

    private long read(int address, int bytes) {
        try {
            return load(address, bytes);
        } catch (GuestException e) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "EE",
                    0,
                    "the kernel was asked to read 0x%08x, where nothing is mapped".formatted(address));
            return 0;
        }
    }

    private void write(int address, int bytes, long value) {
        try {
            store(address, bytes, value);
        } catch (GuestException e) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "EE",
                    0,
                    "the kernel was asked to write 0x%08x, where nothing is mapped".formatted(address));
        }
    }

    /** A word of memory without side effects, for debuggers; 0 where there is no memory. */
    public int peek32(int address) {
        int physical = physical(address & ~3);
        if (physical == UNMAPPED) {
            return 0;
        }
        if ((physical & SCRATCHPAD) != 0) {
            return scratchpad.read32(physical);
        }
        return physical >= 0 && physical < ram.size() ? ram.read32(physical) : 0;
    }

    /** The processor's load of 1, 2, 4 or 8 aligned bytes, zero-extended. */
    long load(int address, int bytes) {
        int physical = physical(address);
        if (physical >= 0 && physical < ram.size()) {
            return loadFrom(ram, physical, bytes);
        }
        if (physical == UNMAPPED) {
            throw unmapped.with(ExceptionCode.TLB_REFILL_LOAD, address);
        }
        if (physical < 0) {
            return loadFrom(scratchpad, physical, bytes);
        }
        MemoryMapped device = device(physical);
        if (device == null) {
            noDevice("read", physical);
            return 0;
        }
        return device.read(physical, bytes);
    }

    private static long loadFrom(Ram memory, int offset, int bytes) {
        return switch (bytes) {
            case 1 -> memory.read8(offset);
            case 2 -> memory.read16(offset);
            case 4 -> memory.read32(offset) & 0xFFFF_FFFFL;
            default -> memory.read64(offset);
        };
    }

    /** The processor's store of 1, 2, 4 or 8 aligned bytes. */
    void store(int address, int bytes, long value) {
        int physical = physical(address);
        if (physical >= 0 && physical < ram.size()) {
            storeTo(ram, physical, bytes, value);
            if (codePages[physical >> PAGE_SHIFT] != 0) {
                codeListener.changed(physical, bytes);
            }
        } else if (physical == UNMAPPED) {
            throw unmapped.with(ExceptionCode.TLB_REFILL_STORE, address);
        } else if (physical < 0) {
            storeTo(scratchpad, physical, bytes, value);
        } else {
            MemoryMapped device = device(physical);
            if (device == null) {
                noDevice("written", physical);
            } else {
                device.write(physical, bytes, value);
            }
        }
    }

    private static void storeTo(Ram memory, int offset, int bytes, long value) {
        switch (bytes) {
            case 1 -> memory.write8(offset, (int) value);
            case 2 -> memory.write16(offset, (int) value);
            case 4 -> memory.write32(offset, (int) value);
            default -> memory.write64(offset, value);
        }
    }

    /** Low half of a quadword load; {@link #loadQuadHigh} follows. */
    long loadQuadLow(int address) {
        int physical = physical(address);
        MemoryMapped device = physical >= ram.size() ? device(physical) : null;
        return device == null ? load(address, 8) : device.readQuadLow(physical);
    }

    long loadQuadHigh(int address) {
        int physical = physical(address);
        MemoryMapped device = physical >= ram.size() ? device(physical) : null;
        return device == null ? load(address + 8, 8) : device.readQuadHigh(physical);
    }

    void storeQuad(int address, long low, long high) {
        int physical = physical(address);
        MemoryMapped device = physical >= ram.size() ? device(physical) : null;
        if (device == null) {
            store(address, 8, low);
            store(address + 8, 8, high);
        } else {
            device.writeQuad(physical, low, high);
        }
    }

    /** Tells the listener of a store on the fast path into a page with decoded instructions. */
    void codeStored(int physicalOffset, int length) {
        codeListener.changed(physicalOffset, length);
    }

    private MemoryMapped device(int physical) {
        if (physical < IO_START + IO_SIZE) {
            return physical < IO_START ? null : io[(physical - IO_START) >> IO_GRANULE_SHIFT];
        }
        for (Mapping mapping : mappings) {
            if (physical >= mapping.start && physical - mapping.start < mapping.size) {
                return mapping.device;
            }
        }
        return null;
    }

    /** Once for each place in the program, with the first address it used. */
    private void noDevice(String done, int physical) {
        int pc = place.getAsInt();
        if (placesTold.size() < Notices.MOST && placesTold.add(pc)) {
            notices.report(
                    Notices.Kind.UNHANDLED,
                    "EE",
                    pc,
                    "physical address 0x%08x, where there is no device, was %s by the code at 0x%08x"
                            .formatted(physical, done, pc));
        }
    }
}
