package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;
import soliloquy.bios.irx.CallingModule.Place;
import soliloquy.bios.irx.CallingModule.Result;
import soliloquy.machine.Notices;

/** Ordinals, layouts and errors of ps2sdk's mcman (exports.tab, mcman.h, libmc-common.h), as modules of version 2.3 import it. */
class McmanTest {
    private static final int DATA = CallingModule.DATA;
    private static final long CYCLES = 20_000_000;
    private static final int DETECT = 5;
    private static final int OPEN = 6;
    private static final int CLOSE = 7;
    private static final int READ = 8;
    private static final int WRITE = 9;
    private static final int SEEK = 10;
    private static final int FORMAT = 11;
    private static final int GET_DIR = 12;
    private static final int DELETE = 13;
    private static final int FLUSH = 14;
    private static final int CHDIR = 15;
    private static final int SET_INFO = 16;
    private static final int GET_FORMAT = 22;
    private static final int ENTRY_SPACE = 23;
    private static final int CLOSE_ALL = 25;
    private static final int FREE_CLUSTERS = 38;
    private static final int TYPE = 39;
    private static final int MODULE_INFORMATION = 42;
    private static final int SPECIFICATION = 43;
    private static final int NO_ENTRY = -4;
    private static final int DENIED = -5;
    private static final int NOT_EMPTY = -6;
    private static final int TOO_MANY = -7;
    private static final int NO_CARD = -12;

    @TempDir
    Path folder;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule("mcman", 0x0203);
    private Path card;

    @BeforeEach
    void provide() throws IOException {
        card = Files.createDirectories(folder.resolve("card"));
        Files.createDirectories(card.resolve("SAVE"));
        Files.writeString(card.resolve("SAVE/icon.sys"), "PS2D and more");
        Files.writeString(folder.resolve("secret"), "not for the guest");
        console.start();
        console.iopKernel.provide("mcman");
    }

    private void insert(boolean writable) throws IOException {
        console.services.memoryCard(card, writable);
    }

    private Result call(int ordinal, Object... arguments) {
        return module.call("mcman", ordinal, arguments);
    }

    private Result open(String name, int flags) {
        return call(OPEN, 0, 0, module.text(name), flags);
    }

    private int[] run() {
        return module.run(console, CYCLES);
    }

    private int word(int address) {
        return console.iopBus.ram().read32(address);
    }

