package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.bios.TestConsole;
import soliloquy.machine.InputException;

/** Memory cards as libmc asks for them; numbers, layouts and errors of ps2sdk's libmc.c and libmc-common.h. */
class CardServiceTest {
    private static final int INIT = 0xFE;
    private static final int GET_INFO = 1;
    private static final int OPEN = 2;
    private static final int CLOSE = 3;
    private static final int SEEK = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int CHDIR = 0x0C;
    private static final int GET_DIR = 0x0D;
    private static final int SET_INFO = 0x0E;
    private static final int DELETE = 0x0F;
    private static final int ENTRY_SPACE = 0x12;
    private static final int BUFFER = 0x40_0000;
    private static final int PARAMETER = 0x41_0000;
    private static final int NO_ENTRY = -4;
    private static final int DENIED = -5;
    private static final int NO_CARD = -12;

    @TempDir
    Path folder;

    private final TestConsole console = new TestConsole();
    private Path card;
    private EeClient ee;
    private EeClient.Server server;

    @BeforeEach
    void bind() throws IOException {
        card = Files.createDirectories(folder.resolve("card"));
        Files.createDirectories(card.resolve("SAVE"));
        Files.writeString(card.resolve("SAVE/icon.sys"), "PS2D and more");
        Files.writeString(folder.resolve("secret"), "not for the guest");
        ee = new EeClient(console);
        server = ee.bind(0x8000_0400);
    }

    private void insert(boolean writable) throws IOException {
        console.services.memoryCard(card, writable);
    }

    private int onDescriptor(int function, int... words) {
        ee.request(Arrays.copyOf(words, 12));
        return ee.call(server, function, 48, 12);
    }

    private int onName(int function, int flags, int most, int table, String name) {
        ee.request(0, 0, flags, most, table);
        ee.text(EeClient.REQUEST + 20, name);
        return ee.call(server, function, 1044, 4);
    }

    private int open(String name, int flags) {
        return onName(OPEN, flags, 0, 0, name);
    }

    private String text(int address) {
        StringBuilder text = new StringBuilder();
        for (int at = address; console.bus.read8(at) != 0; at++) {
            text.append((char) console.bus.read8(at));
        }
        return text.toString();
    }

    @Test
    void theServerIsNewEnough() {
        assertThat(onDescriptor(INIT)).isZero();
        assertThat(ee.word(EeClient.ANSWER + 4)).isGreaterThanOrEqualTo(0x205);
        assertThat(ee.word(EeClient.ANSWER + 8)).isGreaterThanOrEqualTo(0x206);
    }

    @Test
    void withoutAFolderThereIsNoCard() {
        assertThat(onDescriptor(GET_INFO, 0, 0, 0, 1, 1, 1, 0, PARAMETER)).isEqualTo(NO_CARD);
        assertThat(ee.word(PARAMETER)).isZero();
        assertThat(open("/SAVE/icon.sys", 1)).isEqualTo(NO_CARD);
    }

    @Test
    void aCardTellsTypeSpaceAndFormat() throws IOException {
        insert(false);
        assertThat(onDescriptor(GET_INFO, 0, 0, 0, 1, 1, 1, 0, PARAMETER)).isZero();
        assertThat(ee.word(PARAMETER)).isEqualTo(2);
        assertThat(ee.word(PARAMETER + 4)).isBetween(7900, 8000);
        assertThat(ee.word(PARAMETER + 144)).isEqualTo(1);
        assertThat(onDescriptor(GET_INFO, 0, 1, 0, 1, 1, 1, 0, PARAMETER))
                .as("second port")
                .isEqualTo(NO_CARD);
    }

