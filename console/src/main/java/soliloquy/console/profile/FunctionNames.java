package soliloquy.console.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for guest functions, of all programs of a run, and for what stands in their place in a call stack. */
public final class FunctionNames {
    /** No thread can run; on top of the functions of the one that ran last. */
    public static final int WAITING = 0;

    /** An interrupt handler runs; below its functions. */
    public static final int INTERRUPT = 1;

    /** Code of the kernel. */
    public static final int KERNEL = 2;

    private final List<String> names = new ArrayList<>(List.of("[waiting]", "[interrupt]", "[kernel]"));
    private final Map<String, Integer> places = new HashMap<>();

    /** The names of no program yet. */
    public FunctionNames() {}

    /** The number of a new function. */
    int add(String name) {
        names.add(name);
        return names.size() - 1;
    }

    /** The number for code without a name around an address; the same for 64 KB. */
    int place(int address) {
        return places.computeIfAbsent("[code at 0x%04x....]".formatted(address >>> 16), this::add);
    }

    /** The name of function {@code number}. */
    public String name(int number) {
        return names.get(number);
    }

    /** How many numbers there are. */
    public int count() {
        return names.size();
    }
}
