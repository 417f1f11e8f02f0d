package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.stephenc.javaisotools.loopfs.iso9660.Iso9660FileEntry;
import com.github.stephenc.javaisotools.loopfs.iso9660.Iso9660FileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's ISO 9660 tools read what we write, and we read what they write. */
class IsoToolsTest {
    private static final byte[] CONTENT = Discs.content(5, 70_000);

    @TempDir
    Path folder;

    private Path ours;

    @BeforeEach
    void writeOurs() throws IOException {
        ours = folder.resolve("ours.iso");
        IsoLayout layout = new IsoLayout("SOLILOQUY")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("MAIN.ELF", "PAL"))
                .add("SUB/DEEP/DATA.BIN", CONTENT)
                .add("NOSUFFIX", new byte[1]);
        for (int i = 0; i < 100; i++) {
            layout.add("MANY/FILE" + i + ".TXT", ("file " + i).getBytes(StandardCharsets.US_ASCII));
        }
        IsoWriter.write(layout, ours);
    }

    private byte[] run(String... command) throws IOException, InterruptedException {
        assumeTrue(
                onPath(command[0]), () -> command[0] + " is not installed: what it makes of our discs is not checked");
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllBytes(output);
    }

    private static boolean onPath(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] output) {
        return new String(output, StandardCharsets.ISO_8859_1);
    }

    @Test
    void isoinfoFindsTheFiles() throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>();
        try (IsoFile image = IsoFile.open(ours)) {
            for (IsoEntry entry : IsoReader.of(image).list()) {
                expected.add(entry.path().replace('\\', '/'));
            }
        }
        assertThat(text(run("isoinfo", "-f", "-i", ours.toString())).lines())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void isoinfoSeesTheSizesAndSectors() throws IOException, InterruptedException {
        String listing = text(run("isoinfo", "-l", "-i", ours.toString()));
        try (IsoFile image = IsoFile.open(ours)) {
            IsoEntry data = IsoReader.of(image).find("\\SUB\\DEEP\\DATA.BIN;1").orElseThrow();
            assertThat(listing).containsPattern("70000 Mar  4 2000 \\[ *" + data.lsn() + " 00\\] +DATA.BIN;1");
        }
    }

    @Test
    void isoinfoExtractsTheBytes() throws IOException, InterruptedException {
        assertThat(run("isoinfo", "-i", ours.toString(), "-x", "/SUB/DEEP/DATA.BIN;1"))
                .isEqualTo(CONTENT);
    }

    @Test
    void isoinfoReadsThePathTable() throws IOException, InterruptedException {
        assertThat(text(run("isoinfo", "-p", "-i", ours.toString())).lines())
                .hasSize(5)
                .anyMatch(line -> line.endsWith("DEEP"));
    }

    @Test
    void isoinfoReadsTheDescriptor() throws IOException, InterruptedException {
        assertThat(text(run("isoinfo", "-d", "-i", ours.toString())))
                .contains("System id: PLAYSTATION")
                .contains("Volume id: SOLILOQUY")
                .contains("Logical block size is: 2048")
                .contains("Volume size is: " + Files.size(ours) / 2048);
    }

    @Test
    void xorrisoExtractsTheBytes() throws IOException, InterruptedException {
        Path extracted = folder.resolve("extracted");
        run(
                "xorriso",
                "-abort_on",
                "WARNING",
                "-osirrox",
                "on",
                "-indev",
                ours.toString(),
                "-extract",
                "/",
                extracted.toString());
        try (var files = Files.walk(extracted)) {
            Path data = files.filter(path -> path.getFileName().toString().equalsIgnoreCase("data.bin"))
                    .findFirst()
                    .orElseThrow();
            assertThat(data).hasBinaryContent(CONTENT);
        }
    }

    /** The reader of java-iso-tools sees the same files with the same bytes. */
    @Test
    void javaIsoToolsReadsTheBytes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Iso9660FileSystem theirs = new Iso9660FileSystem(ours.toFile(), true);
                IsoFile image = IsoFile.open(ours)) {
            IsoReader reader = IsoReader.of(image);
            for (Iso9660FileEntry entry : theirs) {
                if (!entry.isDirectory()) {
                    String path = "\\" + entry.getPath().replace('/', '\\') + ";1";
                    found.add(path);
                    IsoEntry file = reader.find(path).orElseThrow();
                    assertThat(theirs.getInputStream(entry).readAllBytes()).isEqualTo(reader.read(file, 100_000));
                }
            }
        }
        assertThat(found).hasSize(103).contains("\\SUB\\DEEP\\DATA.BIN;1");
    }

    @Test
    void weReadGenisoimagesDisc() throws IOException, InterruptedException {
        Path theirs = folder.resolve("theirs.iso");
        run("genisoimage", "-quiet", "-iso-level", "1", "-J", "-R", "-o", theirs.toString(), tree().toString());
        assertTree(theirs);
    }

    @Test
    void weReadXorrisosDisc() throws IOException, InterruptedException {
        Path theirs = folder.resolve("theirs.iso");
        run("xorriso", "-as", "mkisofs", "-iso-level", "1", "-o", theirs.toString(), tree().toString());
        assertTree(theirs);
    }

    private Path tree() throws IOException {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("SUB/DEEP"));
        Files.write(tree.resolve("SUB/DEEP/DATA.BIN"), CONTENT);
        Files.writeString(tree.resolve("SYSTEM.CNF"), "BOOT2 = cdrom0:\\A.ELF;1\r\n");
        Files.write(tree.resolve("EMPTY.BIN"), new byte[0]);
        return tree;
    }

    private static void assertTree(Path image) throws IOException {
        try (IsoFile file = IsoFile.open(image)) {
            IsoReader reader = IsoReader.of(file);
            assertThat(reader.list())
                    .extracting(IsoEntry::path)
                    .containsExactlyInAnyOrder(
                            "\\SUB", "\\SUB\\DEEP", "\\SUB\\DEEP\\DATA.BIN;1", "\\SYSTEM.CNF;1", "\\EMPTY.BIN;1");
            assertThat(reader.read(reader.find("\\SUB\\DEEP\\DATA.BIN;1").orElseThrow(), 100_000))
                    .isEqualTo(CONTENT);
            assertThat(IsoVerifier.verify(file, image.toString())).isEmpty();
        }
    }
}
