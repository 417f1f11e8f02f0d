package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.machine.InputException;

/** Hostile and damaged discs. The records' offsets are those of ECMA-119, 8.4 and 9.1. */
class IsoReaderTest {
    private static final int PRIMARY_VOLUME = 16 * 2048;

    /** Sector 259 holds the root, 260 the directory DIR; records of 34 bytes for "." and ".." come first. */
    private static final int ROOT = 259 * 2048;

    private static final int FIRST_RECORD = ROOT + 68;
    private static final int DIRECTORY = 260 * 2048;

    @TempDir
    Path folder;

    private byte[] disc;

    @BeforeEach
    void writeDisc() throws IOException {
        disc = Discs.bytes(new IsoLayout("TEST")
                .add("DIR/A.BIN", new byte[100])
                .add("FILE.BIN", new byte[3000])
                .image());
    }

    private IsoReader reader() throws IOException {
        return new IsoReader(new Discs.Memory(disc, DiscType.PS2_CD), "test.iso");
    }

    private void set32(int offset, int value) {
        ByteBuffer.wrap(disc).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> reader().list())
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void theDiscIsSoundBeforeItIsDamaged() throws IOException {
        assertThat(reader().list())
                .extracting(IsoEntry::path)
                .containsExactly("\\DIR", "\\DIR\\A.BIN;1", "\\FILE.BIN;1");
    }

    @Test
    void notAnIsoDisc() {
        disc[PRIMARY_VOLUME + 1] = 'X';
        assertRefused("test.iso, offset 0x8001: \"XD001\"; expected \"CD001\"");
    }

    @Test
    void tooShortForADescriptor() {
        disc = Arrays.copyOf(disc, 16 * 2048);
        assertRefused("offset 0x8000: the end of the disc; expected a volume descriptor");
    }

    @Test
    void noPrimaryVolume() {
        disc[PRIMARY_VOLUME] = 2;
        assertRefused("offset 0x8800: the end of the volume descriptors; expected a primary volume descriptor");
    }

    @Test
    void otherBlockSizes() {
        disc[PRIMARY_VOLUME + 129] = 2;
        assertRefused("offset 0x8080: logical blocks of 512 bytes; expected 2048");
    }

    @Test
    void aRootThatIsAFile() {
        disc[PRIMARY_VOLUME + 156 + 25] = 0;
        assertRefused("offset 0x80b5: a root that is a file; expected a directory");
    }

    @Test
    void aTruncatedImage() {
        disc = Arrays.copyOf(disc, 262 * 2048);
        assertRefused("\\FILE.BIN;1 in sectors 262 to 263; expected at most 261, the last of the image");
    }

    @Test
    void anExtentBeyondTheEnd() {
        set32(FIRST_RECORD + 2, 0x7FFF_FFFF);
        assertRefused("offset 0x" + Integer.toHexString(FIRST_RECORD + 2), "in sectors 2147483647 to 2147483647");
    }

    @Test
    void anExtentWithAnUnsignedSector() {
        set32(FIRST_RECORD + 2, -1);
        assertRefused("in sectors 4294967295 to 4294967295");
    }

    @Test
    void aDirectoryLoop() {
        set32(FIRST_RECORD + 2, 259);
        assertRefused("\\DIR at sector 259, which another directory occupies; expected a tree of directories");
    }

    @Test
    void aDirectoryLoopFurtherDown() {
        disc[DIRECTORY + 68 + 25] = 2;
        set32(DIRECTORY + 68 + 2, 260);
        assertRefused("\\DIR\\A.BIN;1 at sector 260");
    }

    @Test
    void anOversizeDirectory() throws IOException {
        disc = Arrays.copyOf(disc, disc.length + (2 << 20));
        set32(FIRST_RECORD + 10, (1 << 20) + 1);
        assertRefused("a directory of 1048577 bytes; expected at most 1048576");
    }

    @Test
    void aRecordThatIsTooShort() {
        disc[FIRST_RECORD] = 20;
        assertRefused("offset 0x" + Integer.toHexString(FIRST_RECORD), "a directory record of 20 bytes");
    }

    @Test
    void aRecordThatLeavesItsSector() {
        int position = ROOT;
        while (position < ROOT + 2048 - 34) {
            System.arraycopy(disc, ROOT + 34, disc, position, 34);
            position += 34;
        }
        disc[position] = 34;
        assertRefused("a directory record of 34 bytes; expected 34 or more, within the sector");
    }

    @Test
    void aNameLongerThanItsRecord() {
        disc[FIRST_RECORD + 32] = (byte) 200;
        assertRefused("a name of 200 bytes; expected 1 to ");
    }

    @Test
    void aNameThatWouldLeaveAFolder() {
        disc[FIRST_RECORD + 33] = '/';
        assertRefused("the byte 47 in a file name");
    }

    @Test
    void aFileInSeveralExtents() {
        disc[DIRECTORY + 68 + 25] = (byte) 0x80;
        assertRefused("\\DIR\\A.BIN;1 in several extents or interleaved; expected one contiguous extent");
    }

    @Test
    void aFileLongerThanTheCallerWants() throws IOException {
        IsoReader reader = reader();
        IsoEntry file = reader.find("\\FILE.BIN;1").orElseThrow();
        assertThatThrownBy(() -> reader.read(file, 2999))
                .isInstanceOf(InputException.class)
                .hasMessage("test.iso: \\FILE.BIN;1 has 3000 bytes; expected at most 2999.");
    }

    @Test
    void filesThatAreNoImage() throws IOException {
        Path path = folder.resolve("x.iso");
        assertThatThrownBy(() -> IsoFile.open(path)).hasMessage("There is no disc image " + path + ".");
        Files.write(path, new byte[2049]);
        assertThatThrownBy(() -> IsoFile.open(path))
                .isInstanceOf(InputException.class)
                .hasMessage(path + ", offset 0x801: the end of the file; expected a whole number of 2048-byte sectors");
        byte[] raw = new byte[2352 * 2];
        Arrays.fill(raw, 1, 11, (byte) 0xFF);
        Files.write(path, raw);
        assertThatThrownBy(() -> IsoFile.open(path)).hasMessageContaining("raw 2352-byte sectors");
    }

    @Test
    void theMediumFollowsTheSize() {
        assertThat(DiscType.forSectors(360_000)).isEqualTo(DiscType.PS2_CD);
        assertThat(DiscType.forSectors(360_001)).isEqualTo(DiscType.PS2_DVD);
    }
}
