package soliloquy.ee;

/**
 * The 48 entries of the TLB and the COP0 registers that move them. At power-on they hold what the retail kernel sets up; the memory
 * map of {@link EeBus} is that set-up and stays it, so entries that a program writes can be read and probed but translate nothing.
 * Source: ps2tek "EE COP0"; ps2sdk's TLB tables, which repeat the kernel's.
 */
final class Tlb {
    static final int ENTRIES = 48;

    private static final int INDEX = 0;
    private static final int RANDOM = 1;
    private static final int ENTRY_LO0 = 2;
    private static final int ENTRY_LO1 = 3;
    private static final int PAGE_MASK = 5;
    private static final int WIRED = 6;
    private static final int ENTRY_HI = 10;

    private static final int GLOBAL = 1;
    private static final int PROBE_FAILED = 0x8000_0000;
    private static final int PAGE_MASK_BITS = 0x01FF_E000;
    private static final int VPN2 = 0xFFFF_E000;
    private static final int ASID = 0xFF;
    /** Bit 31 of EntryLo0 says that the page is the scratchpad. */
    private static final int LO0_BITS = 0x83FF_FFFF;

    private static final int LO1_BITS = 0x03FF_FFFF;

    /** Scratchpad, kernel stacks, devices and ROM: PageMask, EntryHi, EntryLo0, EntryLo1. */
    private static final int[][] KERNEL = {
        {0, 0x7000_0000, 0x8000_0007, 0x0000_0007},
        {0x0000_6000, 0xFFFF_8000, 0x0000_1E1F, 0x0000_1F1F},
        {0, 0x1000_0000, 0x0040_0017, 0x0040_0053},
        {0, 0x1000_2000, 0x0040_0097, 0x0040_00D7},
        {0, 0x1000_4000, 0x0040_0117, 0x0040_0157},
        {0, 0x1000_6000, 0x0040_0197, 0x0040_01D7},
        {0, 0x1000_8000, 0x0040_0217, 0x0040_0257},
        {0, 0x1000_A000, 0x0040_0297, 0x0040_02D7},
        {0, 0x1000_C000, 0x0040_0313, 0x0040_0357},
        {0, 0x1000_E000, 0x0040_0397, 0x0040_03D7},
        {0x0001_E000, 0x1100_0000, 0x0044_0017, 0x0044_0415},
        {0x0001_E000, 0x1200_0000, 0x0048_0017, 0x0048_0415},
        {0x01FF_E000, 0x1E00_0000, 0x0078_0017, 0x007C_0017},
    };

    /** RDRAM in pairs of pages that grow with the address: physical address and PageMask. */
    private static final int[][] RDRAM = {
        {0x0008_0000, 0x0007_E000},
        {0x0010_0000, 0x0007_E000},
        {0x0018_0000, 0x0007_E000},
        {0x0020_0000, 0x001F_E000},
        {0x0040_0000, 0x001F_E000},
        {0x0060_0000, 0x001F_E000},
        {0x0080_0000, 0x007F_E000},
        {0x0100_0000, 0x007F_E000},
        {0x0180_0000, 0x007F_E000},
    };

    private static final int CACHED = 0x1F;
    private static final int UNCACHED = 0x17;
    private static final int UNCACHED_ACCELERATED = 0x3F;

    private final int[] pageMasks = new int[ENTRIES];
    private final int[] highs = new int[ENTRIES];
    private final int[] lows0 = new int[ENTRIES];
    private final int[] lows1 = new int[ENTRIES];

    private int index;
    private int low0;
    private int low1;
    private int pageMask;
    private int high;
    private int wired;
    private long randomBase;

    Tlb() {
        int next = 0;
        for (int[] entry : KERNEL) {
            put(next++, entry[0], entry[1], entry[2], entry[3]);
        }
        next = mapRdram(next, 0, 0, CACHED);
        next = mapRdram(next, 0, 0x2000_0000, UNCACHED);
        wired = next;
        next = mapRdram(next, 1, 0x3000_0000, UNCACHED_ACCELERATED);
        for (; next < ENTRIES; next++) {
            put(next, 0, 0xE000_0000 + (next << 13), 0, 0);
        }
    }

