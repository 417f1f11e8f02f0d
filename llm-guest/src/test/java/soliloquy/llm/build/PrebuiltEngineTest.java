package soliloquy.llm.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoLayout;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.llm.psnt.PsntFile;

/** The program that is kept in the repository, and the disc around it. */
class PrebuiltEngineTest {
    private static final int FPU = 0x11;
    private static final int FORMAT_SINGLE = 16;
    private static final int FORMAT_DOUBLE = 17;
    private static final int FIRST_COMPARISON = 0x30;
    private static final int SYMBOL_TABLE = 2;
    private static final int FUNCTION = 2;
    private static final int MADD = 0x1C;
    private static final int MADDA = 0x1E;

    @TempDir
    private Path directory;

    @Test
    void itIsWhatItsSourcesGive() throws IOException {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
        byte[] built = Files.readAllBytes(GuestBuilder.build(model(), directory));
        assertThat(built)
                .as("build it with `soliloquy guest build -o .../disc/SOLILOQU.ELF`")
                .isEqualTo(prebuilt());
    }

    @Test
    void itsModuleIsWhatItsSourcesGive() throws IOException {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
        assertThat(ModuleBuilder.stream(directory))
                .as("build it with `soliloquy guest module -o .../disc/STREAM.IRX`")
                .isEqualTo(DefaultModel.bytes(ModuleBuilder.STREAM));
    }

    @Test
    void theKernelsAreWhatTheirSourcesGive() throws IOException {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
        assertThat(BenchProgram.build(directory))
                .as("build it with `soliloquy guest bench -o .../bench/BENCH.ELF`")
                .isEqualTo(BenchProgram.bytes());
    }

    @Test
    void itIsAnN32ProgramOfTheR5900ThatFitsBelowTheStack() throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(prebuilt()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(elf.getInt(36)).as("e_flags").isEqualTo(0x2092_0021);
        assertThat(elf.getShort(44)).as("program headers").isEqualTo((short) 1);
        int header = elf.getInt(28);
        int address = elf.getInt(header + 8);
        assertThat(address).isEqualTo(MemoryPlan.PROGRAM_START);
        assertThat(elf.getInt(24)).as("entry").isEqualTo(address);
        assertThat(elf.getInt(header + 20)).as("size in memory").isLessThanOrEqualTo(MemoryPlan.AVAILABLE);
    }

    /** On a console, a branch on the FPU's condition directly behind a comparison sees the condition before it. */
    @Test
    void noBranchFollowsAComparison() throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(prebuilt()).order(ByteOrder.LITTLE_ENDIAN);
        int text = elf.getInt(32) + elf.getShort(46);
        int offset = elf.getInt(text + 16);
        for (int at = offset; at < offset + elf.getInt(text + 20); at += 4) {
            int word = elf.getInt(at);
            boolean comparison =
                    word >>> 26 == FPU && (word >>> 21 & 31) == FORMAT_SINGLE && (word & 0x30) == FIRST_COMPARISON;
            if (comparison) {
                assertThat(isBranch(elf.getInt(at - 4)))
                        .as("comparison in a delay slot at 0x%x", at)
                        .isFalse();
                assertThat(isBranch(elf.getInt(at + 4)))
                        .as("branch behind the comparison at 0x%x", at)
                        .isFalse();
            }
        }
    }

    private static boolean isBranch(int word) {
        return switch (word >>> 26) {
            case 0 -> (word & 0x3E) == 8; // JR, JALR
            case 1 -> (word >>> 16 & 0x0C) == 0; // BLTZ, BGEZ and their forms
            case 2, 3, 4, 5, 6, 7, 20, 21, 22, 23 -> true;
            case FPU -> (word >>> 21 & 31) == 8;
            default -> false;
        };
    }

    /** Multiply-adds are written as such, in the kernels that sum up in the accumulator; a compiler's would round otherwise than ARITHMETIC.md says. */
    @Test
    void itHasNoDoublesAndNoFusedOperationsButThoseOfTheKernels() throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(prebuilt()).order(ByteOrder.LITTLE_ENDIAN);
        int sections = elf.getInt(32);
        int text = sections + elf.getShort(46);
        int offset = elf.getInt(text + 16);
        Set<String> fused = new TreeSet<>();
        for (int at = offset; at < offset + elf.getInt(text + 20); at += 4) {
            int word = elf.getInt(at);
            int format = word >>> 21 & 31;
            int function = word & 63;
            boolean fpu = word >>> 26 == FPU;
            assertThat(fpu && format == FORMAT_DOUBLE).as("double at 0x%x", at).isFalse();
            if (fpu && format == FORMAT_SINGLE && function >= MADD && function <= MADDA + 1) {
                fused.add(function(elf, elf.getInt(text + 12) + at - offset));
            }
        }
        assertThat(fused).containsExactly("powers_of_two", "rmsnorm", "rope", "to_codes", "weigh");
    }

    /** Name of the function that an address is in. */
    private static String function(ByteBuffer elf, int address) {
        int sections = elf.getInt(32);
        for (int i = 0; i < elf.getShort(48); i++) {
            int section = sections + i * elf.getShort(46);
            if (elf.getInt(section + 4) != SYMBOL_TABLE) {
                continue;
            }
            int names = elf.getInt(sections + elf.getInt(section + 24) * elf.getShort(46) + 16);
            for (int at = elf.getInt(section + 16);
                    at < elf.getInt(section + 16) + elf.getInt(section + 20);
                    at += 16) {
                int start = elf.getInt(at + 4);
                if ((elf.get(at + 12) & 15) == FUNCTION && address >= start && address < start + elf.getInt(at + 8)) {
                    StringBuilder name = new StringBuilder();
                    for (int c = names + elf.getInt(at); elf.get(c) != 0; c++) {
                        name.append((char) elf.get(c));
                    }
                    return name.toString();
                }
            }
        }
        return "";
    }

    @Test
    void theDiscBeginsWithWhatBootsAndEndsWithTheWeights() throws IOException {
        Path model = resource(DefaultModel.WEIGHTS);
        Path tokenizer = resource(DefaultModel.TOKENIZER);
        IsoLayout layout =
                DiscBuilder.layout(prebuilt(), model, tokenizer, "name\n".getBytes(StandardCharsets.US_ASCII));
        List<IsoEntry> entries = layout.entries();
        assertThat(entries)
                .extracting(IsoEntry::path)
                .containsExactly(
                        "\\SYSTEM.CNF;1",
                        "\\SOLILOQU.ELF;1",
                        "\\STREAM.IRX;1",
                        "\\MODEL.TXT;1",
                        "\\TOKENIZR.BIN;1",
                        "\\MODEL.PSN;1");
        byte[] sector = new byte[2048];
        layout.image().read(entries.getFirst().lsn(), sector, 0);
        assertThat(new String(sector, StandardCharsets.US_ASCII)).startsWith("BOOT2 = cdrom0:\\SOLILOQU.ELF;1\r\n");
    }

    private EngineModel model() throws IOException {
        try (PsntFile file = DefaultModel.weights()) {
            return EngineModel.of(file, 0, DefaultModel.bytes(DefaultModel.TOKENIZER));
        }
    }

    private Path resource(String name) throws IOException {
        return Files.write(directory.resolve(name), DefaultModel.bytes(name));
    }

    private static byte[] prebuilt() throws IOException {
        return DefaultModel.bytes(GuestBuilder.PROGRAM);
    }
}
