package soliloquy.llm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.llm.TestMaterial;
import soliloquy.machine.InputException;

/** A linked module, loaded at an address, has the bytes that GNU ld gives when it links the same objects for that address. */
class IrxLinkerTest {
    private static final int SHT_PROGBITS = 1;
    private static final int SHT_REL = 9;
    private static final int SHF_ALLOC = 2;

    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheCompiler() {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x0001_0000, 0x000F_7FF0, 0x0012_8010})
    void atAnyAddressItIsWhatTheLinkerOfBinutilsGives(int address) throws IOException {
        byte[] irx = ModuleBuilder.compile(module(), directory);
        byte[] linked = linkedForAddress(List.of("iop/libraries.o", "first.o", "second.o"), address);
        assertThat(load(irx, address)).isEqualTo(linked);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x0003_8020})
    void theStreamingModuleToo(int address) throws IOException {
        byte[] irx = ModuleBuilder.stream(directory);
        assertThat(load(irx, address)).isEqualTo(linkedForAddress(List.of("iop/libraries.o", "iop/stream.o"), address));
    }

    /** Fields and order of ps2sdk's iopmod: identity, entry, gp, sizes of code, data and zeros, version, name. */
    @Test
    void itTellsItsNameVersionAndSizes() throws IOException {
        byte[] file = ModuleBuilder.compile(module(), directory);
        ByteBuffer irx = words(file);
        assertThat(Short.toUnsignedInt(irx.getShort(16))).isEqualTo(0xFF80);
        int programs = irx.getInt(28);
        assertThat(irx.getInt(programs)).isEqualTo(0x7000_0080);
        int about = irx.getInt(programs + 4);
        int segment = programs + 32;
        assertThat(irx.getInt(segment)).as("PT_LOAD").isEqualTo(1);
        assertThat(irx.getInt(segment + 8)).as("address").isZero();
        assertThat(irx.getInt(about + 4)).isEqualTo(irx.getInt(24)).isBetween(0, irx.getInt(about + 12) - 4);
        assertThat(irx.getInt(about + 12) + irx.getInt(about + 16)).isEqualTo(irx.getInt(segment + 16));
        assertThat(irx.getInt(segment + 16) + irx.getInt(about + 20)).isEqualTo(irx.getInt(segment + 20));
        assertThat(irx.getInt(about + 20)).as("the zeros of both objects").isGreaterThanOrEqualTo(4 * 5003);
        assertThat(irx.getShort(about + 24)).isEqualTo((short) 0x0203);
        assertThat(new String(file, about + 26, 12, StandardCharsets.US_ASCII)).isEqualTo("linker_test\0");
    }

    @Test
    void aMissingFunctionIsNamed() throws IOException {
        Map<String, String> files = module();
        files.remove("second.c");
        assertThatThrownBy(() -> ModuleBuilder.compile(files, directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("second_");
    }

    @Test
    void aFunctionThatIsThereTwiceIsNamed() throws IOException {
        Map<String, String> files = module();
        files.put("third.c", "int second_count(int by) { return by; }\n");
        assertThatThrownBy(() -> ModuleBuilder.compile(files, directory))
                .isInstanceOf(InputException.class)
                .hasMessage("third.o: second_count is defined a second time");
    }

    @Test
    void whatNoLoaderAlignsIsRefused() throws IOException {
        Map<String, String> files = module();
        files.put("third.c", "int aligned[16] __attribute__((aligned(64)));\n");
        assertThatThrownBy(() -> ModuleBuilder.compile(files, directory))
                .isInstanceOf(InputException.class)
                .hasMessage("third.o: section .bss wants an alignment of 64; a module has at most 16");
    }

    @Test
    void anythingButAnObjectIsRefused() {
        assertThatThrownBy(() -> IrxLinker.link(Map.of("x.o", new byte[100])))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.o");
    }

    private static Map<String, String> module() throws IOException {
        Map<String, String> files = new LinkedHashMap<>(GuestSources.module());
        files.remove("iop/stream.c");
        for (String name : List.of("first.c", "second.c")) {
            files.put(name, new String(TestMaterial.resource("module/" + name), StandardCharsets.UTF_8));
        }
        return files;
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the rules of the ABI make of the segment at an address; the two halves of an address are next to each other. */
    private static byte[] load(byte[] file, int address) {
        ByteBuffer irx = words(file);
        int segment = irx.getInt(28) + 32;
        int offset = irx.getInt(segment + 4);
        byte[] image = Arrays.copyOfRange(file, offset, offset + irx.getInt(segment + 16));
        ByteBuffer memory = words(image);
        int sections = irx.getInt(32);
        for (int i = 0; i < irx.getShort(48); i++) {
            int section = sections + 40 * i;
            if (irx.getInt(section + 4) == SHT_REL) {
                int entries = irx.getInt(section + 16);
                for (int at = entries; at < entries + irx.getInt(section + 20); at += 8) {
                    int place = irx.getInt(at);
                    int word = memory.getInt(place);
                    switch (irx.getInt(at + 4)) {
                        case 2 -> memory.putInt(place, word + address);
                        case 4 -> memory.putInt(place, word & 0xFC00_0000 | (word & 0x03FF_FFFF) + (address >>> 2));
                        case 5 -> {
                            assertThat(irx.getInt(at + 12))
                                    .as("LO16 behind HI16")
                                    .isEqualTo(6);
                            int low = memory.getInt(irx.getInt(at + 8));
                            int whole = (word << 16) + (short) low + address;
                            memory.putInt(place, word & 0xFFFF_0000 | whole - (short) whole >>> 16);
                        }
                        case 6 -> memory.putInt(place, word & 0xFFFF_0000 | word + address & 0xFFFF);
                        default -> throw new AssertionError("relocation " + irx.getInt(at + 4));
                    }
                }
            }
        }
        return image;
    }

    /** Code and data as GNU ld links them. */
    private byte[] linkedForAddress(List<String> objects, int address) throws IOException {
        Files.writeString(directory.resolve("fixed.ld"), """
                ENTRY(_start)
                SECTIONS {
                    . = %d;
                    .text : { *(.text .text.*) . = ALIGN(16); }
                    .rodata : { *(.rodata .rodata.*) . = ALIGN(16); }
                    .data : { *(.data .data.*) . = ALIGN(16); }
                    .bss : { *(.bss .bss.*) }
                    /DISCARD/ : { *(.MIPS.abiflags .reginfo .gnu.attributes .pdr .comment) }
                }
                """.formatted(address));
        List<String> command = new ArrayList<>(List.of(GuestBuilder.compiler().toString()));
        command.addAll(List.of("-march=r3000", "-mabi=32", "-EL", "-nostdlib", "-static", "-Wl,--build-id=none"));
        command.addAll(List.of("-Wl,--no-warn-rwx-segments", "-T", "fixed.ld", "-o", "fixed.elf"));
        command.addAll(objects);
        GuestBuilder.run(command, directory);
        byte[] file = Files.readAllBytes(directory.resolve("fixed.elf"));
        ByteBuffer elf = words(file);
        byte[] image = new byte[0];
        for (int i = 0; i < elf.getShort(48); i++) {
            int section = elf.getInt(32) + 40 * i;
            int size = elf.getInt(section + 20);
            boolean inMemory = elf.getInt(section + 4) == SHT_PROGBITS && (elf.getInt(section + 8) & SHF_ALLOC) != 0;
            if (inMemory && size > 0) {
                int at = elf.getInt(section + 12) - address;
                image = Arrays.copyOf(image, Math.max(image.length, at + size));
                System.arraycopy(file, elf.getInt(section + 16), image, at, size);
            }
        }
        return image;
    }
}
