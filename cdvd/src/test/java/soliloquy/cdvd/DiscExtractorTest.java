package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.machine.InputException;

class DiscExtractorTest {
    private static final byte[] CONTENT = Discs.content(5, 300_001);

    @TempDir
    Path folder;

    private Path out;
    private byte[] disc;

    @BeforeEach
    void makeDisc() throws IOException {
        out = folder.resolve("out");
        disc = Discs.bytes(new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("A.ELF", "PAL"))
                .add("SUB/DEEP/DATA.BIN", CONTENT)
                .add("NOSUFFIX", new byte[1])
                .add("SUB/OTHER.BIN", new byte[0])
                .image());
    }

    private DiscExtractor extractor() throws IOException {
        return new DiscExtractor(new IsoReader(new Discs.Memory(disc, DiscType.PS2_CD), "test.iso"), out);
    }

    private void extract(String... paths) throws IOException {
        DiscExtractor extractor = extractor();
        extractor.extract(extractor.plan(List.of(paths)), bytes -> {});
    }

    private List<String> files() throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Renames what the disc calls {@code name}, everywhere, to a name of the same length. */
    private void rename(String name, String other) {
        byte[] from = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] to = other.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at + from.length <= disc.length; at++) {
            if (java.util.Arrays.equals(disc, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, disc, at, to.length);
            }
        }
    }

    @Test
    void allFilesComeOut() throws IOException {
        extract();
        assertThat(files())
                .containsExactly("out/NOSUFFIX", "out/SUB/DEEP/DATA.BIN", "out/SUB/OTHER.BIN", "out/SYSTEM.CNF");
        assertThat(out.resolve("SUB/DEEP/DATA.BIN")).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUB/DEEP", "sub\\deep\\data.bin", "\\SUB\\DEEP\\DATA.BIN;1", "sub/deep/"})
    void someFilesComeOut(String path) throws IOException {
        extract(path);
        assertThat(files()).containsExactly("out/SUB/DEEP/DATA.BIN");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> extract("SYSTEM.CNF", "NONE.BIN"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no NONE.BIN");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..;000000001", "A:B.CNF;0001"})
    void hostileNamesWriteNothing(String name) {
        rename("SYSTEM.CNF;1", name);
        assertThatThrownBy(this::extract)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be a file of the host");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderCalledDotsWritesNothing() {
        rename("DEEP", "..\0\0");
        assertThatThrownBy(this::extract).isInstanceOf(InputException.class);
        assertThat(out).doesNotExist();
    }

    @Test
    void namesThatFallTogetherWriteNothing() {
        rename("NOSUFFIX", "SYSTEM.C");
        rename("SYSTEM.C.;1", "SYSTEM.C;01");
        rename("SYSTEM.CNF;1", "system.c;001");
        assertThatThrownBy(this::extract)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the same file on the host");
        assertThat(out).doesNotExist();
    }

    @Test
    void linksThatLeadOutAreNotFollowed() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("SUB"), outside);
        assertThatThrownBy(() -> extract("SUB"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a link leads out");
        Files.delete(out.resolve("SUB"));
        Files.createSymbolicLink(out.resolve("NOSUFFIX"), outside.resolve("file"));
        assertThatThrownBy(() -> extract("NOSUFFIX")).hasMessageContaining("a link leads out");
        assertThat(outside).isEmptyDirectory();
    }
}
