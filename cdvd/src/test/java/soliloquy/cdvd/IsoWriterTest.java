package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

class IsoWriterTest {
    @TempDir
    Path folder;

    private IsoLayout layout() throws IOException {
        Path weights = folder.resolve("weights");
        Files.write(weights, Discs.content(1, 300_001));
        return new IsoLayout("SOLILOQUY")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("SOLILOQU.ELF", "NTSC"))
                .add("SOLILOQU.ELF", Discs.content(2, 5000))
                .add("DATA/DEEPER/ONE.BIN", new byte[0])
                .add("DATA\\TWO", Discs.content(3, 2048))
                .add("MODEL.PSN", weights);
    }

    @Test
    void whatIsWrittenCanBeRead() throws IOException {
        Path image = folder.resolve("disc.iso");
        IsoWriter.write(layout(), image);
        try (IsoFile file = IsoFile.open(image)) {
            IsoReader reader = IsoReader.of(file);
            assertThat(reader.volume()).isEqualTo("SOLILOQUY");
            assertThat(reader.list()).containsExactlyInAnyOrderElementsOf(layout().entries());
            assertThat(read(reader, "\\SYSTEM.CNF;1"))
                    .isEqualTo("BOOT2 = cdrom0:\\SOLILOQU.ELF;1\r\nVER = 1.00\r\nVMODE = NTSC\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(read(reader, "\\DATA\\DEEPER\\ONE.BIN;1")).isEmpty();
            assertThat(read(reader, "\\DATA\\TWO.;1")).isEqualTo(Discs.content(3, 2048));
            assertThat(read(reader, "MODEL.PSN;1")).isEqualTo(Discs.content(1, 300_001));
        }
    }

    private static byte[] read(IsoReader reader, String path) throws IOException {
        return reader.read(reader.find(path).orElseThrow(), 1 << 20);
    }

    @Test
    void namesAreExact() throws IOException {
        IsoReader reader = new IsoReader(layout().image(), "layout");
        assertThat(reader.find("\\SYSTEM.CNF")).isEmpty();
        assertThat(reader.find("\\system.cnf;1")).isEmpty();
        assertThat(reader.find("\\SYSTEM.CNF;1\\X;1")).isEmpty();
        assertThat(reader.find("\\DATA")).map(IsoEntry::directory).contains(true);
    }

    @Test
    void filesLieInTheOrderGivenWithoutGaps() throws IOException {
        List<IsoEntry> files =
                layout().entries().stream().filter(entry -> !entry.directory()).toList();
        assertThat(files)
                .extracting(IsoEntry::name)
                .containsExactly("SYSTEM.CNF;1", "SOLILOQU.ELF;1", "ONE.BIN;1", "TWO.;1", "MODEL.PSN;1");
        for (int i = 1; i < files.size(); i++) {
            assertThat(files.get(i).lsn())
                    .isEqualTo(files.get(i - 1).lsn() + files.get(i - 1).sectors());
        }
    }

    @Test
    void theServedDiscHasTheSectorsOfTheWrittenOne() throws IOException {
        Path image = folder.resolve("disc.iso");
        IsoWriter.write(layout(), image);
        try (DiscImage served = layout().image()) {
            assertThat(Discs.bytes(served)).isEqualTo(Files.readAllBytes(image));
        }
    }

    @Test
    void equalContentsGiveEqualImages() throws IOException {
        IsoWriter.write(layout(), folder.resolve("a.iso"));
        IsoWriter.write(layout(), folder.resolve("b.iso"));
        assertThat(folder.resolve("a.iso")).hasSameBinaryContentAs(folder.resolve("b.iso"));
    }

    @Test
    void aFailureLeavesTheOldImageAndNothingElse() throws IOException {
        Path image = folder.resolve("disc.iso");
        Files.writeString(image, "the old one");
        IsoLayout layout = new IsoLayout("X").add("A.BIN", 100_000, () -> {
            throw new InputException("The weights are gone.");
        });
        assertThatThrownBy(() -> IsoWriter.write(layout, image)).hasMessage("The weights are gone.");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(image).hasContent("the old one");
    }

    @Test
    void aSourceThatChangedIsRefused() throws IOException {
        Path source = folder.resolve("source");
        Files.write(source, new byte[10]);
        IsoLayout layout = new IsoLayout("X").add("A.BIN", source);
        Files.write(source, new byte[11]);
        assertThatThrownBy(() -> IsoWriter.write(layout, folder.resolve("disc.iso")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has 11 bytes; it had 10");
    }

    @Test
    void aFolderThatIsNotThereIsOneSentence() throws IOException {
        Path target = folder.resolve("none").resolve("disc.iso");
        assertThatThrownBy(() -> IsoWriter.write(layout(), target))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(target.toString())
                .hasMessageContaining("cannot be written: there is no folder for it");
    }

    @Test
    void namesOutsideLevel1AreRefused() throws IOException {
        IsoLayout layout = new IsoLayout("X").add("A/B.C", new byte[1]).add("F.X", new byte[1]);
        for (String path : List.of(
                "",
                "lower.txt",
                "TOOLONGNAME.X",
                "A.LONG",
                "A.B.C",
                "A B",
                "A/../B",
                "A//B",
                "F.X/G",
                "LONGDIRNAME/X",
                "A.B/X",
                "A/B.C",
                "A",
                "1/2/3/4/5/6/7/8/9")) {
            assertThatThrownBy(() -> layout.add(path, new byte[1]))
                    .as(path)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(path);
        }
        assertThatThrownBy(() -> new IsoLayout("lower")).isInstanceOf(InputException.class);
    }

    @Test
    void moreThanADvdIsRefused() throws IOException {
        IsoLayout layout = new IsoLayout("X");
        for (int i = 0; i < 2; i++) {
            layout.add("BIG" + i, 0xC000_0000L, () -> new MemoryChannel(new byte[0]));
        }
        assertThatThrownBy(layout::sectorCount)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a single-layer DVD holds 2298496");
        assertThatThrownBy(() -> new IsoLayout("X").add("A", 0x1_0000_0000L, () -> new MemoryChannel(new byte[0])))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds at most 4294967295");
    }
}
