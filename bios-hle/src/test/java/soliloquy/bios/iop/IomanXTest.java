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
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;
import soliloquy.bios.irx.CallingModule.Place;
import soliloquy.bios.irx.CallingModule.Result;

/** Ordinals, results and layouts of ps2sdk's iomanX (exports.tab, iomanX.h, iomanX.c, iox_stat.h); errors of errno.h. */
class IomanXTest {
    private static final int DATA = CallingModule.DATA;
    private static final long CYCLES = 20_000_000;
    private static final int EXPORTS = 0x41C0_0000;
    private static final int LEGACY = 0x10;
    private static final int EXTENDED = 0x1000_0010;
    private static final int OPERATIONS = 27;
    private static final int UNSUPPORTED = -48;

    @TempDir
    Path folder;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule();

    @BeforeEach
    void start() {
        console.start();
    }

    private Result call(int ordinal, Object... arguments) {
        return module.call("iomanx", ordinal, arguments);
    }

    private int[] run() {
        return module.run(console, CYCLES);
    }

    private int word(int address) {
        return console.iopBus.ram().read32(address);
    }

    private String text(int address) {
        byte[] bytes = Arrays.copyOfRange(console.iopBus.ram().bytes, address, address + 64);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\0'));
    }

    /** Adds a device called mass whose operation {@code index} is {@code operation}, and all others return 0. */
    private void device(int type, int index, Place operation) {
        Object[] operations = new Object[OPERATIONS];
        Arrays.fill(operations, module.counting(DATA + 0xFFC, 0));
        operations[index] = operation;
        Place list = module.words(operations);
        call(20, module.words(module.text("mass"), type, 1, module.text("a device"), list));
    }

    @Test
    void filesOfTheHostAreWrittenReadAndRenamed() throws IOException {
        console.services.hostFolder(folder, true);
        Result written = call(4, module.text("host:new.txt"), 0x602, 0x1FF);
        call(7, written, module.text("octets"), 6);
        call(5, written);
        call(25, module.text("host:new.txt"), module.text("host:dir"));
        call(25, module.text("host:dir"), module.text("other"));
        Result read = call(4, module.text("host:other"), 1);
        call(8, read, 2, 0);
        call(6, read, DATA, 100);
        call(14, read);
        call(16, module.text("host:other"), DATA + 0x100);
        call(11, module.text("host:made"), 0x1FF);
        call(16, module.text("host:made"), DATA + 0x200);
        Result directory = call(13, module.text("host:"));
        call(15, directory, DATA + 0x300);
        call(15, directory, DATA + 0x500);
        call(15, directory, DATA + 0x700);
        call(5, directory);
        assertThat(run()).containsExactly(2, 6, 2, 0, 0, 2, 2, 4, 2, 0, 0, 0, 2, 1, 1, 0, 2);
        assertThat(folder.resolve("other")).hasContent("octets");
        assertThat(text(DATA)).isEqualTo("tets");
        assertThat(word(DATA + 0x100) & 0xF000).as("a file").isEqualTo(0x2000);
        assertThat(word(DATA + 0x108)).isEqualTo(6);
        assertThat(word(DATA + 0x200) & 0xF1FF)
                .as("a directory, for all to look at")
                .isEqualTo(0x1000 | 0555);
        assertThat(text(DATA + 0x300 + 64)).isEqualTo("made");
        assertThat(text(DATA + 0x500 + 64)).isEqualTo("other");
    }

