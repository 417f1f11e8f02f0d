package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import soliloquy.bios.Boot;
import soliloquy.bios.ElfFile;

/** A debugger takes a run back: what it saw going forth it sees again. */
class GoingBackTest {
    private static final int START = GuestProgram.START;
    private static final int LOOP = START + 8;
    private static final int COUNTER = 0x0020_0000;

    private static DebuggedConsole counting() throws Exception {
        GuestProgram program = new GuestProgram()
                .words(0x3C04_0020, 0x2405_0000 | 2000) // lui a0,0x20; li a1,2000
                .words(0x24C6_0001, 0xAC86_0000) // loop: addiu a2,a2,1; sw a2,0(a0)
                .words(0x14C5_FFFD, 0) // bne a2,a1,loop; nop
                .print("counted\n")
                .exit(7);
        Boot.Program booted = new Boot.Program(ElfFile.parse("test.elf", program.elf()), "host:test.elf");
        return new DebuggedConsole(BootMedium.ofProgram(booted), List.of("host:test.elf"), true);
    }

    private static String state(GdbClient gdb) throws IOException {
        return gdb.ask("g") + gdb.ask("m%x,40".formatted(COUNTER));
    }

    @Test
    void stepsBackAreThoseForthTheOtherWayRound() throws Exception {
        try (DebuggedConsole console = counting();
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            assertThat(gdb.ask("qSupported")).contains("ReverseStep+", "ReverseContinue+");
            gdb.ask("?");
            gdb.ask("Z0,%x,4;X8,2600062303e813%s".formatted(LOOP + 8, "27")); // a2 == 1000
            assertThat(gdb.ask("c")).startsWith("T05");
            gdb.ask("z0,%x,4".formatted(LOOP + 8));
            List<String> forth = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                forth.add(state(gdb));
                assertThat(gdb.ask("s")).startsWith("T05");
            }
            for (int i = 11; i >= 0; i--) {
                assertThat(gdb.ask("bs")).startsWith("T05");
                assertThat(state(gdb)).isEqualTo(forth.get(i));
            }
            assertThat(gdb.ask("c")).isEqualTo("W07");
            assertThat(console.text()).isEqualTo("counted\n");
        }
    }

    @Test
    void goesBackToTheLastStopAndToTheBeginning() throws Exception {
        try (DebuggedConsole console = counting();
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            gdb.ask("?");
            String atPowerOn = state(gdb);
            gdb.ask("Z0,%x,4".formatted(LOOP));
            for (int i = 0; i < 5; i++) {
                assertThat(gdb.ask("c")).startsWith("T05");
            }
            assertThat(gdb.ask("p6")).isEqualTo("0400000000000000");
            assertThat(gdb.ask("bc")).startsWith("T05");
            assertThat(gdb.ask("p6")).isEqualTo("0300000000000000");
            gdb.ask("z0,%x,4".formatted(LOOP));
            gdb.ask("Z2,%x,4".formatted(COUNTER));
            assertThat(gdb.ask("bc")).startsWith("T05");
            assertThat(gdb.ask("p6")).isEqualTo("0300000000000000");
            assertThat(gdb.ask("p25")).isEqualTo("0c00100000000000");
            gdb.ask("z2,%x,4".formatted(COUNTER));
            assertThat(gdb.ask("bc")).startsWith("T05replaylog:begin;");
            assertThat(state(gdb)).isEqualTo(atPowerOn);
            assertThat(gdb.ask("bs")).startsWith("T05replaylog:begin;");
            assertThat(gdb.ask("c")).isEqualTo("W07");
            assertThat(console.text()).isEqualTo("counted\n");
        }
    }

    @Test
    void whatTheDebuggerChangedIsChangedAgain() throws Exception {
        try (DebuggedConsole console = counting();
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            gdb.ask("?");
            gdb.ask("Z0,%x,4".formatted(LOOP + 4));
            assertThat(gdb.ask("c")).startsWith("T05");
            assertThat(gdb.ask("P6=d007000000000000")).isEqualTo("OK"); // 2000: this round is the last
            assertThat(gdb.ask("M%x,4:2a000000".formatted(COUNTER + 16))).isEqualTo("OK");
            gdb.ask("z0,%x,4".formatted(LOOP + 4));
            assertThat(gdb.ask("s")).startsWith("T05");
            assertThat(gdb.ask("s")).startsWith("T05");
            String after = state(gdb);
            assertThat(gdb.ask("p25")).isEqualTo("1400100000000000");
            assertThat(gdb.ask("bs")).startsWith("T05");
            assertThat(gdb.ask("p25")).isEqualTo("1000100000000000");
            assertThat(gdb.ask("p6")).isEqualTo("d007000000000000");
            assertThat(gdb.ask("s")).startsWith("T05");
            assertThat(state(gdb)).isEqualTo(after);
            assertThat(gdb.ask("c")).isEqualTo("W07");
        }
    }

    @Test
    void theDefaultDiscGoesBack() throws Exception {
        List<String> words =
                List.of("cdrom0:\\SOLILOQU.ELF;1", "--prompt", "Once upon a time", "--tokens", "1", "--once");
        try (DebuggedConsole console = new DebuggedConsole(BootMedium.open(null), words, true);
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            gdb.ask("?");
            int head = console.console()
                    .kernel()
                    .program()
                    .symbols()
                    .named("attention_heads")
                    .orElseThrow()
                    .address();
            gdb.ask("Z0,%x,4".formatted(head));
            assertThat(gdb.ask("c")).startsWith("T05");
            String first = gdb.ask("g");
            assertThat(gdb.ask("c")).startsWith("T05");
            assertThat(gdb.ask("bc")).startsWith("T05");
            assertThat(gdb.ask("g")).isEqualTo(first);
            gdb.ask("z0,%x,4".formatted(head));
            assertThat(gdb.ask("bs")).startsWith("T05");
            assertThat(gdb.ask("s")).startsWith("T05");
            assertThat(gdb.ask("g")).isEqualTo(first);
            assertThat(gdb.ask("D")).isEqualTo("OK");
            assertThat(console.text()).isNotEmpty();
        }
    }
}