    private String text(int address, int length) {
        byte[] bytes = Arrays.copyOfRange(console.iopBus.ram().bytes, address, address + length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private Place named(String name) {
        Object[] words = new Object[16];
        Arrays.fill(words, 0);
        for (int i = 0; i < name.length(); i++) {
            words[8 + i / 4] = (Integer) words[8 + i / 4] | name.charAt(i) << 8 * (i % 4);
        }
        return module.words(words);
    }

    @Test
    void withoutAFolderThereIsNoCard() {
        call(DETECT, 0, 0);
        open("/SAVE/icon.sys", 1);
        call(TYPE, 0, 0);
        call(FREE_CLUSTERS, 0, 0);
        call(GET_DIR, 0, 0, module.text("/*"), 0, 10, DATA);
        call(DELETE, 0, 0, module.text("/SAVE"), 0);
        call(FORMAT, 0, 0);
        assertThat(run()).containsExactly(NO_CARD, NO_CARD, 0, 0, NO_CARD, NO_CARD, NO_CARD);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 2, 1", "1, 0, -12, 0, 0", "0, 1, -12, 0, 0", "-1, 0, -12, 0, 0", "99, 0, -12, 0, 0"})
    void aCardIsInTheFirstPort(int port, int slot, int detected, int type, int formatted) throws IOException {
        insert(false);
        call(DETECT, port, slot);
        call(TYPE, port, slot);
        call(GET_FORMAT, port, slot);
        call(SPECIFICATION, port, slot, DATA, DATA + 2, DATA + 4, DATA + 8);
        assertThat(run()).containsExactly(detected, type, formatted, detected);
        assertThat(word(DATA)).as("512 bytes of a page, 16 pages of a block").isEqualTo(type == 2 ? 0x0010_0200 : 0);
        assertThat(word(DATA + 4)).as("pages").isEqualTo(type == 2 ? 16_384 : 0);
    }

    @Test
    void filesAreRead() throws IOException {
        insert(false);
        Result file = open("/SAVE/icon.sys", 1);
        call(SEEK, file, 5, 0);
        call(READ, file, DATA, 100);
        call(SEEK, file, -4, 2);
        call(READ, file, DATA + 0x100, 2);
        call(SEEK, file, -1, 1);
        call(FLUSH, file);
        call(CLOSE, file);
        call(CLOSE, file);
        assertThat(run()).containsExactly(0, 5, 8, 9, 2, 10, 0, 0, DENIED);
        assertThat(text(DATA, 8)).isEqualTo("and more");
        assertThat(text(DATA + 0x100, 2)).isEqualTo("mo");
    }

    /** A file that is created anew loses what it had; only one may write a file at a time. */
    @Test
    void filesAreWrittenWhereTheUserAllowsIt() throws IOException {
        insert(true);
        open("/NEW", 0x40);
        open("/NEW", 0x40);
        Result file = open("/NEW/file", 0x200);
        call(WRITE, file, module.text("octets"), 6);
        open("/NEW/file", 2);
        call(READ, file, DATA, 1);
        call(CLOSE, file);
        Result again = open("/SAVE/icon.sys", 0x203);
        call(WRITE, again, module.text("ABC"), 3);
        call(CLOSE_ALL);
        call(DELETE, 0, 0, module.text("/NEW"), 0);
        call(DELETE, 0, 0, module.text("/NEW/file"), 1);
        assertThat(run()).containsExactly(0, NO_ENTRY, 0, 6, DENIED, DENIED, 0, 0, 3, 0, NOT_EMPTY, NO_ENTRY);
        assertThat(card.resolve("NEW/file")).hasContent("octets");
        assertThat(card.resolve("SAVE/icon.sys")).hasContent("ABC");
    }

    @Test
    void aCardThatIsNotWritableStaysAsItIs() throws IOException {
        insert(false);
        open("/SAVE/new", 0x203);
        open("/OTHER", 0x40);
        call(DELETE, 0, 0, module.text("/SAVE/icon.sys"), 0);
        call(SET_INFO, 0, 0, module.text("/SAVE/icon.sys"), named("other"), 0x10);
        Result file = open("/SAVE/icon.sys", 1);
        call(WRITE, file, module.text("AAAA"), 4);
        call(FORMAT, 0, 0);
        assertThat(run()).containsExactly(DENIED, DENIED, DENIED, DENIED, 0, DENIED, DENIED);
        assertThat(card.resolve("SAVE/icon.sys")).hasContent("PS2D and more");
        assertThat(card.resolve("SAVE/new")).doesNotExist();
    }

    @Test
    void namesAndTimesAreSet() throws IOException {
        insert(true);
        call(SET_INFO, 0, 0, module.text("/SAVE/icon.sys"), named("other"), 0x10);
        call(SET_INFO, 0, 0, module.text("/SAVE/icon.sys"), named("x"), 0x10);
        call(SET_INFO, 0, 0, module.text("/SAVE/other"), named("../other"), 0x10);
        call(SET_INFO, 0, 0, module.text("/SAVE/other"), named(".."), 0x10);
        Object[] times = new Object[16];
        Arrays.fill(times, 0);
        times[2] = 7 << 8 | 8 << 16 | 9 << 24;
        times[3] = 24 | 12 << 8 | 2003 << 16;
        call(SET_INFO, 0, 0, module.text("/SAVE/other"), module.words(times), 2);
        call(GET_DIR, 0, 0, module.text("/SAVE/o*"), 0, 10, DATA);
        times[3] = 77;
        call(SET_INFO, 0, 0, module.text("/SAVE/other"), module.words(times), 2);
        assertThat(run()).containsExactly(0, NO_ENTRY, NO_ENTRY, NO_ENTRY, 0, 1, DENIED);
        assertThat(card.resolve("SAVE/other")).hasContent("PS2D and more");
        assertThat(word(DATA + 8)).as("second, minute, hour").isEqualTo(0x0908_0700);
        assertThat(word(DATA + 12)).isEqualTo(2003 << 16 | 0x0C18);
    }

    @Test
    void directoriesAreListed() throws IOException {
        Files.writeString(card.resolve("SAVE/b"), "12345");
        insert(false);
        call(GET_DIR, 0, 0, module.text("/SAVE/*"), 0, 3, DATA);
        call(GET_DIR, 0, 0, module.text("/SAVE/*"), 1, 3, DATA + 0x200);
        call(CHDIR, 0, 0, module.text("SAVE"), DATA + 0x300);
        call(GET_DIR, 0, 0, module.text("i*"), 0, 3, DATA + 0x200);
        call(GET_DIR, 0, 0, module.text("/NONE/*"), 0, 3, DATA);
        call(CHDIR, 0, 0, module.text("NONE"), DATA + 0x400);
        call(ENTRY_SPACE, 0, 0, module.text("/SAVE"));
        call(ENTRY_SPACE, 0, 0, module.text("/"));
        call(GET_DIR, 0, 0, module.text("/*"), 0, 0x7FFF_FFFF, 0x1F_FFF0);
        assertThat(run()).containsExactly(3, 1, 0, 1, NO_ENTRY, NO_ENTRY, 0, 1, DENIED);
        assertThat(text(DATA + 32, 2)).isEqualTo(".\0");
        assertThat(text(DATA + 128 + 32, 2)).isEqualTo("b\0");
        assertThat(word(DATA + 128 + 16)).isEqualTo(5);
        assertThat(text(DATA + 0x200 + 32, 9)).isEqualTo("icon.sys\0");
        assertThat(text(DATA + 0x300, 6)).isEqualTo("/SAVE\0");
        assertThat(word(DATA + 0x400)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../secret", "../../secret", "/SAVE/../../secret", "/link", "/SAVE/..\\..\\secret", ""})
    void nothingOutsideOfTheFolderIsReached(String name) throws IOException {
        Files.createSymbolicLink(card.resolve("link"), folder.resolve("secret"));
        insert(true);
        open(name, 1);
        call(DELETE, 0, 0, module.text(name), 0);
        call(SET_INFO, 0, 0, module.text(name), named("other"), 0x10);
        assertThat(run()).containsOnly(NO_ENTRY);
        assertThat(folder.resolve("secret")).hasContent("not for the guest");
    }

    @Test
    void badNumbersAndAddressesFail() throws IOException {
        insert(true);
        Result file = open("/SAVE/icon.sys", 3);
        open("/SAVE/icon.sys", 1);
        open("/SAVE/icon.sys", 1);
        open("/SAVE/icon.sys", 1);
        for (int number : new int[] {-1, 3, 0x7FFF_FFFF}) {
            call(READ, number, DATA, 1);
            call(WRITE, number, DATA, 1);
            call(SEEK, number, 0, 0);
            call(FLUSH, number);
            call(CLOSE, number);
        }
        call(READ, file, 0x1F_FFFF, 10);
        call(WRITE, file, 0x1F_FFFF, 10);
        call(WRITE, file, DATA, -1);
        int[] results = run();
        assertThat(Arrays.copyOf(results, 4)).containsExactly(0, 1, 2, TOO_MANY);
        assertThat(Arrays.copyOfRange(results, 4, results.length)).containsOnly(DENIED);
        assertThat(card.resolve("SAVE/icon.sys")).hasContent("PS2D and more");
    }

    @Test
    void theModuleTellsItsNameAndPagesAreNoticed() throws IOException {
        insert(false);
        call(MODULE_INFORMATION);
        call(18, 0, 0, 0, DATA);
        int[] results = run();
        assertThat(text(word(results[0]), 6)).isEqualTo("mcman\0");
        assertThat(results[1]).isEqualTo(DENIED);
        assertThat(console.noticed)
                .extracting(Notices.Notice::text)
                .anyMatch(text -> text.contains("function 18 of mcman"));
    }

    /** rom0:MCMAN's table of version 1.1 has the same functions without the later ones. */
    @Test
    void theOlderTableHasTheSameFiles() throws IOException {
        insert(false);
        CallingModule older = new CallingModule("mcman", 0x0101);
        Result file = older.call("mcman", OPEN, 0, 0, older.text("/SAVE/icon.sys"), 1);
        older.call("mcman", READ, file, DATA, 4);
        assertThat(older.run(console, CYCLES)).containsExactly(0, 4);
        assertThat(text(DATA, 4)).isEqualTo("PS2D");
    }
}