    @Test
    void theReadOnlyFolderStaysAsItIs() throws IOException {
        Files.writeString(folder.resolve("file"), "octets");
        console.services.hostFolder(folder, false);
        call(25, module.text("host:file"), module.text("other"));
        call(10, module.text("host:file"));
        call(11, module.text("host:dir"), 0x1FF);
        assertThat(run()).containsOnly(-13);
        assertThat(folder.resolve("file")).hasContent("octets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "host:../secret", "host:a/../../secret"})
    void nothingOutsideOfTheFolderIsReached(String name) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Files.writeString(folder.resolve("secret"), "not for the guest");
        Files.writeString(inside.resolve("file"), "octets");
        console.services.hostFolder(inside, true);
        String whole = name.startsWith("host:") ? name : "host:" + name;
        call(25, module.text("host:file"), module.text(name));
        call(25, module.text(whole), module.text("stolen"));
        call(4, module.text(whole), 1);
        assertThat(run()).containsOnly(-2);
        assertThat(folder.resolve("secret")).hasContent("not for the guest");
        assertThat(inside.resolve("file")).hasContent("octets");
    }

    @Test
    void whatIsNotThereFails() {
        call(25, module.text("host:a"), module.text("rom0:a"));
        call(25, module.text("nosuch:a"), module.text("b"));
        for (int ordinal : new int[] {26, 27, 28, 29, 31, 33}) {
            call(ordinal, module.text("nosuch0:"), 0, 0, 0);
        }
        Result seek = call(30, 99, 0, 0, 0, 0);
        call(34, -1, 0, 0, 0, 0, 0);
        call(22, 32);
        call(5, 99);
        call(30, 1, 0, 0, 0, 0);
        call(26, module.text("rom0:"));
        call(34, 1, 0, 0, 0, 0, 0);
        assertThat(run())
                .containsExactly(-18, -19, -19, -19, -19, -19, -19, -19, -9, -9, -9, -9, UNSUPPORTED, -48, -48);
        assertThat(CallingModule.wide(console, seek)).isEqualTo(-9);
    }

    @Test
    void extendedDevicesGetAllArguments() {
        device(EXTENDED, 23, module.keeping(DATA, 7, 42));
        call(31, module.text("mass2:path"), 1, 2, 3, 4, 5);
        Result file = call(4, module.text("mass2:file"), 3, 0);
        call(34, file, 1, 2, 3, 4, 5);
        call(22, file);
        call(30, file, 0, 0, 0, 7);
        int[] results = run();
        assertThat(results).containsExactly(0, 42, 2, 0, EXTENDED, -22);
        assertThat(word(word(DATA) + 4)).as("unit").isEqualTo(2);
        assertThat(text(word(DATA + 4))).isEqualTo("path");
        for (int i = 1; i <= 5; i++) {
            assertThat(word(DATA + 4 + 4 * i)).isEqualTo(i);
        }
    }

    @Test
    void extendedDevicesMountAndRename() {
        device(EXTENDED, 20, module.keeping(DATA, 6, 42));
        call(28, module.text("mass1:"), module.text("disc:"), 7, 8, 9);
        call(29, module.text("mass1:"));
        call(25, module.text("mass1:a"), module.text("mass2:b"));
        call(32, module.text("mass1:a"), module.text("mass1:b"));
        call(27, module.text("mass1:"), 0);
        assertThat(run()).containsExactly(0, 0, 0, -18, 0, 0);
        assertThat(text(word(DATA + 8))).isEqualTo("disc:");
        assertThat(new int[] {word(DATA + 12), word(DATA + 16), word(DATA + 20)})
                .containsExactly(7, 8, 9);
    }

    @Test
    void placesInFilesHave64Bits() {
        device(EXTENDED, 22, module.keeping(DATA, 5, 0x1_2345_6789L));
        Result file = call(4, module.text("mass:file"), 1, 0);
        Result seek = call(30, file, 0, 0x2345_6789, 1, 2);
        run();
        assertThat(CallingModule.wide(console, seek)).isEqualTo(0x1_2345_6789L);
        assertThat(new int[] {word(DATA + 8), word(DATA + 12), word(DATA + 16)}).containsExactly(0x2345_6789, 1, 2);
    }

    /** A device whose type lacks the bit has the older structures and none of the later operations. */
    @Test
    void olderDevicesSeeTheOlderStructures() {
        device(LEGACY, 16, module.keeping(DATA, 4, 5));
        Place status = module.words(0x2124, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        call(17, module.text("mass:file"), status, 1);
        call(25, module.text("mass:a"), module.text("b"));
        call(28, module.text("mass:"), module.text("disc:"), 7, 8, 9);
        Result file = call(4, module.text("mass:file"), 1, 0);
        call(15, file, DATA + 0x100);
        assertThat(run()).containsExactly(0, 0, UNSUPPORTED, UNSUPPORTED, 2, -9);
        assertThat(word(DATA + 12)).as("mask").isEqualTo(1);
        assertThat(word(word(DATA + 8))).as("a file to be read").isEqualTo(0x14);
    }

    private static Place table(CallingModule exporter, int version, int result) {
        Place function = exporter.counting(DATA + 0xFF0, result);
        Object[] table = new Object[5 + 6];
        Arrays.fill(table, function);
        table[0] = EXPORTS;
        table[1] = 0;
        table[2] = version;
        table[3] = 0x616D_6F69;
        table[4] = 0x0000_786E;
        table[10] = 0;
        return exporter.words(table);
    }

    private int export(int version, int result) {
        CallingModule exporter = new CallingModule();
        exporter.call("loadcore", 6, table(exporter, version, result));
        return exporter.run(console, CYCLES)[0];
    }

    private int open() {
        CallingModule importer = new CallingModule();
        importer.call("iomanx", 4, importer.text("nosuch:"), 1, 0);
        return importer.run(console, CYCLES)[0];
    }

    /** What ps2sdk's iomanX.irx does: version 1.1 of the table, by RegisterLibraryEntries. */
    @Test
    void aModulesOwnLibraryIsTheOnlyOne() {
        CallingModule asking = new CallingModule();
        Place wanted = asking.words(0, 0, 0x0101, 0x616D_6F69, 0x0000_786E);
        asking.call("loadcore", 11, wanted);
        assertThat(asking.run(console, CYCLES))
                .as("no library before a module imports it")
                .containsExactly(0);
        assertThat(export(0x0101, 77)).isZero();
        assertThat(open()).isEqualTo(77);
        assertThat(export(0x0101, 78)).as("KE_LIBRARY_FOUND").isEqualTo(-212);
    }

    @Test
    void aModuleThatComesLaterTakesOver() {
        assertThat(open()).isEqualTo(-19);
        assertThat(export(0x0101, 77)).isZero();
        assertThat(open()).isEqualTo(77);
    }

    @Test
    void aModuleThatTakesItsLibraryAwayLeavesTheOther() {
        assertThat(open()).isEqualTo(-19);
        CallingModule exporter = new CallingModule();
        Place table = table(exporter, 0x0101, 77);
        exporter.call("loadcore", 6, table);
        exporter.call("loadcore", 7, table);
        assertThat(exporter.run(console, CYCLES)).containsExactly(0, 0);
        assertThat(open()).isEqualTo(-19);
    }

    @Test
    void aResetForgetsTheLibrary() {
        assertThat(open()).isEqualTo(-19);
        console.iopKernel.reset();
        assertThat(export(0x0100, 77)).isZero();
        assertThat(open()).isEqualTo(77);
    }
}
