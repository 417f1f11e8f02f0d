package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.cdvd.Fault;
import soliloquy.cdvd.FaultText;
import soliloquy.cdvd.IsoLayout;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.build.GuestSources;
import soliloquy.llm.build.ModuleBuilder;

/** Modules of our own: one alone, and the streaming module under an EE program. What they print follows from their sources; 20 and 30 are errors of libcdvd-common.h. */
class GuestStreamTest {
    private static final double TIMEOUT_SECONDS = 120;
    private static final int SECTORS = 200;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheCompiler() {
        assumeTrue(GuestBuilder.findCompiler().isPresent(), "needs " + GuestBuilder.COMPILER);
    }

    @Test
    void aLinkedModuleRunsAlone() throws Exception {
        Map<String, String> files = new LinkedHashMap<>(GuestSources.module());
        files.remove("iop/stream.c");
        Path sources = Path.of("..", "llm-guest", "src", "test", "resources", "soliloquy", "llm", "module");
        for (String name : List.of("first.c", "second.c")) {
            files.put(name, Files.readString(sources.resolve(name)));
        }
        Path module = Files.write(folder.resolve("TEST.IRX"), ModuleBuilder.compile(files, folder));
        try (BootMedium medium = BootMedium.open(module)) {
            assertThat(run(medium, List.of())).isEqualTo("""
                    words one two three
                    counted 1002 1032 5
                    zeros 0 0
                    """);
        }
    }

    @Test
    void sectorsArriveInOrderAndNotTooEarly() throws Exception {
        Map<String, String> files = new LinkedHashMap<>(GuestSources.sdk());
        files.put("test.c", resource("guest/stream.c"));
        byte[] program = Files.readAllBytes(GuestBuilder.compile(files, folder, "TEST.ELF"));
        IsoLayout layout = new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("TEST.ELF", "NTSC"))
                .add("TEST.ELF", program)
                .add(ModuleBuilder.STREAM, Files.readAllBytes(DefaultDisc.file(ModuleBuilder.STREAM)))
                .add("DATA.BIN", data());
        int first = layout.entries().getLast().lsn();
        Fault damage = FaultText.parse("read-error:lsn=" + (first + 170) + ",times=always");
        try (BootMedium medium = BootMedium.ofDisc(layout.image(), "the test disc")) {
            assertThat(run(medium, List.of(damage))).isEqualTo("""
                    read 0 wrong 0
                    start 1
                    round errors 0 wrong 0
                    ahead 33 wrong 0
                    stopped 0 wrong 0
                    go on 1
                    went on 0 wrong 0
                    elsewhere 1
                    there 0 wrong 0
                    end 1 0 100
                    no ring 0
                    behind the disc 1 20
                    damaged 1 0 30 sector 170 wrong 0
                    read 0 wrong 0
                    """);
        }
    }

    private static byte[] data() {
        ByteBuffer data = ByteBuffer.wrap(new byte[SECTORS * 2048]).order(ByteOrder.LITTLE_ENDIAN);
        for (int sector = 0; sector < SECTORS; sector++) {
            for (int word = 0; word < 512; word++) {
                data.putInt(sector << 16 | word);
            }
        }
        return data.array();
    }

    private static String run(BootMedium medium, List<Fault> faults) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (PrintStream out = new PrintStream((OutputStream) text, false, StandardCharsets.UTF_8)) {
            RunSession.headless(medium, List.of(), null, faults, TIMEOUT_SECONDS, out, quiet);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = GuestStreamTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
