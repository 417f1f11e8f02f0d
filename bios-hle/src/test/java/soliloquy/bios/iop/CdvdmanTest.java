package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;
import soliloquy.bios.irx.CallingModule.Place;
import soliloquy.cdvd.IsoLayout;

/** Sectors are those of the image; layouts and results are those of ps2sdk's libcdvd-common.h and cdvdman. */
class CdvdmanTest {
    private static final int BUFFER = 0x18_0000;
    private static final int TARGET = 0x1C_0000;
    private static final int SECTOR = 2048;
    private static final long CYCLES = 1_500_000_000;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule();
    private final byte[] file = new byte[64 * SECTOR];

    @BeforeEach
    void disc() throws IOException {
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) (i * 31 + i / SECTOR);
        }
        console.drive.insert(new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("TEST.ELF", "NTSC"))
                .add("FILE.BIN", file)
                .image());
        console.start();
    }

    private byte[] memory(int address, int length) {
        return Arrays.copyOfRange(console.iopBus.ram().bytes, address, address + length);
    }

    private byte[] sectors(int first, int count) {
        return Arrays.copyOfRange(file, first * SECTOR, (first + count) * SECTOR);
    }

    /** Where the file is: the first word of its record. */
    private int lsn() {
        CallingModule search = new CallingModule();
        search.call("cdvdman", 13, 0);
        search.call("cdvdman", 10, CallingModule.DATA, search.text("\\FILE.BIN;1"));
        search.call("cdvdman", 84, CallingModule.DATA, search.text("\\FILE.BIN;1"), 1);
        assertThat(search.run(console, CYCLES)).containsExactly(2, 1, 0);
        return console.iopBus.ram().read32(CallingModule.DATA);
    }

    @Test
    void aStreamIsReadInItsOrder() {
        int lsn = lsn();
        Place mode = module.words(0);
        int error = CallingModule.DATA + 0x100;
        module.call("cdvdman", 57, 1, TARGET, 1, error);
        module.call("cdvdman", 56, 16, 4, BUFFER);
        module.call("cdvdman", 59, lsn, mode);
        module.call("cdvdman", 57, 10, TARGET, 1, error);
        module.call("cdvdman", 57, 16, TARGET + 10 * SECTOR, 1, error);
        module.call("cdvdman", 58, lsn + 40);
        module.call("cdvdman", 57, 3, TARGET + 26 * SECTOR, 1, error);
        module.call("cdvdman", 57, 0, TARGET, 1, error);
        module.call("cdvdman", 61);
        module.call("cdvdman", 60);
        module.call("cdvdman", 57, 1, TARGET, 0, error);
        assertThat(module.run(console, CYCLES)).containsExactly(0, 1, 1, 10, 16, 1, 3, 0, 1, 0, 0);
        assertThat(memory(TARGET, 26 * SECTOR)).isEqualTo(sectors(0, 26));
        assertThat(memory(TARGET + 26 * SECTOR, 3 * SECTOR)).isEqualTo(sectors(40, 3));
    }

    @Test
    void aStreamThatIsNotTakenStopsWhenItsRingIsFull() {
        int lsn = lsn();
        module.call("cdvdman", 56, 16, 4, BUFFER);
        module.call("cdvdman", 59, lsn, 0);
        module.call("thbase", 33, 2_000_000);
        module.call("cdvdman", 60);
        assertThat(module.run(console, CYCLES)).containsExactly(1, 1, 0, 16);
        assertThat(memory(BUFFER, 16 * SECTOR)).isEqualTo(sectors(0, 16));
    }

    @Test
    void aChainOfReadsEndsOnce() {
        int lsn = lsn();
        Place called = module.counting(CallingModule.DATA + 0x80, 0);
        Place pieces = module.words(lsn + 3, 2, TARGET | 1, lsn, 1, TARGET + 2 * SECTOR | 1, -1, 0, 0);
        Place bad = module.words(lsn, 1, TARGET, -1, 0, 0);
        module.call("cdvdman", 37, called);
        module.call("cdvdman", 66, pieces, 0);
        module.call("cdvdman", 11, 0);
        module.call("cdvdman", 66, bad, 0);
        assertThat(module.run(console, CYCLES)).containsExactly(0, 1, 0, 0);
        assertThat(memory(TARGET, 2 * SECTOR)).isEqualTo(sectors(3, 2));
        assertThat(memory(TARGET + 2 * SECTOR, SECTOR)).isEqualTo(sectors(0, 1));
        assertThat(console.iopBus.ram().read32(CallingModule.DATA + 0x80)).isEqualTo(1);
    }

    /** ECMA-130 and the drive's table: the first track's control and mode octet is 0x41, that of data. */
    @Test
    void theTableOfContentsComes() {
        lsn();
        module.call("cdvdman", 9, TARGET);
        module.call("cdvdman", 11, 0);
        module.call("cdvdman", 8);
        assertThat(module.run(console, CYCLES)).containsExactly(1, 0, 0);
        assertThat(memory(TARGET, 1)).containsExactly(0x41);
    }

    /** Commands of the controller: sub-command 0 of 3 is its version; the clock has eight octets, the first its state. */
    @Test
    void commandsPassToTheController() {
        int data = CallingModule.DATA;
        module.call("cdvdman", 29, 0x03, module.words(0), 1, data);
        module.call("cdvdman", 51, data + 0x20);
        module.call("cdvdman", 45, 1, data + 0x40);
        module.call("cdvdman", 83, data + 0x50, data + 0x54);
        module.call("cdvdman", 39);
        module.call("cdvdman", 78, 0x1234, 0);
        module.call("cdvdman", 78, 0, 0);
        module.call("cdvdman", 54, 0x02, 0, 0);
        assertThat(module.run(console, CYCLES)).containsExactly(1, 1, 1, 1, 1, 0, 0x1234, 1);
        assertThat(memory(data, 4)).containsExactly(3, 6, 2, 0);
        assertThat(memory(data + 0x20, 1)).containsExactly(0);
    }
}