    /** The bytes at unaligned ends come in the parameter structure: two sizes, two places, two lines of 64 bytes. */
    @Test
    void filesAreReadToAnyAddress() throws IOException {
        byte[] content = new byte[50_000];
        new Random(2).nextBytes(content);
        Files.write(card.resolve("SAVE/data"), content);
        insert(false);
        int file = open("/SAVE/data", 1);
        assertThat(file).isNotNegative();
        assertThat(onDescriptor(SEEK, file, 0, 0, 0, 100, 0)).isEqualTo(100);
        int size = 40_000;
        int to = BUFFER + 5;
        assertThat(onDescriptor(READ, file, 0, 0, size, 0, 0, to, PARAMETER)).isEqualTo(size);
        byte[] read = new byte[size];
        for (int i = 0; i < size; i++) {
            read[i] = (byte) console.bus.read8(to + i);
        }
        int head = ee.word(PARAMETER);
        int tail = ee.word(PARAMETER + 4);
        for (int i = 0; i < head; i++) {
            read[i] = (byte) console.bus.read8(PARAMETER + 16 + i);
        }
        for (int i = 0; i < tail; i++) {
            read[ee.word(PARAMETER + 12) - to + i] = (byte) console.bus.read8(PARAMETER + 80 + i);
        }
        assertThat(Arrays.mismatch(read, Arrays.copyOfRange(content, 100, 100 + size)))
                .as("the first byte that differs")
                .isEqualTo(-1);
        assertThat(onDescriptor(CLOSE, file)).isZero();
        assertThat(onDescriptor(CLOSE, file)).isEqualTo(DENIED);
    }

    @Test
    void aCardThatIsNotWritableStaysAsItIs() throws IOException {
        insert(false);
        assertThat(open("/SAVE/new", 0x203)).isEqualTo(DENIED);
        assertThat(open("/OTHER", 0x40)).isEqualTo(DENIED);
        assertThat(onName(DELETE, 0, 0, 0, "/SAVE/icon.sys")).isEqualTo(DENIED);
        int file = open("/SAVE/icon.sys", 1);
        assertThat(onDescriptor(WRITE, file, 0, 0, 0, 0, 4, 0, 0, 0x41414141)).isEqualTo(DENIED);
        assertThat(card.resolve("SAVE/icon.sys")).hasContent("PS2D and more");
        assertThat(card.resolve("SAVE/new")).doesNotExist();
    }

    @Test
    void filesAreWrittenWhereTheUserAllowsIt() throws IOException {
        insert(true);
        assertThat(open("/NEW", 0x40)).isZero();
        int file = open("/NEW/file", 0x203);
        assertThat(onDescriptor(WRITE, file, 0, 0, 0, 0, 3, 0, 0, 0x00434241)).isEqualTo(3);
        assertThat(onDescriptor(CLOSE, file)).isZero();
        assertThat(card.resolve("NEW/file")).hasContent("ABC");
        assertThat(onName(DELETE, 0, 0, 0, "/NEW")).as("sceMcResNotEmpty").isEqualTo(-6);
        assertThat(onName(DELETE, 0, 0, 0, "/NEW/file")).isZero();
        assertThat(onName(DELETE, 0, 0, 0, "/NEW")).isZero();
    }

    /** As mcRename of libmc; the server fetches the structure with the new name. */
    private int rename(String name, String renamed) {
        ee.text(PARAMETER + 32, renamed);
        ee.request(0, 0, 0x10, 0, PARAMETER);
        ee.text(EeClient.REQUEST + 20, name);
        ee.begin(server, SET_INFO, 1044, 4);
        int[] wanted = ee.receive(0.1);
        assertThat(wanted[2]).isEqualTo(0x8000_000C);
        int[] given = {0, wanted[5], 0, wanted[7], 0x8000_000C, 0, 0, 0};
        ee.command(0x8000_0008, 0, given, wanted[8], wanted[9], wanted[10]);
        return ee.end(0.1);
    }

    @Test
    void filesAreRenamed() throws IOException {
        insert(true);
        assertThat(rename("/SAVE/icon.sys", "renamed")).isZero();
        assertThat(rename("/SAVE/icon.sys", "renamed")).isEqualTo(NO_ENTRY);
        assertThat(card.resolve("SAVE/renamed")).hasContent("PS2D and more");
        assertThat(rename("/SAVE/renamed", "../renamed")).isEqualTo(NO_ENTRY);
        assertThat(onName(SET_INFO, 0x10, 0, 0x7000_0000, "/SAVE/renamed")).isEqualTo(DENIED);
        assertThat(onName(ENTRY_SPACE, 0, 0, 0, "/SAVE")).isEqualTo(1);
        assertThat(onName(ENTRY_SPACE, 0, 0, 0, "/NONE")).isEqualTo(NO_ENTRY);
    }

