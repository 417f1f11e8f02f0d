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
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;
import soliloquy.bios.irx.CallingModule.Place;
import soliloquy.bios.irx.CallingModule.Result;
import soliloquy.cdvd.IsoLayout;

/** Results are those of ps2sdk's ioman; its errors are those of errno.h. */
class IomanTest {
    private static final int DATA = CallingModule.DATA;
    private static final long CYCLES = 600_000_000;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule();
    private final byte[] file = new byte[5000];

    @BeforeEach
    void disc() throws IOException {
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) (i * 7 + i / 256);
        }
        console.drive.insert(new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("TEST.ELF", "NTSC"))
                .add("DIR/FILE.BIN", file)
                .image());
        console.start();
    }

    private byte[] memory(int address, int length) {
        return Arrays.copyOfRange(console.iopBus.ram().bytes, address, address + length);
    }

    private String text(int address) {
        String text = new String(memory(address, 64), StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\0'));
    }

    @Test
    void filesOfTheDiscAreRead() {
        Result number = module.call("ioman", 4, module.text("cdrom0:\\DIR\\FILE.BIN;1"), 1);
        module.call("ioman", 8, number, 100, 0);
        module.call("ioman", 6, number, DATA, 3000);
        module.call("ioman", 8, number, 0, 1);
        module.call("ioman", 6, number, DATA + 0x1000, 3000);
        module.call("ioman", 7, number, DATA, 1);
        module.call("ioman", 8, number, 0, 3);
        module.call("ioman", 5, number);
        module.call("ioman", 5, number);
        int[] results = module.run(console, CYCLES);
        assertThat(results).containsExactly(2, 100, 3000, 3100, 1900, -9, -22, 0, -9);
        assertThat(memory(DATA, 3000)).isEqualTo(Arrays.copyOfRange(file, 100, 3100));
        assertThat(memory(DATA + 0x1000, 1900)).isEqualTo(Arrays.copyOfRange(file, 3100, 5000));
    }

    /** io_common.h: the size is the third word of a status, the name follows the status's 40 bytes. */
    @Test
    void directoriesOfTheDiscAreListed() {
        Result number = module.call("ioman", 13, module.text("cdrom0:\\DIR"));
        module.call("ioman", 15, number, DATA);
        module.call("ioman", 15, number, DATA + 0x200);
        module.call("ioman", 14, number);
        module.call("ioman", 16, module.text("cdrom0:\\DIR"), DATA + 0x400);
        module.call("ioman", 16, module.text("cdrom0:\\NO"), DATA + 0x400);
        module.call("ioman", 13, module.text("cdrom0:\\NO"));
        assertThat(module.run(console, CYCLES)).containsExactly(2, 1, 0, 0, 0, -2, -2);
        assertThat(text(DATA + 40)).isEqualTo("FILE.BIN;1");
        assertThat(console.iopBus.ram().read32(DATA + 8)).isEqualTo(5000);
        assertThat(console.iopBus.ram().read32(DATA) & 0x38).isEqualTo(0x10);
        assertThat(console.iopBus.ram().read32(DATA + 0x400) & 0x38).isEqualTo(0x20);
    }

    @Test
    void theTerminalTheRomAndWhatIsNotThere() {
        Place hello = module.text("hello\n");
        module.call("ioman", 7, 1, hello, 6);
        Result rom = module.call("ioman", 4, module.text("rom0:ROMVER"), 1);
        module.call("ioman", 6, rom, DATA, 16);
        module.call("ioman", 4, module.text("nosuch0:file"), 1);
        module.call("ioman", 4, module.text("file"), 1);
        module.call("ioman", 4, module.text("rom0:NONE"), 1);
        module.call("ioman", 11, module.text("rom0:DIR"));
        int[] results = module.run(console, CYCLES);
        assertThat(results[0]).isEqualTo(6);
        assertThat(console.text.toString()).isEqualTo("hello\n");
        assertThat(results[2]).isEqualTo(15);
        assertThat(text(DATA)).startsWith("01");
        assertThat(Arrays.copyOfRange(results, 3, 6)).containsExactly(-19, -19, -2);
        assertThat(results[6]).isNegative();
    }

    @Test
    void filesOfTheHostAreWrittenAndRead(@TempDir Path folder) throws IOException {
        console.services.hostFolder(folder, true);
        Result written = module.call("ioman", 4, module.text("host:new.txt"), 0x602);
        module.call("ioman", 7, written, module.text("octets"), 6);
        module.call("ioman", 5, written);
        Result read = module.call("ioman", 4, module.text("host0:new.txt"), 1);
        module.call("ioman", 6, read, DATA, 100);
        module.call("ioman", 4, module.text("host:../new.txt"), 1);
        int[] results = module.run(console, CYCLES);
        assertThat(results).containsExactly(2, 6, 0, 2, 6, -2);
        assertThat(Files.readString(folder.resolve("new.txt"))).isEqualTo("octets");
        assertThat(text(DATA)).isEqualTo("octets");
    }

    /** ioman.h: the operations of a device in their order, and what they are given. */
    @Test
    void modulesAddDevices() {
        Place init = module.counting(DATA, 0);
        Place open = module.keeping(DATA + 0x10, 0);
        Place read = module.keeping(DATA + 0x20, 33);
        Place remove = module.keeping(DATA + 0x30, -5);
        Place other = module.counting(DATA + 4, 7);
        Place operations = module.words(
                init, other, other, open, other, read, other, other, other, remove, other, other, other, other, other,
                other, other);
        Place device = module.words(module.text("mass"), 0x10, 1, module.text("a device"), operations);
        Place path = module.text("mass3:a/b");
        module.call("ioman", 20, device);
        Result number = module.call("ioman", 4, path, 3);
        module.call("ioman", 6, number, 0x1234, 56);
        module.call("ioman", 10, path);
        module.call("ioman", 5, number);
        module.call("ioman", 21, module.text("mass"));
        module.call("ioman", 4, path, 3);
        int[] results = module.run(console, CYCLES);
        assertThat(results).containsExactly(0, 2, 33, -5, 7, 0, -19);
        assertThat(console.iopBus.ram().read32(DATA)).isEqualTo(1);
        int structure = console.iopBus.ram().read32(DATA + 0x10);
        assertThat(console.iopBus.ram().read32(structure + 4)).as("unit").isEqualTo(3);
        assertThat(text(console.iopBus.ram().read32(DATA + 0x14))).isEqualTo("a/b");
        assertThat(console.iopBus.ram().read32(DATA + 0x18)).as("mode").isEqualTo(3);
        assertThat(console.iopBus.ram().read32(DATA + 0x20)).isEqualTo(structure);
        assertThat(console.iopBus.ram().read32(DATA + 0x24)).isEqualTo(0x1234);
        assertThat(console.iopBus.ram().read32(DATA + 0x28)).isEqualTo(56);
        assertThat(text(console.iopBus.ram().read32(DATA + 0x34))).isEqualTo("a/b");
        assertThat(console.iopBus.ram().read32(DATA + 4)).as("close and deinit").isEqualTo(2);
    }

    /** FILEIO's functions 0 to 4 and 6 reach the device of a module. */
    @Test
    void programsUseModulesDevices() {
        Place nothing = module.counting(DATA, 0);
        Place open = module.keeping(DATA + 0x10, 0);
        Place read = module.keeping(DATA + 0x20, 6);
        Place write = module.keeping(DATA + 0x30, 5);
        Place seek = module.keeping(DATA + 0x40, 77);
        Place remove = module.keeping(DATA + 0x50, -5);
        Place operations = module.words(
                nothing, nothing, nothing, open, nothing, read, write, seek, nothing, remove, nothing, nothing, nothing,
                nothing, nothing, nothing, nothing);
        module.call("ioman", 20, module.words(module.text("mass"), 0x10, 1, module.text("a device"), operations));
        assertThat(module.run(console, CYCLES / 10)).containsExactly(0);
        EeClient ee = new EeClient(console);
        EeClient.Server files = ee.bind(0x8000_0001);
        ee.request(3);
        ee.text(EeClient.REQUEST + 4, "mass1:/dir/file");
        int fd = ee.call(files, 0, 260, 4);
        assertThat(fd).isEqualTo(3);
        assertThat(text(word(DATA + 0x14))).isEqualTo("/dir/file");
        ee.request(fd, 0x30_0000, 100, 0x30_1000);
        assertThat(ee.call(files, 2, 16, 4)).isEqualTo(6);
        assertThat(word(DATA + 0x28)).as("bytes asked for").isEqualTo(100);
        ee.request(fd, 0x30_0000, 5, 5, 0x6C6C_6568, 0x6F);
        assertThat(ee.call(files, 3, 32, 4)).isEqualTo(5);
        assertThat(word(DATA + 0x38)).isEqualTo(5);
        ee.request(fd, 12, 1);
        assertThat(ee.call(files, 4, 12, 4)).isEqualTo(77);
        assertThat(word(DATA + 0x44)).isEqualTo(12);
        ee.text(EeClient.REQUEST, "mass:/dir");
        assertThat(ee.call(files, 6, 256, 4)).isEqualTo(-5);
        ee.request(fd);
        assertThat(ee.call(files, 1, 4, 4)).isZero();
        assertThat(ee.call(files, 1, 4, 4)).isEqualTo(-9);
        assertThat(word(DATA)).as("init and close").isEqualTo(2);
    }

    /** FILEIO's functions 5, 13 and 14: fileio-common.h has the places in the requests. */
    @Test
    void programsControlModulesDevices() {
        Place nothing = module.counting(DATA, 0);
        Place control = module.keeping(DATA + 0x10, 11);
        Place change = module.keeping(DATA + 0x20, 12);
        Place format = module.keeping(DATA + 0x30, 13);
        Place operations = module.words(
                nothing, nothing, format, nothing, nothing, nothing, nothing, nothing, control, nothing, nothing,
                nothing, nothing, nothing, nothing, nothing, change);
        module.call("ioman", 20, module.words(module.text("mass"), 0x10, 1, module.text("a device"), operations));
        assertThat(module.run(console, CYCLES / 10)).containsExactly(0);
        EeClient ee = new EeClient(console);
        EeClient.Server files = ee.bind(0x8000_0001);
        ee.request(1);
        ee.text(EeClient.REQUEST + 4, "mass1:/dir/file");
        int fd = ee.call(files, 0, 260, 4);
        ee.request(fd, 0x4321, 0x6C6C_6568, 0x6F);
        assertThat(ee.call(files, 5, 1032, 4)).isEqualTo(11);
        assertThat(word(DATA + 0x14)).isEqualTo(0x4321);
        assertThat(text(word(DATA + 0x18))).isEqualTo("hello");
        ee.request(6, 0x10, 0x20, 1000);
        ee.text(EeClient.REQUEST + 44, "mass:/dir");
        assertThat(ee.call(files, 13, 300, 4)).isEqualTo(12);
        assertThat(text(word(DATA + 0x24))).isEqualTo("/dir");
        assertThat(word(word(DATA + 0x28) + 8)).as("size in the status").isEqualTo(1000);
        assertThat(word(DATA + 0x2C)).as("what to change").isEqualTo(6);
        ee.text(EeClient.REQUEST, "mass2:");
        assertThat(ee.call(files, 14, 256, 4)).isEqualTo(13);
        assertThat(word(word(DATA + 0x30) + 4)).as("unit").isEqualTo(2);
        ee.text(EeClient.REQUEST, "rom0:");
        assertThat(ee.call(files, 14, 256, 4)).isNegative();
        ee.text(EeClient.REQUEST, "nosuch:");
        assertThat(ee.call(files, 14, 256, 4)).isEqualTo(-19);
        ee.request(fd + 1, 0);
        assertThat(ee.call(files, 5, 1032, 4)).isEqualTo(-9);
        ee.request(1, 0);
        assertThat(ee.call(files, 5, 1032, 4)).as("the terminal").isNegative();
    }

    private int word(int address) {
        return console.iopBus.ram().read32(address);
    }
}
