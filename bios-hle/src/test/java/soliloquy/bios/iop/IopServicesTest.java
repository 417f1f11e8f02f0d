package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.bios.TestConsole;
import soliloquy.cdvd.IsoLayout;
import soliloquy.iop.IopIntc;
import soliloquy.machine.Clocks;

/** The services as a client on the EE meets them; layouts from ps2sdk's common headers, contents from the disc's files. */
class IopServicesTest {
    private static final int BUFFER = 0x400000;
    private static final int PARTS = 0x260000;
    private static final int POSITION = 0x261000;

    private final byte[] file = new byte[100_000];
    private final TestConsole console = new TestConsole();
    private EeClient ee;

    @BeforeEach
    void discAndClient() throws IOException {
        new Random(1).nextBytes(file);
        console.drive.insert(new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("TEST.ELF", "NTSC"))
                .add("DATA/MODEL.BIN", file)
                .image());
        ee = new EeClient(console);
    }

    private byte[] memory(int address, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) console.bus.read8(address + i);
        }
        return bytes;
    }

    @Test
    void initialisationSetsTheRpcRegister() {
        ee.command(0x80000002, 1);
        int[] packet = ee.receive(0.1);
        assertThat(packet[2]).isEqualTo(0x80000001);
        assertThat(packet[4]).isZero();
        assertThat(packet[5]).isEqualTo(1);
    }

    @Test
    void unknownServersHaveNoHandle() {
        assertThat(ee.bind(0x12345678).handle()).isZero();
        assertThat(ee.bind(0x80000001).handle()).isNotZero();
    }

    @Test
    void writeToTheConsole() {
        EeClient.Server server = ee.bind(0x80000001);
        ee.text(0x270009, "Hi! 0123456789 and so on");
        ee.request(1, 0x270009, 24, 7, 0, 0, 0, 0);
        ee.text(EeClient.REQUEST + 16, "Hi! 012");
        ee.begin(server, 3, 32, 4);
        int[] wanted = ee.receive(0.1);
        assertThat(wanted[2]).isEqualTo(0x8000000C);
        assertThat(wanted[8]).isEqualTo(0x270010);
        // sifrpc.c's _request_rdata: the data, then END with the id of the request.
        ee.command(
                0x80000008,
                0,
                new int[] {0, wanted[5], 0, wanted[7], 0x8000000C, 0, 0, 0},
                wanted[8],
                wanted[9],
                wanted[10]);
        assertThat(ee.end(0.1)).isEqualTo(24);
        assertThat(console.text).hasToString("Hi! 0123456789 and so on");
    }

    @Test
    void heapAndRomVersion() {
        EeClient.Server heap = ee.bind(0x80000003);
        ee.request(256);
        int first = ee.call(heap, 1, 4, 4);
        int second = ee.call(heap, 1, 4, 4);
        assertThat(first).isPositive();
        assertThat(second).isEqualTo(first + 256);
        ee.request(first);
        ee.text(EeClient.REQUEST + 4, "rom0:ROMVER");
        assertThat(ee.call(heap, 3, 256, 4)).isZero();
        ee.command(0x8000000C, 0, 5, 0, 1, 0x250000, first, BUFFER, 64);
        int[] end = ee.receive(0.1);
        assertThat(end[8]).isEqualTo(0x8000000C);
        assertThat(new String(memory(BUFFER, 14), StandardCharsets.ISO_8859_1)).matches("\\d{4}[JAEHC]\\w\\d{8}");
        ee.request(first);
        assertThat(ee.call(heap, 2, 4, 4)).isZero();
        assertThat(ee.call(heap, 2, 4, 4)).isEqualTo(-1);
        ee.request(0x7FFFFFFF);
        assertThat(ee.call(heap, 1, 4, 4)).isZero();
    }

    private int search(String path) {
        EeClient.Server server = ee.bind(0x80000597);
        for (int i = 0; i < 0x124; i += 4) {
            console.bus.write32(EeClient.REQUEST + i, 0);
        }
        ee.text(EeClient.REQUEST + 32, path);
        console.bus.write32(EeClient.REQUEST + 0x120, BUFFER);
        return ee.call(server, 0, 0x124, 4);
    }

    @Test
    void searchFile() {
        assertThat(search("\\DATA\\MODEL.BIN;1")).isEqualTo(1);
        assertThat(ee.word(BUFFER + 4)).isEqualTo(file.length);
        assertThat(new String(memory(BUFFER + 8, 11), StandardCharsets.ISO_8859_1))
                .isEqualTo("MODEL.BIN;1");
        assertThat(search("\\DATA\\OTHER.BIN;1")).isZero();
        assertThat(search("\\DATA")).isZero();
        assertThat(search("")).isZero();
    }

    private void read(int lsn, int sectors, int buffer) {
        EeClient.Server server = ee.bind(0x80000595);
        ee.request(lsn, sectors, buffer, 0, PARTS, POSITION);
        ee.call(server, 1, 24, 0);
    }

    private int driveError() {
        return ee.call(ee.bind(0x80000593), 4, 0, 4);
    }

    @Test
    void readAligned() {
        search("\\DATA\\MODEL.BIN;1");
        read(ee.word(BUFFER), 48, BUFFER);
        assertThat(driveError()).isZero();
        assertThat(memory(BUFFER, 48 * 2048)).isEqualTo(Arrays.copyOf(file, 48 * 2048));
        assertThat(ee.word(POSITION)).isEqualTo(48 * 2048);
        assertThat(ee.word(PARTS)).isZero();
        assertThat(ee.word(PARTS + 4)).isZero();
        assertThat(console.drive.statistics().bytesDelivered()).isGreaterThan(48 * 2048);
    }

    @Test
    void readUnaligned() {
        search("\\DATA\\MODEL.BIN;1");
        int buffer = BUFFER + 37;
        read(ee.word(BUFFER), 40, buffer);
        int head = ee.word(PARTS);
        int tail = ee.word(PARTS + 4);
        assertThat(head).isEqualTo(64 - 37);
        assertThat(tail).isEqualTo(37);
        int length = 40 * 2048;
        byte[] got = memory(buffer, length);
        System.arraycopy(memory(PARTS + 16, head), 0, got, 0, head);
        System.arraycopy(memory(PARTS + 16 + 64, tail), 0, got, length - tail, tail);
        assertThat(ee.word(PARTS + 8)).isEqualTo(buffer);
        assertThat(ee.word(PARTS + 12)).isEqualTo(buffer + length - tail);
        assertThat(got).isEqualTo(Arrays.copyOf(file, length));
    }

    @Test
    void badReadsFailWithTheDrivesError() {
        read(1 << 24, 4, BUFFER);
        assertThat(driveError()).isEqualTo(0x20);
        read(16, 0, BUFFER);
        assertThat(driveError()).isEqualTo(0x21);
        read(16, 100, 0x01FFF000);
        assertThat(driveError()).isEqualTo(0x22);
        read(16, 1, BUFFER);
        assertThat(driveError()).isZero();
    }

    @Test
    void discTypeAndReadiness() {
        assertThat(ee.call(ee.bind(0x80000592), 0, 4, 16)).isEqualTo(1);
        assertThat(ee.word(EeClient.ANSWER + 4)).isGreaterThan(0x104);
        assertThat(ee.call(ee.bind(0x80000593), 3, 0, 4)).isEqualTo(0x12);
        assertThat(ee.call(ee.bind(0x8000059A), 0, 4, 4)).isEqualTo(2);
    }

    @Test
    void clockOfTheDrive() {
        assertThat(ee.call(ee.bind(0x80000593), 1, 0, 16)).isEqualTo(1);
        byte[] clock = memory(EeClient.ANSWER + 4, 8);
        assertThat(clock[0]).as("status").isZero();
        assertThat(clock[5]).as("day").isBetween((byte) 0x01, (byte) 0x31);
        assertThat(clock[6]).as("month").isBetween((byte) 0x01, (byte) 0x12);
    }

    private int system(int function, int size, int answerSize) {
        return ee.call(ee.bind(0x80000593), function, size, answerSize);
    }

    @Test
    void trayRequests() {
        console.run(1000);
        ee.request(2);
        system(5, 4, 8);
        assertThat(ee.word(EeClient.ANSWER + 4)).as("was it open").isZero();
        ee.request(0);
        assertThat(system(5, 4, 8)).isEqualTo(1);
        assertThat(system(12, 0, 4)).as("status").isEqualTo(1);
        ee.request(1);
        assertThat(system(5, 4, 8)).isEqualTo(1);
        ee.request(2);
        assertThat(system(5, 4, 8)).isEqualTo(1);
        assertThat(ee.word(EeClient.ANSWER + 4)).as("was it open").isEqualTo(1);
        system(5, 4, 8);
        assertThat(ee.word(EeClient.ANSWER + 4)).as("since then").isZero();
        assertThat(system(3, 0, 4)).as("detecting").isEqualTo(1);
        console.run(Clocks.cycles(5.1));
        assertThat(system(3, 0, 4)).isEqualTo(0x12);
    }

    @Test
    void theClockMayBeSet() {
        // 12:34:56 on the 17th of May 2003: status, second, minute, hour, 0, day, month, year.
        ee.request(0x12345600, 0x03051700);
        assertThat(system(2, 8, 16)).isEqualTo(1);
        assertThat(memory(EeClient.ANSWER + 4, 1)).as("status").containsExactly(0);
        assertThat(system(1, 0, 16)).isEqualTo(1);
        assertThat(memory(EeClient.ANSWER + 4, 8)).containsExactly(0, 0x56, 0x34, 0x12, 0, 0x17, 0x05, 0x03);
    }

    @Test
    void memoryAndNumbersOfTheController() {
        ee.request(0x123, 0xBEEF);
        assertThat(system(9, 8, 16)).isEqualTo(1);
        assertThat(memory(EeClient.ANSWER + 10, 1)).as("status").containsExactly(0);
        ee.request(0x123, 0);
        assertThat(system(8, 8, 16)).isEqualTo(1);
        assertThat(ee.word(EeClient.ANSWER + 4)).isEqualTo(0x123);
        assertThat(ee.word(EeClient.ANSWER + 8) & 0xFFFFFF).isEqualTo(0x00BEEF);
        ee.request(0x200, 0);
        system(8, 8, 16);
        assertThat(memory(EeClient.ANSWER + 10, 1)).as("no such word").containsExactly(0xFF);
        ee.text(EeClient.REQUEST, "SCPH-50004");
        assertThat(system(0x1B, 16, 8)).isEqualTo(1);
        assertThat(system(0x1A, 0, 32)).isEqualTo(1);
        assertThat(new String(memory(EeClient.ANSWER + 8, 10), StandardCharsets.ISO_8859_1))
                .isEqualTo("SCPH-50004");
        // PCSX2's version of the controller, 0x00020603.
        assertThat(system(0x14, 0, 16)).isEqualTo(1);
        assertThat(memory(EeClient.ANSWER + 8, 4)).containsExactly(3, 6, 2, 0);
        ee.request(0x04030201, 0x08070605);
        assertThat(system(0x13, 8, 8)).isEqualTo(1);
        assertThat(system(0x12, 0, 16)).isEqualTo(1);
        assertThat(memory(EeClient.ANSWER + 8, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void settingsTravelInBlocksOfFifteenBytes() {
        ee.request(0x00020101);
        assertThat(system(0x0E, 4, 8)).isEqualTo(1);
        ee.text(EeClient.REQUEST, "thirty bytes of the settings !");
        assertThat(system(0x11, 30, 8)).isEqualTo(1);
        assertThat(ee.word(EeClient.ANSWER + 4)).isZero();
        assertThat(system(0x0F, 0, 8)).isEqualTo(1);
        ee.request(0x00020100);
        assertThat(system(0x0E, 4, 8)).isEqualTo(1);
        assertThat(system(0x10, 0, 64)).isEqualTo(1);
        assertThat(new String(memory(EeClient.ANSWER + 8, 30), StandardCharsets.ISO_8859_1))
                .isEqualTo("thirty bytes of the settings !");
    }

    @Test
    void anyCommandOfTheDriveWithoutData() {
        // sceCdApplyNCmd: SEEK with four bytes of LSN 20, which is at 00:02:20.
        ee.request(0x0004_0005, 20);
        assertThat(ee.call(ee.bind(0x80000595), 0x0C, 20, 4)).isEqualTo(1);
        assertThat(console.iopBus.read8(0x1F40200D)).isEqualTo(0x02);
        ee.request(0x000B_0006, 0);
        assertThat(ee.call(ee.bind(0x80000595), 0x0C, 20, 4)).isZero();
    }

    @Test
    void anyCommandOfTheController() {
        // sceCdApplySCmd: number, count of parameters, parameters; sub-command 0x00 of 0x03 is the version.
        ee.request(0x0001_0003, 0);
        system(0x0B, 20, 16);
        assertThat(memory(EeClient.ANSWER, 16)).startsWith(3, 6, 2, 0).endsWith(0, 0, 0, 0);
    }

    @Test
    void resetComesBackAfterAWhile() {
        console.call(0x79, 4, 0x40000);
        ee.command(0x80000003, 0, 0, 0);
        assertThat(console.call(0x7A, 4) & 0x40000).isZero();
        console.run(Clocks.EE_HZ / 5);
        assertThat(console.call(0x7A, 4) & 0x40000).isNotZero();
        ee.command(0x80000002, 0, 0x210000);
        assertThat(ee.bind(0x80000001).handle()).isNotZero();
    }

    @Test
    void romModulesLoadAndOthersDoNot() {
        EeClient.Server server = ee.bind(0x80000006);
        ee.request(0, 0);
        ee.text(EeClient.REQUEST + 8, "rom0:XPADMAN");
        assertThat(ee.call(server, 0, 512, 8)).isPositive();
        ee.text(EeClient.REQUEST + 8, "cdrom0:\\OWN.IRX;1");
        assertThat(ee.call(server, 0, 512, 8)).isEqualTo(-203);
    }

    @Test
    void filesThroughFileio() {
        EeClient.Server server = ee.bind(0x80000001);
        ee.request(1);
        ee.text(EeClient.REQUEST + 4, "cdrom0:\\DATA\\MODEL.BIN;1");
        int fd = ee.call(server, 0, 260, 4);
        assertThat(fd).isEqualTo(3);
        ee.request(fd, 12_345, 0);
        assertThat(ee.call(server, 4, 12, 4)).isEqualTo(12_345);
        int buffer = BUFFER + 5;
        ee.request(fd, buffer, 70_001, PARTS);
        assertThat(ee.call(server, 2, 16, 4)).isEqualTo(70_001);
        byte[] got = memory(buffer, 70_001);
        int head = ee.word(PARTS);
        int tail = ee.word(PARTS + 4);
        assertThat(head).isEqualTo(11);
        System.arraycopy(memory(PARTS + 16, head), 0, got, 0, head);
        System.arraycopy(memory(PARTS + 32, tail), 0, got, 70_001 - tail, tail);
        assertThat(got).isEqualTo(Arrays.copyOfRange(file, 12_345, 12_345 + 70_001));
        assertThat(ee.call(server, 2, 16, 4)).isEqualTo(file.length - 12_345 - 70_001);
        assertThat(ee.call(server, 2, 16, 4)).isZero();
        ee.request(fd);
        assertThat(ee.call(server, 1, 4, 4)).isZero();
        assertThat(ee.call(server, 1, 4, 4)).isEqualTo(-9);
        ee.request(1);
        ee.text(EeClient.REQUEST + 4, "cdrom0:\\NOT.THERE;1");
        assertThat(ee.call(server, 0, 260, 4)).isEqualTo(-2);
    }

    @Test
    void hostFilesStayInTheirFolder(@TempDir Path folder) throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(inside.resolve("file"), "contents");
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
        EeClient.Server server = ee.bind(0x80000001);
        assertThat(open(server, "host:file")).isNegative();
        console.services.hostFolder(inside, true);
        int fd = open(server, "host:file");
        assertThat(fd).isPositive();
        ee.request(fd, BUFFER, 64, PARTS);
        assertThat(ee.call(server, 2, 16, 4)).isEqualTo(8);
        assertThat(open(server, "host:../secret")).isNegative();
        assertThat(open(server, "host:link")).isNegative();
        assertThat(open(server, "host:/../secret")).isNegative();
        assertThat(open(server, "host:")).isNegative();
    }

    private String name(int entry) {
        StringBuilder text = new StringBuilder();
        for (int at = entry + 40; console.bus.read8(at) != 0; at++) {
            text.append((char) console.bus.read8(at));
        }
        return text.toString();
    }

    private int openDirectory(EeClient.Server server, String path) {
        ee.text(EeClient.REQUEST, path);
        return ee.call(server, 9, 256, 4);
    }

    /** io_dirent_t of ps2sdk's io_common.h: mode, attributes, size, times, then from byte 40 on the name. */
    @Test
    void directoriesAreRead(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.txt"), "12345");
        Files.createDirectory(folder.resolve("sub"));
        console.services.hostFolder(folder, false);
        EeClient.Server server = ee.bind(0x80000001);
        assertThat(openDirectory(server, "host:nosuch")).isEqualTo(-2);
        for (String path : new String[] {"host:", "cdrom0:\\DATA"}) {
            boolean host = path.equals("host:");
            int fd = openDirectory(server, path);
            assertThat(fd).as(path).isPositive();
            ee.request(fd, BUFFER);
            assertThat(ee.call(server, 11, 8, 4)).isPositive();
            assertThat(name(BUFFER)).isEqualTo(host ? "b.txt" : "MODEL.BIN;1");
            assertThat(ee.word(BUFFER + 8)).isEqualTo(host ? 5 : file.length);
            assertThat(ee.word(BUFFER) & 0x30).as("a file").isEqualTo(0x10);
            if (host) {
                assertThat(ee.call(server, 11, 8, 4)).isPositive();
                assertThat(name(BUFFER)).isEqualTo("sub");
                assertThat(ee.word(BUFFER) & 0x30).as("a directory").isEqualTo(0x20);
            }
            assertThat(ee.call(server, 11, 8, 4)).as("the end").isZero();
            assertThat(ee.call(server, 10, 4, 4)).isZero();
            assertThat(ee.call(server, 10, 4, 4)).isEqualTo(-9);
        }
    }

    @Test
    void filesHaveAStatus(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.txt"), "12345");
        console.services.hostFolder(folder, false);
        EeClient.Server server = ee.bind(0x80000001);
        ee.request(BUFFER);
        ee.text(EeClient.REQUEST + 4, "host:b.txt");
        assertThat(ee.call(server, 12, 260, 4)).isZero();
        assertThat(ee.word(BUFFER + 8)).isEqualTo(5);
        ee.text(EeClient.REQUEST + 4, "cdrom0:\\DATA\\MODEL.BIN;1");
        ee.request(BUFFER);
        assertThat(ee.call(server, 12, 260, 4)).isZero();
        assertThat(ee.word(BUFFER + 8)).isEqualTo(file.length);
        ee.text(EeClient.REQUEST + 4, "host:../b.txt");
        ee.request(BUFFER);
        assertThat(ee.call(server, 12, 260, 4)).isNegative();
    }

    private int open(EeClient.Server server, String path) {
        ee.request(1);
        ee.text(EeClient.REQUEST + 4, path);
        return ee.call(server, 0, 260, 4);
    }

    @Test
    void padsAreReadAtEachVerticalBlank() {
        EeClient.Server server = ee.bind(0x80000100);
        assertThat(ee.bind(0x80000101).handle()).isNotZero();
        int area = 0x280000;
        ee.request(1, 0, 0, 0, area);
        ee.call(server, 1, 128, 128);
        assertThat(ee.word(EeClient.ANSWER + 12)).isEqualTo(1);
        console.pressed = 0x4008;
        for (int i = 1; i <= 3; i++) {
            console.iopIntc.line(IopIntc.VBLANK).raise();
            console.run(5_000_000);
            int frame = area + (i & 1) * 128;
            assertThat(ee.word(frame + 0x58)).isEqualTo(i);
            assertThat(memory(frame, 4)).containsExactly(0, 0x41, 0xF7, 0xBF);
            assertThat(console.bus.read8(frame + 0x70)).isEqualTo(6);
            assertThat(console.bus.read8(frame + 0x64))
                    .as("configured, as padInfoAct of libpad wants it")
                    .isEqualTo(2);
            assertThat(console.bus.read8(frame + 0x65))
                    .as("modeCurId, a mode and a length")
                    .isEqualTo(0x41);
        }
        ee.request(1, 1, 0, 0, area + 0x1000);
        ee.call(server, 1, 128, 128);
        console.iopIntc.line(IopIntc.VBLANK).raise();
        console.run(5_000_000);
        assertThat(console.bus.read8(area + 0x1000 + 128 + 0x70))
                .as("port 2 is empty")
                .isZero();
        ee.request(6, 0, 0, 1, 3);
        ee.call(server, 1, 128, 128);
        assertThat(ee.word(EeClient.ANSWER + 20)).isEqualTo(1);
        console.iopIntc.line(IopIntc.VBLANK).raise();
        console.run(20_000_000);
        console.iopIntc.line(IopIntc.VBLANK).raise();
        console.run(5_000_000);
        assertThat(console.bus.read8(area + 1)).as("analogue mode").isEqualTo(0x73);
        ee.request(3, 0, 0, -1);
        ee.call(server, 1, 128, 128);
        assertThat(ee.word(EeClient.ANSWER + 20)).as("actuators").isEqualTo(2);
        ee.request(9, 0, 0);
        ee.call(server, 1, 128, 128);
        assertThat(ee.word(EeClient.ANSWER + 12)).as("padInfoPressMode").isEqualTo(0x3FFFF);
        ee.request(10, 0, 0, 0xFFF);
        ee.call(server, 1, 128, 128);
        assertThat(ee.word(EeClient.ANSWER + 16)).isEqualTo(1);
        console.iopIntc.line(IopIntc.VBLANK).raise();
        console.run(40_000_000);
        assertThat(Math.max(console.bus.read8(area + 1), console.bus.read8(area + 129)))
                .as("with pressures")
                .isEqualTo(0x79);
    }

    @Test
    void hostilePacketsDoNoHarm() {
        Random random = new Random(7);
        int[] ids = {0x80000001, 0x80000003, 0x80000006, 0x80000595, 0x80000597, 0x80000100};
        for (int id : ids) {
            EeClient.Server server = ee.bind(id);
            for (int i = 0; i < 40; i++) {
                int[] words = random.ints(72).toArray();
                words[0] = random.nextInt(20);
                ee.request(words);
                ee.begin(server, random.nextInt(20), 288, 4);
                // Some calls ask for data that nobody gives; the others end.
                console.run(1_000_000);
                console.bus.write32(0x210000, 0);
                console.call(0x78);
            }
        }
        ee.command(0x80000009, 0, -1, -1, -1, -1, -1, -1, -1);
        ee.command(0x8000000A, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
        ee.command(0x8000000C, 0, -1, -1, -1, -1, -1, -1, -1);
        ee.command(0x12345678, 0, -1);
        console.run(10_000_000);
        assertThat(console.crash).isNull();
    }
}
