package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.machine.InputException;

/** Images of raw sectors, as ECMA-130 clause 14 lays them out, and the CUE sheets that describe them. */
class DiscFileTest {
    @TempDir
    Path folder;

    private byte[] plain;

    @BeforeEach
    void makeDisc() throws IOException {
        plain = Discs.bytes(
                new IsoLayout("TEST").add("DATA.BIN", Discs.content(3, 50_000)).image());
    }

    private static int bcd(int value) {
        return value / 10 << 4 | value % 10;
    }

    /** The disc's sectors with what stands before and behind the user data of each. */
    private byte[] raw(int mode, boolean header) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int lsn = 0; lsn < plain.length / 2048; lsn++) {
            int time = lsn + 150;
            if (header) {
                all.write(0);
                for (int i = 0; i < 10; i++) {
                    all.write(0xFF);
                }
                all.write(0);
                all.write(bcd(time / 75 / 60));
                all.write(bcd(time / 75 % 60));
                all.write(bcd(time % 75));
                all.write(mode);
            }
            all.write(new byte[mode == 2 ? 8 : 0], 0, mode == 2 ? 8 : 0);
            all.write(plain, lsn * 2048, 2048);
            int rest = mode == 2 ? 280 : 288;
            all.write(new byte[rest], 0, rest);
        }
        return all.toByteArray();
    }

    private void assertDisc(Path path) throws IOException {
        try (DiscImage disc = DiscFile.open(path)) {
            assertThat(Discs.bytes(disc)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void rawSectorsAreKnownWithoutASheet(int mode) throws IOException {
        assertDisc(Files.write(folder.resolve("disc.bin"), raw(mode, true)));
    }

    @Test
    void plainSectorsAreAnImage() throws IOException {
        assertDisc(Files.write(folder.resolve("disc.iso"), plain));
    }

    @ParameterizedTest
    @CsvSource({"MODE1/2352, 1, true", "MODE2/2352, 2, true", "MODE2/2336, 2, false"})
    void aSheetTellsTheForm(String form, int mode, boolean header) throws IOException {
        Files.write(folder.resolve("a disc.bin"), raw(mode, header));
        assertDisc(Files.writeString(
                folder.resolve("disc.CUE"),
                "REM made by a test\nFILE \"a disc.bin\" BINARY\n  TRACK 01 " + form + "\n    INDEX 01 00:00:00\n"));
    }

    @Test
    void audioTracksBehindAreNotData() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(raw(1, true));
        file.write(new byte[2352 * 300]);
        Files.write(folder.resolve("disc.bin"), file.toByteArray());
        int sectors = plain.length / 2048;
        String pause = "%02d:%02d:%02d".formatted(sectors / 75 / 60, sectors / 75 % 60, sectors % 75);
        assertDisc(Files.writeString(
                folder.resolve("disc.cue"),
                "FILE disc.bin BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 00 " + pause
                        + "\nINDEX 01 99:00:00\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FILE \"../outside.bin\" BINARY|a plain file in the sheet's folder",
                "FILE \"/etc/passwd\" BINARY|a plain file in the sheet's folder",
                "FILE \"link.bin\" BINARY|a plain file in the sheet's folder",
                "FILE \"none.bin\" BINARY|one beside the sheet",
                "FILE \"disc.bin\" WAVE|BINARY",
                "TRACK 01 MODE1/2352|a FILE before it",
                "INDEX 01 00:00:00|a TRACK before it",
                "FILE disc.bin BINARY;TRACK 01 MODE1/2352|the place where it begins",
                "FILE disc.bin BINARY;TRACK 01 AUDIO;INDEX 01 00:00:00|a data track",
                "FILE disc.bin BINARY;TRACK 01 CDG;INDEX 01 00:00:00|MODE1/2352",
                "FILE disc.bin BINARY;TRACK 01 MODE1/2352;INDEX 01 99:59:74|the data track, from sector",
                "nothing at all|FILE, TRACK and INDEX",
            })
    void badSheetsAreRefusedInOneSentence(String sheet, String expected) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.write(folder.resolve("outside.bin"), plain);
        Files.createSymbolicLink(inner.resolve("link.bin"), folder.resolve("outside.bin"));
        Files.write(inner.resolve("disc.bin"), raw(1, true));
        Path path = Files.writeString(inner.resolve("disc.cue"), sheet.replace(';', '\n'));
        assertThatThrownBy(() -> DiscFile.open(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(expected);
    }

    /** Whatever a sheet says, the answer is a disc or a sentence. */
    @Test
    void damagedSheetsNeverSurprise() throws IOException {
        Files.write(folder.resolve("disc.bin"), raw(1, true));
        String good = "FILE \"disc.bin\" BINARY\n  TRACK 01 MODE1/2352\n    INDEX 00 00:00:00\n    INDEX 01 00:00:01\n";
        Random random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder bad = new StringBuilder(good);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bad.setCharAt(random.nextInt(bad.length()), (char) random.nextInt(128));
            }
            Path path = Files.writeString(folder.resolve("bad.cue"), bad);
            try (DiscImage disc = DiscFile.open(path)) {
                assertThat(disc.sectorCount()).isPositive();
            } catch (InputException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }
}
