package soliloquy.bios.irx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule.Place;

/** Results are those of the C standard for its functions, and of ps2sdk's sysclib for the others. */
class SysclibTest {
    private static final int DATA = CallingModule.DATA;
    private static final long CYCLES = 20_000_000;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule();

    private int[] run() {
        console.start();
        return module.run(console, CYCLES);
    }

    private int word(int address) {
        return console.iopBus.ram().read32(address);
    }

    private String text(int address) {
        StringBuilder text = new StringBuilder();
        for (int at = address; console.iopBus.ram().read8(at) != 0; at++) {
            text.append((char) console.iopBus.ram().read8(at));
        }
        return text.toString();
    }

    /** ctype.h: isupper 1, islower 2, isdigit 4, isspace 8, ispunct 0x10, iscntrl 0x20, isxdigit 0x40 besides. */
    @Test
    void kindsOfCharacters() {
        for (char character : "AZafz09 \n\0\u007f!\u00e4".toCharArray()) {
            module.call("sysclib", 8, (int) character);
        }
        module.call("sysclib", 9);
        int[] results = run();
        assertThat(results).startsWith(0x41, 1, 0x42, 0x42, 2, 4, 4, 0x18, 8, 0x20, 0x20, 0x10, 0);
        assertThat(console.iopBus.ram().read8(results[13] + 'G')).isEqualTo(1);
    }

    @Test
    void numbersAreReadAndTheirEndTold() {
        Place octal = module.text(" -077x");
        Place none = module.text("  none");
        Place big = module.text("0xfFfz");
        module.call("sysclib", 36, octal, DATA, 0);
        module.call("sysclib", 36, none, DATA + 4, 10);
        module.call("sysclib", 38, big, DATA + 8, 16);
        module.call("sysclib", 37, module.text("42;"), DATA + 12);
        int[] results = run();
        assertThat(results).startsWith(-63, 0, 0xFFF);
        assertThat(text(word(DATA))).isEqualTo("x");
        assertThat(text(word(DATA + 4))).isEqualTo("  none");
        assertThat(text(word(DATA + 8))).isEqualTo("z");
        assertThat(word(DATA + 12)).isEqualTo(42);
        assertThat(text(results[3])).isEqualTo(";");
    }

    @Test
    void tokensOfTwoTextsAtOnce() {
        Place commas = module.text(",");
        Place one = module.text("a,,b");
        Place two = module.text("c,d");
        module.call("sysclib", 35, one, commas);
        module.call("sysclib", 43, two, commas, DATA);
        module.call("sysclib", 35, 0, commas);
        module.call("sysclib", 43, 0, commas, DATA);
        module.call("sysclib", 35, 0, commas);
        int[] results = run();
        assertThat(text(results[0])).isEqualTo("a");
        assertThat(text(results[1])).isEqualTo("c");
        assertThat(text(results[2])).isEqualTo("b");
        assertThat(text(results[3])).isEqualTo("d");
        assertThat(results[4]).isZero();
    }

    /** printf.c: the function gets the context and each octet, then 0x201 and 0x200; prnt returns the length. */
    @Test
    void prntCallsAFunctionForEachOctet() {
        Place function = module.keeping(DATA, 0);
        Place counted = module.counting(DATA + 0x20, 0);
        Place arguments = module.words(module.text("ab"), 7);
        module.call("sysclib", 18, function, 0x55, module.text("%s=%d"), arguments);
        module.call("sysclib", 18, counted, 0, module.text("%s=%d"), arguments);
        assertThat(run()).containsExactly(4, 4);
        assertThat(word(DATA)).isEqualTo(0x55);
        assertThat(word(DATA + 4)).isEqualTo(0x200);
        assertThat(word(DATA + 0x20)).isEqualTo(6);
    }

    @Test
    void stdioPrintsArgumentLists() {
        module.call("stdio", 14, 1, module.text("%x-%s"), module.words(0xBEEF, module.text("end")));
        module.call("stdio", 10, 0);
        assertThat(run()).containsExactly(8, 0);
        assertThat(console.text.toString().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo("beef-end".getBytes(StandardCharsets.ISO_8859_1));
    }
}
