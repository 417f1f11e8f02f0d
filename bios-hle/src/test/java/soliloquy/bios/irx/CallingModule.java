package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.TestConsole;
import soliloquy.machine.InputException;

/** A module whose entry calls libraries one after the other and keeps what they return. */
public final class CallingModule {
    /** Memory that nobody else uses: from here on, what tests want. */
    public static final int DATA = 0x000B_8000;

    private static final int RESULTS = 0x000B_F000;
    private static final int JR_RA = 0x03E0_0008;
    private static final int NOP = 0;
    private static final int V0 = 2;
    private static final int A0 = 4;
    private static final int T0 = 8;
    private static final int T1 = 9;
    /** Where the upper halves of results of 64 bits lie behind the lower ones. */
    private static final int UPPER = 0x800;

    private static final int SP_FRAME = 48;

    /** Where something lies in the module, as an argument of a call. */
    public record Place(int offset) {}

    /** What an earlier call returned, as an argument of a later one. */
    public record Result(int index) {}

    private record Call(int stub, List<Object> arguments) {}

    private final TestModule module = new TestModule();
    private final List<Call> calls = new ArrayList<>();

    private final String special;
    private final int version;

    /** A module that imports version 1.1 of all libraries. */
    public CallingModule() {
        this("", 0);
    }

    /** A module that imports {@code version} of one library. */
    public CallingModule(String library, int version) {
        special = library;
        this.version = version;
        module.word(NOP); // so that no place is 0
    }

    private int imports(String library, int ordinal) {
        return module.importsOf(library, library.equals(special) ? version : 0x0101, ordinal);
    }

    /** A function that adds 1 to the word at {@code address} and returns {@code result}. */
    public Place counting(int address, int result) {
        Place place = new Place(module.here());
        module.word(0x3C08_0000 | address + 0x8000 >>> 16) // lui t0,%hi
                .word(0x8D09_0000 | address & 0xFFFF) // lw t1,%lo(t0)
                .word(NOP)
                .word(0x2529_0001) // addiu t1,t1,1
                .word(0xAD09_0000 | address & 0xFFFF) // sw t1,%lo(t0)
                .word(JR_RA)
                .word(0x2402_0000 | result & 0xFFFF); // li v0,result
        return place;
    }

    /** A function that keeps its first four arguments at {@code address} and returns {@code result}. */
    public Place keeping(int address, int result) {
        Place place = new Place(module.here());
        module.word(0x3C08_0000 | address + 0x8000 >>> 16);
        for (int i = 0; i < 4; i++) {
            module.word(0xAD00_0000 | A0 + i << 16 | address + 4 * i & 0xFFFF);
        }
        module.word(JR_RA).word(0x2402_0000 | result & 0xFFFF);
        return place;
    }

    /** A function that keeps its first {@code count} arguments at {@code address} and returns a result of 64 bits. */
    public Place keeping(int address, int count, long result) {
        Place place = new Place(module.here());
        module.word(0x3C08_0000 | address + 0x8000 >>> 16);
        for (int i = 0; i < count; i++) {
            if (i >= 4) {
                module.word(0x8FA9_0000 | 4 * i).word(NOP); // lw t1,4*i(sp)
            }
            module.word(0xAD00_0000 | (i < 4 ? A0 + i : T1) << 16 | address + 4 * i & 0xFFFF);
        }
        number(V0, (int) result);
        number(V0 + 1, (int) (result >> 32));
        module.word(JR_RA).word(NOP);
        return place;
    }

    /** A function that calls one of a library and keeps what it returns at {@code address}; it returns 0. */
    public Place forwarding(String library, int ordinal, int address) {
        int stub = imports(library, ordinal);
        Place place = new Place(module.here());
        module.word(0x27BD_FFE8) // addiu sp,sp,-24
                .word(0xAFBF_0014) // sw ra,20(sp)
                .call(stub)
                .word(0x3C08_0000 | address + 0x8000 >>> 16)
                .word(0xAD02_0000 | address & 0xFFFF) // sw v0
                .word(0x8FBF_0014) // lw ra,20(sp)
                .word(0x2402_0000) // li v0,0
                .word(JR_RA)
                .word(0x27BD_0018);
        return place;
    }

    /** Words that may be places. */
    public Place words(Object... words) {
        Place place = new Place(module.here());
        for (Object word : words) {
            if (word instanceof Place at) {
                module.word(at.offset, 2);
            } else {
                module.word((Integer) word);
            }
        }
        return place;
    }

    public Place text(String text) {
        Place place = new Place(module.here());
        module.text(text);
        return place;
    }

    /** Calls a function with numbers, places and results. */
    public Result call(String library, int ordinal, Object... arguments) {
        calls.add(new Call(imports(library, ordinal), List.of(arguments)));
        return new Result(calls.size() - 1);
    }

    /** Loads the module and runs the console for {@code cycles} EE cycles; returns what the calls returned. */
    public int[] run(TestConsole console, long cycles) {
        module.entry().word(0x27BD_0000 | -SP_FRAME & 0xFFFF).word(0xAFBF_0000 | SP_FRAME - 4);
        for (int i = 0; i < calls.size(); i++) {
            List<Object> arguments = calls.get(i).arguments;
            for (int a = arguments.size() - 1; a >= 0; a--) {
                load(a < 4 ? A0 + a : T0, arguments.get(a));
                if (a >= 4) {
                    module.word(0xAFA8_0000 | 4 * a); // sw t0,4*a(sp)
                }
            }
            module.call(calls.get(i).stub);
            number(T0, RESULTS + 4 * i);
            module.word(0xAD02_0000).word(0xAD03_0000 | UPPER); // sw v0,0(t0); sw v1
        }
        module.word(0x8FBF_0000 | SP_FRAME - 4)
                .word(0x2402_0000) // li v0,0
                .word(JR_RA)
                .word(0x27BD_0000 | SP_FRAME);
        try {
            int id = console.iopKernel.load(IrxFile.parse("test", module.irx()));
            console.iopKernel.start(id, List.of(), result -> {});
        } catch (InputException e) {
            throw new IllegalStateException(e);
        }
        console.run(cycles);
        int[] results = new int[calls.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = console.iopBus.ram().read32(RESULTS + 4 * i);
        }
        return results;
    }

    /** A result of 64 bits of a call that has returned. */
    public static long wide(TestConsole console, Result result) {
        int at = RESULTS + 4 * result.index;
        int low = console.iopBus.ram().read32(at);
        return (long) console.iopBus.ram().read32(at + UPPER) << 32 | low & 0xFFFF_FFFFL;
    }

    private void load(int register, Object value) {
        switch (value) {
            case Place place -> module.address(register, place.offset);
            case Result result -> {
                number(register, RESULTS + 4 * result.index);
                module.word(0x8C00_0000 | register << 21 | register << 16).word(NOP);
            }
            default -> number(register, (Integer) value);
        }
    }

    private void number(int register, int value) {
        module.word(0x3C00_0000 | register << 16 | value >>> 16) // lui
                .word(0x3400_0000 | register << 21 | register << 16 | value & 0xFFFF); // ori
    }
}
