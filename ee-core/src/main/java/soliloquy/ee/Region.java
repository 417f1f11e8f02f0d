package soliloquy.ee;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** A compiled region, as the processor keeps it. */
final class Region {
    /** Address of its first instruction. */
    final int entry;
    /** {@link Dispatch} number of the instruction at {@link #entry}. */
    final int number;
    /** Addresses of its instructions, in order. */
    int[] addresses;
    /** Addresses it may be left to because they found no room in it. */
    final Set<Integer> cuts;
    /** Addresses it may be left to where control had not been when it was compiled. */
    final Set<Integer> cold;
    /** Addresses of breakpoints that it was cut at. */
    final Set<Integer> breakpoints = new HashSet<>();
    /** Registers it takes for words at entry. */
    final BitSet tested;
    /** Bytes of JVM code of its forms. */
    private int codeBytes;

    private int secondBytes;

    /** Half cycles it must be given to be entered. */
    int longestPath;
    /** Half cycles it has to run before its second form is compiled; 0 if that would be no better. */
    long hot;
    /** Its hidden class; null until that is defined. */
    RegionCode code;

    /** How often its second form was to be compiled and another region's was waited for. */
    int waits;

    /** True if its second form has vectors. */
    boolean hasVectors;

    /** True once its second form alone is used. */
    boolean settledOnSecond;

    /** True while its second form is to return at once. */
    boolean idle;

    /** True once {@link #notWords} has grown, and the region should be compiled anew. */
    boolean refused;

    /** Registers that it took for words and that held something else. */
    final BitSet notWords = new BitSet();

    Region(int entry, int number, int[] addresses, Set<Integer> cuts, Set<Integer> cold, BitSet tested, int codeBytes) {
        this.entry = entry;
        this.number = number;
        this.addresses = addresses;
        this.cuts = cuts;
        this.cold = cold;
        this.tested = tested;
        this.codeBytes = codeBytes;
    }

    /** Called by the code before it gives up because of what the registers {@code gpr} hold. */
    void refuse(long[] gpr) {
        refused = true;
        tested.stream().filter(register -> gpr[register] != (int) gpr[register]).forEach(notWords::set);
    }

    /** Takes over the addresses and tests of its second form. */
    void add(RegionCompiler.Second second) {
        addresses = IntStream.concat(
                        Arrays.stream(addresses), second.addresses().stream().mapToInt(Integer::intValue))
                .sorted()
                .distinct()
                .toArray();
        tested.or(second.tested());
        cuts.addAll(second.cuts());
        cold.addAll(second.cold());
        breakpoints.addAll(second.breakpoints());
        codeBytes += second.codeBytes() - secondBytes;
        secondBytes = second.codeBytes();
    }

    /** Keeps the first form alone. */
    void settleOnFirst(RegionCode first) {
        code = first;
        codeBytes -= secondBytes;
        secondBytes = 0;
    }

    /** Keeps the second form alone. */
    void settleOnSecond(RegionCode second) {
        code = second;
        codeBytes = secondBytes;
        settledOnSecond = true;
    }

    /** Bytes of JVM code of the forms that are kept. */
    int codeBytes() {
        return codeBytes;
    }

    /** True if one of its instructions lies in {@code length} bytes at {@code address}. */
    boolean overlaps(int address, int length) {
        int at = Arrays.binarySearch(addresses, address & ~3);
        int first = at >= 0 ? at : -at - 1;
        return first < addresses.length && addresses[first] < address + length;
    }
}
