package soliloquy.ee;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds hot code, has it compiled, and enters what is compiled. The interpreter shows it where control goes now and then; what is
 * seen twice is compiled. Code that keeps changing is left to the interpreter.
 */
final class Recompiler {
    /** Sightings of an address before it is compiled. */
    private static final int SIGHTINGS = 2;
    /** Arrivals at code that had not been executed when the region around it was compiled, or at a function, before it becomes a region. */
    private static final int COLD_ARRIVALS = 512;
    /** How many changes may cost a page regions before it is left alone. */
    private static final int MOST_CHANGES = 8;
    /** Bytes of JVM code kept; beyond that all is dropped and begun again. */
    private static final int MOST_CODE_BYTES = 16 << 20;

    private static final int MOST_SEEN = 4096;
    /** How often a second form is put off because another region, whose second form is tried, may make it needless. */
    private static final int MOST_WAITS = 8;
    /** How often because another region's second form holds the same code: only what comes from the interpreter gets here then. */
    private static final int MOST_WAITS_WHEN_HELD = 64;

    private static final int WANTED_BITS = 1 << 14;
    /** Bytes behind an entry on which it depends that nothing would be gained: a branch with its slot, or the like. */
    private static final int BEFORE_REJECTED = 16;

    private final R5900 cpu;
    private final DecodedCode decoded;
    private final RegionTable table = new RegionTable();
    private final RegionCalls calls;
    private final RegionCompiler compiler;
    private final Map<Integer, Integer> seen = new HashMap<>();
    private final Map<Integer, BitSet> notWords = new HashMap<>();
    /** Where regions are left within their function, and how often more before that is compiled. */
    private final Map<Integer, Integer> wanted = new HashMap<>();

    /** By bits of the address: whether any that is wanted has them. Most places that regions are left for are not, and that is soon told. */
    private final BitSet wantedBits = new BitSet(WANTED_BITS);

    private final Set<Integer> rejected = new HashSet<>();
    private final int[] changes = new int[EeBus.USER_START + EeBus.USER_SIZE >> EeBus.PAGE_SHIFT];
    private final Set<Region> regions = new HashSet<>();
    private long compiled;
    private long dropped;
    private long secondFormsCompiled;
    private boolean enabled = true;
    private SecondForm secondForms = SecondForm.MEASURED;
    private int sightings = SIGHTINGS;
    private int mostChanges = MOST_CHANGES;

    Recompiler(R5900 cpu, EeBus bus, DecodedCode decoded) {
        this.cpu = cpu;
        this.decoded = decoded;
        calls = new RegionCalls(cpu, table);
        compiler = new RegionCompiler(cpu, bus, decoded, calls);
    }

    /** Switches compiling on or off; off also drops what is compiled. */
    void enable(boolean on) {
        enabled = on;
        if (!on) {
            dropAll();
        }
    }

    /** Compiles at first sight, and pages that change as often as they do. */
    void compileEagerly() {
        sightings = 1;
        mostChanges = Integer.MAX_VALUE;
    }

