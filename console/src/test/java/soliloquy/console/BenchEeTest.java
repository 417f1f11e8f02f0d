package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.llm.build.BenchProgram;

class BenchEeTest {
    @TempDir
    private Path directory;

    @Test
    void itWritesTheFiguresOfAKernelAsJson() throws Exception {
        Path json = directory.resolve("figures.json");
        int status = Main.execute("bench", "ee", "--kernel", "crc", "--seconds", "0.3", "--json", json.toString());
        assertThat(status).isZero();
        JsonNode kernels = new ObjectMapper().readTree(json.toFile()).get("kernels");
        assertThat(kernels).hasSize(1);
        assertThat(kernels.get(0).get("name").asText()).isEqualTo("crc");
        assertThat(kernels.get(0).get("guest_mips").asDouble()).isPositive();
        assertThat(kernels.get(0).get("warmup_seconds").asDouble()).isPositive();
        assertThat(kernels.get(0).has("native_ratio")).isTrue();
        assertThat(kernels.get(0).get("regions").asInt()).isPositive();
        // the loop over the bits alone is seven instructions; the kernel with what calls it is less than a page
        assertThat(kernels.get(0).get("guest_code_bytes").asInt()).isBetween(4 * 7, 4096);
        assertThat(kernels.get(0).get("bytecode_bytes").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"--seconds,0", "--seconds,NaN", "--kernel,matvec", "--elf,/nonexistent", "--elf,/"})
    void whatIsWrongIsRefused(String option, String value) {
        assertThat(Main.execute("bench", "ee", option, value)).isEqualTo(ExitStatus.BAD_INPUT);
    }

    @Test
    void aFileThatIsNoProgramIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a text");
        assertThat(Main.execute("bench", "ee", "--elf", file.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        Files.write(file, Arrays.copyOf(BenchProgram.bytes(), 60));
        assertThat(Main.execute("bench", "ee", "--elf", file.toString())).isEqualTo(ExitStatus.BAD_INPUT);
    }

    @Test
    void aProgramIsMeasuredInTheWholeConsole() throws Exception {
        Path file = Files.write(directory.resolve("BENCH.ELF"), BenchProgram.bytes());
        Path json = directory.resolve("figures.json");
        // without arguments the program runs its first kernel and stops at a BREAK, which the console reports as a
        // crash
        int status = Main.execute("bench", "ee", "--elf", file.toString(), "--seconds", "5", "--json", json.toString());
        assertThat(status).isEqualTo(ExitStatus.GUEST_CRASH);
        JsonNode kernels = new ObjectMapper().readTree(json.toFile()).get("kernels");
        assertThat(kernels.get(0).get("name").asText()).isEqualTo("BENCH.ELF");
    }
}
