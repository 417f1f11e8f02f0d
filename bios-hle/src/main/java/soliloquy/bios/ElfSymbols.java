package soliloquy.bios;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The names in a program, sorted by address, for crash reports and debuggers. */
public final class ElfSymbols {
    /**
     * One function or object.
     *
     * @param address virtual address of its first byte
     * @param size bytes, 0 if the program does not say
     */
    public record Symbol(String name, int address, int size, boolean function) {}

    /** A program without names. */
    public static final ElfSymbols NONE = new ElfSymbols(List.of());

    private final List<Symbol> byAddress;

    /** The table of {@code symbols}, in any order. */
    public ElfSymbols(List<Symbol> symbols) {
        List<Symbol> sorted = new ArrayList<>(symbols);
        sorted.sort(Comparator.comparingLong(symbol -> Integer.toUnsignedLong(symbol.address())));
        byAddress = List.copyOf(sorted);
    }

    /** All symbols in the order of their addresses. */
    public List<Symbol> all() {
        return byAddress;
    }

    /** The symbol of this name. */
    public Optional<Symbol> named(String name) {
        return byAddress.stream().filter(symbol -> symbol.name().equals(name)).findFirst();
    }

    /** The symbol that {@code address} lies in: the nearest one at or below it whose size, if given, reaches it. */
    public Optional<Symbol> at(int address) {
        long wanted = Integer.toUnsignedLong(address);
        int low = 0;
        int high = byAddress.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.toUnsignedLong(byAddress.get(middle).address()) <= wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low - 1; i >= 0; i--) {
            Symbol symbol = byAddress.get(i);
            long offset = wanted - Integer.toUnsignedLong(symbol.address());
            if (symbol.size() == 0 || offset < Integer.toUnsignedLong(symbol.size())) {
                return Optional.of(symbol);
            }
            if (offset > 0x10_0000) {
                break;
            }
        }
        return Optional.empty();
    }

    /** {@code name+0x10}, or the plain address in hexadecimal where no name is known. */
    public String describe(int address) {
        return at(address)
                .map(symbol -> symbol.address() == address
                        ? symbol.name()
                        : symbol.name() + "+0x" + Integer.toHexString(address - symbol.address()))
                .orElseGet(() -> String.format("0x%08x", address));
    }
}