    void secondForms(SecondForm use) {
        secondForms = use;
        dropAll();
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Number of regions that can be entered now. */
    int size() {
        return regions.size();
    }

    /** How many were compiled since power-on. */
    long compiled() {
        return compiled;
    }

    /** How many second forms were compiled since power-on. */
    long secondFormsCompiled() {
        return secondFormsCompiled;
    }

    /** Bytes of JVM code in them. */
    int codeBytes() {
        return regions.stream().mapToInt(Region::codeBytes).sum();
    }

    /** Bytes of guest code in them, each counted once. */
    int guestBytes() {
        BitSet words = new BitSet();
        for (Region region : regions) {
            for (int address : region.addresses) {
                words.set(address >>> 2);
            }
        }
        return 4 * words.cardinality();
    }

    Region at(int address) {
        return table.at(address);
    }

    /**
     * Control went to {@code address} by a branch backwards, a call or a return.
     *
     * @param surely false if it may also be that a region was left somewhere within a loop: then nothing begins where there is a region already
     */
    void sighted(int address, boolean surely) {
        if (!mayBeCompiled(address) || !surely && !table.overlapping(address, 4).isEmpty()) {
            return;
        }
        if (seen.size() >= MOST_SEEN) {
            seen.clear();
        }
        if (seen.merge(address, 1, Integer::sum) >= sightings) {
            seen.remove(address);
            compile(address);
        }
    }

    private boolean mayBeCompiled(int address) {
        return enabled
                && Integer.compareUnsigned(address - EeBus.USER_START, EeBus.USER_SIZE) < 0
                && table.at(address) == null
                && !rejected.contains(address)
                && changes[address >>> EeBus.PAGE_SHIFT] <= mostChanges;
    }

    private void want(Set<Integer> cuts, Set<Integer> cold) {
        cuts.forEach(address -> wanted.merge(address, sightings, Math::min));
        cold.forEach(address -> wanted.putIfAbsent(address, sightings == 1 ? 1 : COLD_ARRIVALS));
        cuts.forEach(address -> wantedBits.set(wantedBit(address)));
        cold.forEach(address -> wantedBits.set(wantedBit(address)));
    }

    private static int wantedBit(int address) {
        return address >>> 2 & WANTED_BITS - 1;
    }

    /** Control left a region for {@code address}. */
    private void left(int address) {
        if (!wantedBits.get(wantedBit(address))) {
            return;
        }
        Integer arrivals = wanted.get(address);
        if (arrivals == null || !mayBeCompiled(address)) {
            return;
        }
        wanted.put(address, arrivals > 1 ? arrivals - 1 : sightings);
        if (arrivals == 1) {
            compile(address);
        }
    }

    private void compile(int address) {
        int number = decoded.numberAt(address);
        if (number == Dispatch.UNDECODED) {
            return; // once the interpreter has been there
        }
        BitSet found = notWordsAt(address);
        Region region = compiler.compile(address, number, found);
        if (!found.isEmpty()) {
            notWords.put(address, found);
        }
        if (region == null) {
            rejected.add(address);
            return;
        }
        if (codeBytes() > MOST_CODE_BYTES) {
            dropAll();
        }
        compiled++;
        regions.add(region);
        table.add(region);
        want(region.cuts, region.cold);
        decoded.number(address, Dispatch.REGION);
        if (secondForms == SecondForm.ALWAYS) {
            useSecond(region);
        } else if (secondForms == SecondForm.MEASURED && region.hot > 0) {
            region.code = new RegionTrial(
                    cpu,
                    region,
                    region.code,
                    region.longestPath,
                    () -> waits(region) ? RegionTrial.LATER : second(region));
        }
    }

    /** Compiles second forms of all regions with what is known of their jumps now, for tests. */
    void renewSecondForms() {
        for (Region region : List.copyOf(regions)) {
            useSecond(region);
        }
    }

    private void useSecond(Region region) {
        RegionCode second = second(region);
        if (second != null) {
            region.settleOnSecond(second);
        }
    }

    private BitSet notWordsAt(int entry) {
        return notWords.getOrDefault(entry, new BitSet());
    }

    /** True if another region holds the entry of {@code region} in its second form, or may come to. */
    private boolean waits(Region region) {
        int most = 0;
        for (Region other : table.overlapping(region.entry, 4)) {
            if (other == region) {
                continue;
            }
            if (other.settledOnSecond) {
                most = MOST_WAITS_WHEN_HELD;
            } else if (other.code instanceof RegionTrial trial && trial.holds(region.entry)) {
                most = Math.max(most, MOST_WAITS);
            }
        }
        return region.waits++ < most;
    }

    /** The code of the second form of {@code region}; null if there is none, or the region has been dropped. */
    private RegionCode second(Region region) {
        RegionCompiler.Second second =
                regions.contains(region) ? compiler.compileSecond(region, notWordsAt(region.entry)) : null;
        if (second == null) {
            return null;
        }
        secondFormsCompiled++;
        table.remove(region);
        region.add(second);
        table.add(region);
        want(second.cuts(), second.cold());
        return second.code();
    }

    /**
     * Executes {@code region} and what follows it as far as that is compiled. The processor is at its entry, in no delay slot.
     *
     * @return false if nothing was executed: the deadline is near, or the first instruction is for the interpreter
     */
    boolean enter(Region region) {
        long before = cpu.clock;
        int next = calls.run(region.entry, cpu.gpr.length); // an address no instruction has
        cpu.pc = next;
        cpu.nextPc = next + 4;
        Region refused = calls.takeRefused();
        if (refused != null) {
            widen(refused);
        } else {
            left(next);
        }
        return cpu.clock != before;
    }

    /** Has the region compiled anew, with 64 bits for the registers that turned out to hold more than words. */
    private void widen(Region region) {
        notWords.computeIfAbsent(region.entry, key -> new BitSet()).or(region.notWords);
        drop(region, region.number);
        compile(region.entry);
    }

    /** How many regions have been dropped since power-on. */
    long changes() {
        return dropped;
    }

    private void drop(Region region, int number) {
        dropped++;
        table.remove(region);
        regions.remove(region);
        decoded.number(region.entry, number);
    }

    /** Drops all regions, as if nothing had been executed yet. */
    void dropAll() {
        for (Region region : List.copyOf(regions)) {
            drop(region, Dispatch.UNDECODED);
        }
        seen.clear();
        rejected.clear();
        wanted.clear();
        wantedBits.clear();
        notWords.clear();
        compiler.forgetJumps();
        Arrays.fill(changes, 0);
    }

    /** Drops the regions with instructions in {@code length} bytes at {@code address}, which have changed. */
    void changed(int address, int length) {
        BitSet pages = new BitSet();
        for (Region region : table.overlapping(address, length)) {
            drop(region, Dispatch.UNDECODED);
            wanted.keySet().removeAll(region.cuts);
            wanted.keySet().removeAll(region.cold);
            notWords.remove(region.entry);
            pages.set(region.entry >>> EeBus.PAGE_SHIFT);
        }
        pages.stream().forEach(page -> changes[page]++);
        int end = address + length;
        forget(rejected, address - BEFORE_REJECTED, end);
        forget(wanted.keySet(), address, end);
        forget(notWords.keySet(), address, end);
        compiler.forgetJumps(address, end);
    }

    /** Drops the regions that a breakpoint which came to {@code address}, or went from there, gives another shape. */
    void breakpointChanged(int address) {
        for (Region region : List.copyOf(regions)) {
            if (region.overlaps(address, 4) || region.breakpoints.contains(address)) {
                drop(region, Dispatch.UNDECODED);
                wanted.keySet().removeAll(region.cuts);
                wanted.keySet().removeAll(region.cold);
            }
        }
        forget(rejected, address - BEFORE_REJECTED, address + 4);
    }

    /** Drops the regions with the access at {@code address}, which was found to use the scratchpad or devices. */
    void accessSeen(int address) {
        for (Region region : table.overlapping(address, 4)) {
            drop(region, Dispatch.UNDECODED);
            wanted.keySet().removeAll(region.cuts);
            wanted.keySet().removeAll(region.cold);
        }
    }

    /** Removes the addresses of instructions from {@code start} on and before {@code end}. */
    static void forget(Set<Integer> addresses, int start, int end) {
        if (end - start >> 2 > addresses.size()) {
            addresses.removeIf(address -> address >= start && address < end);
        } else {
            for (int address = start; address < end; address += 4) {
                addresses.remove(address);
            }
        }
    }

    /** How much is known of addresses, for tests: it must not grow while code is replaced by other code. */
    int known() {
        return seen.size() + rejected.size() + wanted.size() + notWords.size() + compiler.jumps();
    }
}