    @Test
    void aFileThatIsOpenForWritingOnlyCannotBeRead() throws IOException {
        insert(true);
        int file = open("/SAVE/icon.sys", 2);
        assertThat(file).isNotNegative();
        assertThat(onDescriptor(READ, file, 0, 0, 4, 0, 0, BUFFER, PARAMETER)).isNegative();
        assertThat(console.crash).isNull();
    }

    /** sceMcResFullDevice: the card has 8 MB, wherever in the file is written. */
    @Test
    void aCardHasItsSize() throws IOException {
        insert(true);
        int file = open("/SAVE/icon.sys", 3);
        onDescriptor(SEEK, file, 0, 0, 0, Integer.MAX_VALUE, 0);
        assertThat(onDescriptor(WRITE, file, 0, 0, 0, 0, 1, 0, 0, 0x41)).isEqualTo(-3);
        assertThat(card.resolve("SAVE/icon.sys")).hasSize(13);
        Files.write(card.resolve("full"), new byte[8000 * 1024]);
        assertThat(open("/SAVE/new", 0x203)).isEqualTo(-3);
        assertThat(open("/OTHER", 0x40)).isEqualTo(-3);
    }

    @ParameterizedTest
    @CsvSource({"*, 4", "ic*, 1", "*s?s, 1", "?con.sys, 1", "*i*c*o*n*, 1", "ico, 0", "*x, 0", "????????, 1"})
    void patternsFitNames(String pattern, int count) throws IOException {
        Files.writeString(card.resolve("SAVE/b"), "12345");
        insert(false);
        assertThat(onName(GET_DIR, 0, 10, BUFFER, "/SAVE/" + pattern)).isEqualTo(count);
    }

    @Test
    void manyStarsDoNotStall() throws IOException {
        Files.writeString(card.resolve("SAVE/" + "a".repeat(31)), "");
        insert(false);
        assertThat(onName(GET_DIR, 0, 10, BUFFER, "/SAVE/" + "*a".repeat(300) + "b"))
                .isZero();
    }

    @Test
    void directoriesAreListed() throws IOException {
        Files.writeString(card.resolve("SAVE/b"), "12345");
        insert(false);
        assertThat(onName(GET_DIR, 0, 10, BUFFER, "/SAVE/*")).isEqualTo(4);
        assertThat(text(BUFFER + 32)).isEqualTo(".");
        assertThat(text(BUFFER + 64 + 32)).isEqualTo("..");
        assertThat(text(BUFFER + 128 + 32)).isEqualTo("b");
        assertThat(ee.word(BUFFER + 128 + 16)).isEqualTo(5);
        assertThat(ee.word(BUFFER + 128 + 20) & 0x30)
                .as("file and not directory")
                .isEqualTo(0x10);
        assertThat(text(BUFFER + 192 + 32)).isEqualTo("icon.sys");
        assertThat(onName(GET_DIR, 0, 3, BUFFER, "/SAVE/*")).isEqualTo(3);
        assertThat(onName(GET_DIR, 1, 3, BUFFER, "/SAVE/*")).isEqualTo(1);
        assertThat(text(BUFFER + 32)).isEqualTo("icon.sys");
        assertThat(onName(CHDIR, 0, 0, PARAMETER, "SAVE")).isZero();
        assertThat(text(PARAMETER)).isEqualTo("/SAVE");
        assertThat(onName(GET_DIR, 0, 10, BUFFER, "ic*")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../secret", "../../secret", "/SAVE/../../secret", "/link", "/SAVE/..\\..\\secret"})
    void nothingOutsideOfTheFolderIsReached(String name) throws IOException {
        Files.createSymbolicLink(card.resolve("link"), folder.resolve("secret"));
        insert(true);
        assertThat(open(name, 1)).isEqualTo(NO_ENTRY);
        assertThat(onName(DELETE, 0, 0, 0, name)).isEqualTo(NO_ENTRY);
        assertThat(folder.resolve("secret")).exists();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> console.services.memoryCard(missing, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("missing is not a folder");
    }
}
