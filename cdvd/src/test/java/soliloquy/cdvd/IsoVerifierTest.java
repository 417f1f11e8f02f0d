package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places and meanings of the fields are those of ECMA-119, 8.4, 9.1 and 9.4. */
class IsoVerifierTest {
    private static final int DESCRIPTOR = 16 * 2048;

    private byte[] disc;
    private int root;

    @BeforeEach
    void makeDisc() throws IOException {
        disc = Discs.bytes(new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("A.ELF", "PAL"))
                .add("SUB/ONE.BIN", new byte[5000])
                .add("SUB/TWO.BIN", new byte[5000])
                .image());
        root = word(DESCRIPTOR + 158) * 2048;
    }

    private int word(int at) {
        return disc[at] & 0xFF | (disc[at + 1] & 0xFF) << 8 | (disc[at + 2] & 0xFF) << 16 | disc[at + 3] << 24;
    }

    private List<String> verify() throws IOException {
        return IsoVerifier.verify(new Discs.Memory(disc, DiscType.PS2_CD), "test.iso");
    }

    @Test
    void aSoundDiscHasNoFindings() throws IOException {
        assertThat(verify()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "84, the volume's size",
        "122, the volume set size",
        "126, the volume's number in its set",
        "130, the logical block size",
        "136, the path table's size",
    })
    void fieldsInTwoByteOrdersAgree(int field, String what) throws IOException {
        disc[DESCRIPTOR + field] ^= 1;
        assertThat(verify()).singleElement().asString().contains(what);
    }

    @Test
    void directoriesNameThemselves() throws IOException {
        disc[root + 2] ^= 1;
        disc[root + 9] ^= 1;
        assertThat(verify())
                .singleElement()
                .asString()
                .contains("record 0 of \\")
                .contains("the directory itself");
    }

    @Test
    void recordsInTwoByteOrdersAgree() throws IOException {
        disc[root + 14] ^= 1;
        assertThat(verify()).singleElement().asString().contains("the size in a record of \\");
    }

    @ParameterizedTest
    @CsvSource({"140, little-endian", "148, big-endian"})
    void pathTablesHoldTheTree(int field, String which) throws IOException {
        int lsn = field == 140 ? word(DESCRIPTOR + field) : Integer.reverseBytes(word(DESCRIPTOR + field));
        disc[lsn * 2048 + 10 + 2 + (field == 140 ? 0 : 3)] ^= 4;
        assertThat(verify()).singleElement().asString().contains("the " + which + " path table");
    }

    @Test
    void filesDoNotOverlap() throws IOException {
        IsoReader reader = new IsoReader(new Discs.Memory(disc, DiscType.PS2_CD), "test.iso");
        int sub = reader.find("\\SUB").orElseThrow().lsn() * 2048;
        int first = sub + (disc[sub] & 0xFF);
        first += disc[first] & 0xFF; // ONE.BIN
        int second = first + (disc[first] & 0xFF); // TWO.BIN
        disc[second + 2]--;
        disc[second + 9]--;
        assertThat(verify()).singleElement().asString().contains("both occupy sector");
    }

    /** A path table of directories each inside the one before is not followed. */
    @Test
    void aDeepPathTableIsRefused() throws IOException {
        int start = disc.length;
        int count = 50_000;
        disc = Arrays.copyOf(disc, start + (count * 10 + 2047) / 2048 * 2048);
        for (int i = 0; i < count; i++) {
            int at = start + 10 * i;
            int parent = Math.max(1, i);
            disc[at] = 1;
            disc[at + 6] = (byte) parent;
            disc[at + 7] = (byte) (parent >> 8);
            disc[at + 8] = (byte) (i == 0 ? 0 : 'A');
        }
        put(DESCRIPTOR + 132, count * 10);
        put(DESCRIPTOR + 140, start / 2048);
        assertThat(verify()).hasSizeLessThan(10).anyMatch(finding -> finding.contains("only directories of the tree"));
    }

    /** Puts a number in both byte orders. */
    private void put(int at, int value) {
        for (int i = 0; i < 4; i++) {
            disc[at + i] = (byte) (value >> 8 * i);
            disc[at + 7 - i] = (byte) (value >> 8 * i);
        }
    }

    /** Whatever a disc holds, the answer is a list of sentences. */
    @Test
    void damagedDiscsNeverSurprise() throws IOException {
        byte[] good = disc.clone();
        Random random = new Random(4);
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            disc = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                int sector = random.nextBoolean() ? DESCRIPTOR : root - random.nextInt(4) * 2048 + 2048;
                disc[sector + random.nextInt(300)] = (byte) random.nextInt();
            }
            found += verify().isEmpty() ? 0 : 1;
        }
        assertThat(found).isGreaterThan(300);
    }
}
