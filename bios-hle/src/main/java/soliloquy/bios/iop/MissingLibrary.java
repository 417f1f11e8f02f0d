package soliloquy.bios.iop;

import java.util.Map;
import java.util.Set;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.machine.Notices;

/** A library of the ROM whose work is not done here: its functions fail, and a notice tells of the first call of each. */
final class MissingLibrary implements Library {
    private final String name;
    private final int version;
    private final int functions;
    private final boolean resident;
    private final int failure;
    private final Map<Integer, Integer> results;
    private final Set<Integer> quiet;
    private final Notices notices;

    private MissingLibrary(
            String name,
            int version,
            int functions,
            boolean resident,
            int failure,
            Map<Integer, Integer> results,
            Set<Integer> quiet,
            Notices notices) {
        this.name = name;
        this.version = version;
        this.functions = functions;
        this.resident = resident;
        this.failure = failure;
        this.results = results;
        this.quiet = quiet;
        this.notices = notices;
    }

    /** libsd: sound. Its first function and its transfers fail; what sets and gets does nothing. */
    static MissingLibrary sound(Notices notices) {
        return new MissingLibrary(
                "libsd", 0x0105, 28, false, 0, Map.of(4, -1, 15, -1, 16, -1, 17, -1, 18, -1), Set.of(), notices);
    }

    /** secrman: the keys of memory cards and discs. Its handlers may be set; no card is authentic. */
    static MissingLibrary keys(Notices notices) {
        return new MissingLibrary("secrman", 0x0104, 21, true, 0, Map.of(), Set.of(4, 5), notices);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int functions() {
        return functions;
    }

    @Override
    public boolean resident() {
        return resident;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal < functions;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        if (!quiet.contains(ordinal)) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "IOP " + name,
                    0,
                    "function %d of %s was called; its work is not done, so it fails".formatted(ordinal, name));
        }
        return results.getOrDefault(ordinal, failure);
    }
}
