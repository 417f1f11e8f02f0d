package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.generate.EngineModel;

/** The real debugger at the default disc. Needs gdb-multiarch, and the cross-compiler for names, lines and types. */
class GdbMultiarchTest {
    private static final String DEBUGGER = "gdb-multiarch";
    private static final List<String> WORDS =
            List.of("cdrom0:\\SOLILOQU.ELF;1", "--prompt", "Once upon a time", "--tokens", "1", "--once");
    private static final int LONGEST_SECONDS = 100;

    @TempDir
    private Path folder;

    @BeforeEach
    void theDebuggerIsThere() {
        boolean found = false;
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            found |= Files.isExecutable(Path.of(directory.isEmpty() ? "." : directory, DEBUGGER));
        }
        assumeTrue(found, DEBUGGER + " is not on the PATH (Debian: apt install gdb-multiarch): not tested with it");
        assumeTrue(
                GuestBuilder.findCompiler().isPresent(),
                GuestBuilder.COMPILER + " is not on the PATH (Debian: apt install gcc-mips64el-linux-gnuabi64): "
                        + "there are no names for the debugger");
    }

    private Path engine() throws IOException {
        return GuestBuilder.buildForDebugging(
                EngineModel.of(DefaultDisc.file("MODEL.PSN"), DefaultDisc.file("TOKENIZR.BIN"), 0), folder);
    }

    /** What the debugger says to these commands. */
    private String debug(int port, Path program, String... commands) throws Exception {
        Path script = folder.resolve("commands.gdb");
        List<String> lines = new ArrayList<>(List.of("set pagination off", "set confirm off", "set width 0"));
        lines.add("target remote localhost:" + port);
        lines.addAll(List.of(commands));
        Files.write(script, lines);
        List<String> command = new ArrayList<>(List.of(DEBUGGER, "-nx", "-q", "-batch", "-x", script.toString()));
        if (program != null) {
            command.add(program.toString());
        }
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }

    @Test
    void breaksByNameShowsLinesStructsAndArraysWatchesAndStepsOverDelaySlots() throws Exception {
        Path program = engine();
        try (DebuggedConsole console = new DebuggedConsole(BootMedium.open(null), WORDS, true)) {
            String said = debug(
                    console.server.eePort(),
                    program,
                    "break multiply",
                    "continue",
                    "backtrace",
                    "print *m",
                    "print inputs->step",
                    "print inputs->values[0]@4",
                    "info threads",
                    "next",
                    "next",
                    "print/x $q4.w",
                    "print $acc",
                    "delete",
                    "watch -l out[0]",
                    "continue",
                    "delete",
                    "tbreak attention_heads if positions == 3",
                    "continue",
                    "print positions",
                    "finish",
                    "tbreak rope",
                    "continue",
                    "echo steps\\n",
                    "while (*(unsigned *) $pc >> 26) != 5 && (*(unsigned *) $pc >> 26) != 4",
                    "stepi",
                    "end",
                    "x/2i $pc",
                    "stepi",
                    "stepi",
                    "monitor llm step",
                    "continue",
                    "monitor iop modules",
                    "monitor disc",
                    "kill");
            assertThat(said)
                    .contains("Breakpoint 1, multiply (out=0x")
                    .containsPattern("#0 +multiply \\(.*\\) at engine/multiply.c:\\d+")
                    .containsPattern("in run_layers|run_layers \\(.*\\) at model.c:\\d+")
                    .containsPattern("main \\(.*\\) at engine/main.c:\\d+")
                    .containsPattern("rows = 256, columns = 256, encoding = 8, grouped = 0")
                    .containsPattern("\\$2 = [0-9.e-]+")
                    .containsPattern("\\$3 = \\{-?[0-9.]+, -?[0-9.]+, -?[0-9.e-]+, -?[0-9.e-]+\\}")
                    .contains("Thread 1 \"thread 1\" (running, priority")
                    .containsPattern("\\$4 = \\{0x[0-9a-f]+, 0x[0-9a-f]+, 0x[0-9a-f]+, 0x[0-9a-f]+\\}")
                    .containsPattern("Hardware watchpoint 2: -location out\\[0\\]")
                    .containsPattern("Old value = .*\\n *New value = ")
                    .contains("positions=3")
                    .contains("= 3\n")
                    .containsPattern("attention \\(.*\\) at model.c:\\d+")
                    .containsPattern("Program received signal SIGTRAP")
                    .contains("'continue' stops at the next operation of the forward pass")
                    .contains("soliloquy_stream")
                    .containsPattern("\\d+ sectors \\(\\d+ bytes\\) read")
                    .contains("[Inferior 1 (Remote target) killed]")
                    .doesNotContain("Backtrace stopped")
                    .doesNotContain("Cannot");
            assertThat(console.reason()).isEqualTo(new StopReason.Closed());
        }
    }

    @Test
    void attachesToTheIopAndToARunningConsole() throws Exception {
        Path program = engine();
        try (DebuggedConsole console = new DebuggedConsole(BootMedium.open(null), WORDS, false)) {
            String ee = debug(console.server.eePort(), program, "info registers pc", "backtrace 1", "detach");
            assertThat(ee).contains("pc: 0x").contains("#0").contains("detached");
            String iop = debug(
                    console.server.iopPort(),
                    null,
                    "info registers pc",
                    "x/2i $pc",
                    "monitor iop threads",
                    "info threads",
                    "detach");
            assertThat(iop)
                    .contains("pc: 0x")
                    .containsPattern("priority|no thread can run")
                    .contains("detached");
            assertThat(console.text()).isNotEmpty();
            assertThat(console.reason()).isEqualTo(new StopReason.Exited(0));
        }
    }
}
