package soliloquy.bios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import soliloquy.machine.InputException;
import soliloquy.machine.Ram;

/** Good and bad executables; offsets from the System V ABI's description of the header. */
class ElfFileTest {
    private static final int DATA = 52 + 32;

    /** A program of one segment: four bytes of data and four of bss at {@code address}. */
    static byte[] program(int address) {
        ByteBuffer file = ByteBuffer.allocate(DATA + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1});
        file.putShort(16, (short) 2).putShort(18, (short) 8).putInt(20, 1).putInt(24, address);
        file.putInt(28, 52).putShort(42, (short) 32).putShort(44, (short) 1);
        file.putInt(52, 1).putInt(56, DATA).putInt(60, address).putInt(68, 4).putInt(72, 8);
        file.putInt(DATA, 0x12345678);
        return file.array();
    }

    private static byte[] with(int offset, int... values) {
        byte[] file = program(0x100000);
        for (int i = 0; i < values.length; i++) {
            file[offset + i] = (byte) values[i];
        }
        return file;
    }

    private static void rejected(byte[] file, String... parts) {
        assertThatThrownBy(() -> ElfFile.parse("test.elf", file).load(new Ram(32 << 20)))
                .isInstanceOf(InputException.class)
                .message()
                .contains("test.elf, offset 0x")
                .contains("expected")
                .contains(parts);
    }

    @Test
    void loadsSegmentsAndClearsTheRest() throws InputException {
        Ram ram = new Ram(32 << 20);
        ram.write32(0x100004, -1);
        ElfFile elf = ElfFile.parse("test.elf", program(0x100000));
        elf.load(ram);
        assertThat(elf.entry()).isEqualTo(0x100000);
        assertThat(ram.read32(0x100000)).isEqualTo(0x12345678);
        assertThat(ram.read32(0x100004)).isZero();
    }

    @Test
    void kernelSegmentAddressesAreTheSameMemory() throws InputException {
        Ram ram = new Ram(32 << 20);
        ElfFile.parse("test.elf", program(0xA0100000)).load(ram);
        assertThat(ram.read32(0x100000)).isEqualTo(0x12345678);
    }

    @Test
    void rejectsWhatIsNoExecutableOfTheEe() {
        rejected(new byte[0], "the file ends");
        rejected(Arrays.copyOf(program(0x100000), 51), "offset 0x33");
        rejected(with(0, 0x7E), "ELF magic");
        rejected(with(4, 2), "ELFCLASS32");
        rejected(with(5, 2), "little-endian");
        rejected(with(16, 1), "fixed addresses");
        rejected(with(18, 0x3E), "machine MIPS");
    }

    @Test
    void rejectsHeadersAndSegmentsOutsideTheFile() {
        rejected(Arrays.copyOf(program(0x100000), DATA - 1), "program headers");
        rejected(Arrays.copyOf(program(0x100000), DATA + 3), "inside the file");
        rejected(with(28, 0xFF, 0xFF, 0xFF, 0xFF), "program headers");
        rejected(with(42, 8), "offset 0x2a");
        rejected(with(44, 0xFF, 0xFF), "program headers");
        rejected(with(44, 0), "PT_LOAD");
        rejected(with(56, 0xF0, 0xFF, 0xFF, 0xFF), "inside the file");
        rejected(with(72, 3), "no smaller");
    }

    @Test
    void rejectsSegmentsOutsideOfUserMemory() {
        rejected(program(0x40000), "memory between");
        rejected(program(0x01FFFFFC), "memory between");
        rejected(program(0x70000000), "memory between");
        rejected(with(72, 0xFF, 0xFF, 0xFF, 0xFF), "memory between");
    }

    @Property(tries = 300)
    void damagedFilesAreReadOrRefusedButNothingElse(@ForAll @IntRange(max = DATA + 3) int offset, @ForAll byte value) {
        byte[] file = program(0x100000);
        file[offset] = value;
        try {
            ElfFile.parse("test.elf", file).load(new Ram(32 << 20));
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("test.elf");
        }
    }

    @Test
    void namesAddresses() {
        ElfSymbols symbols = new ElfSymbols(List.of(
                new ElfSymbols.Symbol("main", 0x100100, 0x20, true),
                new ElfSymbols.Symbol("_start", 0x100000, 0, true)));
        assertThat(symbols.describe(0x100110)).isEqualTo("main+0x10");
        assertThat(symbols.describe(0x100100)).isEqualTo("main");
        assertThat(symbols.describe(0x100040)).isEqualTo("_start+0x40");
        assertThat(symbols.describe(0x80)).isEqualTo("0x00000080");
    }

    @Test
    void systemConfiguration() throws InputException {
        SystemConfiguration cnf =
                SystemConfiguration.parse("BOOT2 = cdrom0:\\SLUS_123.45;1\r\nVER = 1.00\r\nvmode=PAL\r\n\0\0");
        assertThat(cnf.boot()).isEqualTo("cdrom0:\\SLUS_123.45;1");
        assertThat(cnf.version()).isEqualTo("1.00");
        assertThat(cnf.videoMode()).isEqualTo("PAL");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> SystemConfiguration.parse("BOOT = cdrom:\\A;1\n"))
                .withMessageContaining("first PlayStation");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> SystemConfiguration.parse("hello"))
                .withMessageContaining("BOOT2");
    }

    @Test
    void devicePaths() {
        DevicePath path = DevicePath.parse("cdrom0:\\DIR\\A.ELF;1");
        assertThat(path.isDisc()).isTrue();
        assertThat(path.unit()).isZero();
        assertThat(path.parts()).containsExactly("DIR", "A.ELF;1");
        assertThat(DevicePath.parse("host:a/../b").parts()).containsExactly("a", "..", "b");
        assertThat(DevicePath.parse("mc1:/x").unit()).isEqualTo(1);
        assertThat(DevicePath.parse("plain").device()).isEmpty();
    }
}