    private int mapRdram(int first, int skipped, int segment, int flags) {
        int next = first;
        for (int i = skipped; i < RDRAM.length; i++) {
            int physical = RDRAM[i][0];
            int pageBytes = (RDRAM[i][1] | 0x1FFF) + 1 >> 1;
            put(next++, RDRAM[i][1], segment + physical, frame(physical, flags), frame(physical + pageBytes, flags));
        }
        return next;
    }

    private static int frame(int physical, int flags) {
        return physical >>> 12 << 6 | flags;
    }

    private void put(int i, int newPageMask, int newHigh, int newLow0, int newLow1) {
        pageMasks[i] = newPageMask;
        highs[i] = newHigh;
        lows0[i] = newLow0;
        lows1[i] = newLow1;
    }

    /** MFC0 of one of this unit's registers; {@code cycle} drives Random, which counts down from 47 to Wired. */
    int read(int register, long cycle) {
        return switch (register) {
            case INDEX -> index;
            case RANDOM -> random(cycle);
            case ENTRY_LO0 -> low0;
            case ENTRY_LO1 -> low1;
            case PAGE_MASK -> pageMask;
            case WIRED -> wired;
            case ENTRY_HI -> high;
            default -> throw new IllegalArgumentException("register " + register);
        };
    }

    /** MTC0 of one of this unit's registers; bits that do not exist read as zero. */
    void write(int register, int value, long cycle) {
        switch (register) {
            case INDEX -> index = value & 0x3F;
            case RANDOM -> {} // read-only
            case ENTRY_LO0 -> low0 = value & LO0_BITS;
            case ENTRY_LO1 -> low1 = value & LO1_BITS;
            case PAGE_MASK -> pageMask = value & PAGE_MASK_BITS;
            case WIRED -> {
                wired = value & 0x3F;
                randomBase = cycle;
            }
            case ENTRY_HI -> high = value & (VPN2 | ASID);
            default -> throw new IllegalArgumentException("register " + register);
        }
    }

    private int random(long cycle) {
        int range = ENTRIES - wired;
        return range <= 0 ? ENTRIES - 1 : ENTRIES - 1 - (int) Math.floorMod(cycle - randomBase, (long) range);
    }

    /** TLBR: the entry that Index names, to the registers. G of both pages is that of the entry. */
    void readEntry() {
        int i = Math.min(index & 0x3F, ENTRIES - 1);
        pageMask = pageMasks[i];
        high = highs[i];
        low0 = lows0[i];
        low1 = lows1[i];
    }

    /** TLBWI: the registers to the entry that Index names; true if that changes it. */
    boolean writeIndexed() {
        return writeEntry(Math.min(index & 0x3F, ENTRIES - 1));
    }

    /** TLBWR: the registers to the entry that Random names; true if that changes it. */
    boolean writeRandom(long cycle) {
        return writeEntry(random(cycle));
    }

    private boolean writeEntry(int i) {
        int global = low0 & low1 & GLOBAL;
        int newHigh = high & ~(pageMask & VPN2);
        int newLow0 = low0 & ~GLOBAL | global;
        int newLow1 = low1 & ~GLOBAL | global;
        boolean changed = pageMasks[i] != pageMask || highs[i] != newHigh || lows0[i] != newLow0 || lows1[i] != newLow1;
        put(i, pageMask, newHigh, newLow0, newLow1);
        return changed;
    }

    /** TLBP: to Index the entry that matches EntryHi, or bit 31 if none does. */
    void probe() {
        index = PROBE_FAILED;
        for (int i = 0; i < ENTRIES; i++) {
            int compared = VPN2 & ~pageMasks[i];
            boolean sameSpace = (lows0[i] & lows1[i] & GLOBAL) != 0 || ((highs[i] ^ high) & ASID) == 0;
            if (((highs[i] ^ high) & compared) == 0 && sameSpace) {
                index = i;
                return;
            }
        }
    }

    /** A TLB exception at {@code address}: EntryHi receives its page. */
    void missed(int address) {
        high = address & VPN2 | high & ASID;
    }
}
