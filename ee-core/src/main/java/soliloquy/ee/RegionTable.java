package soliloquy.ee;

import java.util.ArrayList;
import java.util.List;

/** The compiled regions by their entries, and by the pages their code comes from. */
final class RegionTable {
    private static final int WORDS = 1024;

    private final Region[][] byEntry = new Region[EeBus.USER_START + EeBus.USER_SIZE >> EeBus.PAGE_SHIFT][];
    private final List<List<Region>> byPage = new ArrayList<>();

    RegionTable() {
        for (int page = 0; page < byEntry.length; page++) {
            byPage.add(null);
        }
    }

    /** The region that begins at {@code address}; null if there is none. */
    Region at(int address) {
        int page = address >>> EeBus.PAGE_SHIFT;
        if (page >= byEntry.length || (address & 3) != 0) {
            return null;
        }
        Region[] regions = byEntry[page];
        return regions == null ? null : regions[address >> 2 & WORDS - 1];
    }

    void add(Region region) {
        int page = region.entry >>> EeBus.PAGE_SHIFT;
        if (byEntry[page] == null) {
            byEntry[page] = new Region[WORDS];
        }
        byEntry[page][region.entry >> 2 & WORDS - 1] = region;
        int last = -1;
        for (int address : region.addresses) {
            int of = address >>> EeBus.PAGE_SHIFT;
            if (of != last) {
                last = of;
                List<Region> regions = byPage.get(of);
                if (regions == null) {
                    regions = new ArrayList<>();
                    byPage.set(of, regions);
                }
                regions.add(region);
            }
        }
    }

    void remove(Region region) {
        byEntry[region.entry >>> EeBus.PAGE_SHIFT][region.entry >> 2 & WORDS - 1] = null;
        for (int address : region.addresses) {
            List<Region> regions = byPage.get(address >>> EeBus.PAGE_SHIFT);
            regions.remove(region);
        }
    }

    /** The regions with instructions in {@code length} bytes at {@code address}. */
    List<Region> overlapping(int address, int length) {
        List<Region> overlapping = new ArrayList<>();
        int last = Math.min(address + length - 1 >>> EeBus.PAGE_SHIFT, byEntry.length - 1);
        for (int page = address >>> EeBus.PAGE_SHIFT; page <= last; page++) {
            List<Region> regions = byPage.get(page);
            if (regions != null) {
                regions.stream()
                        .filter(region -> region.overlaps(address, length) && !overlapping.contains(region))
                        .forEach(overlapping::add);
            }
        }
        return overlapping;
    }
}
