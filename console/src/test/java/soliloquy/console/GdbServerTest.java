package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.bios.Boot;
import soliloquy.bios.ElfFile;

/** The server of the remote protocol, with a client that can also do what GDB would not. */
class GdbServerTest {
    private static final int START = GuestProgram.START;
    /** Where the program's loop begins; it has four instructions. */
    private static final int LOOP = START + 8;

    private static final int ROUNDS = 3000;
    private static final int COUNTER = 0x0020_0000;

    /** Counts {@link #COUNTER} up to {@link #ROUNDS}, prints, and exits with status 7. */
    private static DebuggedConsole counting(boolean waits) throws Exception {
        GuestProgram program = new GuestProgram()
                .words(0x3C04_0020, 0x2405_0000 | ROUNDS) // lui a0,0x20; li a1,ROUNDS
                .words(0x24C6_0001, 0xAC86_0000) // loop: addiu a2,a2,1; sw a2,0(a0)
                .words(0x14C5_FFFD, 0) // bne a2,a1,loop; nop
                .print("counted\n")
                .exit(7);
        Boot.Program booted = new Boot.Program(ElfFile.parse("test.elf", program.elf()), "host:test.elf");
        return new DebuggedConsole(BootMedium.ofProgram(booted), List.of("host:test.elf"), waits);
    }

    private static String register(GdbClient gdb, int number) throws IOException {
        return gdb.ask("p" + Integer.toHexString(number));
    }

    @Test
    void breaksWatchesStepsAndTellsTheEnd() throws Exception {
        try (DebuggedConsole console = counting(true);
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            assertThat(gdb.ask("?")).startsWith("T05");
            assertThat(gdb.ask("qSupported:swbreak+")).contains("PacketSize=", "qXfer:features:read+");
            assertThat(register(gdb, 37)).isEqualTo("0000100000000000");
            assertThat(gdb.ask("Z0,%x,4".formatted(LOOP + 8))).isEqualTo("OK");
            assertThat(gdb.ask("c")).startsWith("T05swbreak:;").contains("25:1000100000000000");
            assertThat(register(gdb, 6)).isEqualTo("0100000000000000");
            assertThat(gdb.ask("m%x,4".formatted(COUNTER))).isEqualTo("01000000");
            assertThat(gdb.ask("vCont;s:1")).startsWith("T05").contains("25:1400100000000000");
            assertThat(gdb.ask("vCont;s:1")).contains("25:0800100000000000");
            assertThat(gdb.ask("z0,%x,4".formatted(LOOP + 8))).isEqualTo("OK");
            assertThat(gdb.ask("Z2,%x,4".formatted(COUNTER + 2))).isEqualTo("OK");
            assertThat(gdb.ask("vCont;c")).startsWith("T05watch:200002;").contains("25:0c00100000000000");
            assertThat(gdb.ask("z2,%x,4".formatted(COUNTER + 2))).isEqualTo("OK");
            assertThat(gdb.ask("P6=%s".formatted("b70b000000000000"))).isEqualTo("OK"); // one less than ROUNDS
            assertThat(gdb.ask("c")).isEqualTo("W07");
            assertThat(gdb.isClosed()).isTrue();
            assertThat(console.reason()).isEqualTo(new StopReason.Exited(7));
            assertThat(console.text()).isEqualTo("counted\n");
        }
    }

    @Test
    void aConditionIsComputedWithoutStopping() throws Exception {
        try (DebuggedConsole console = counting(true);
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            // reg 6; const16 0x123; equal; end
            assertThat(gdb.ask("Z0,%x,4;X8,26000623012313%s".formatted(LOOP + 4, "27")))
                    .isEqualTo("OK");
            assertThat(gdb.ask("c")).startsWith("T05");
            assertThat(register(gdb, 6)).isEqualTo("2301000000000000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "m10",
                "m10,",
                "mzz,4",
                "m100000,99999999",
                "M100000,4:12",
                "X100000,8:1",
                "P",
                "P25",
                "Pffff=00",
                "pffffffff",
                "Z",
                "Z0",
                "Z0,zz,4",
                "Z0,100000,4;X9,26",
                "Z9,0,4",
                "vCont",
                "vCont;q",
                "Hx1",
                "T",
                "qXfer:",
                "qXfer:features:read:target.xml",
                "qXfer:features:read:target.xml:0,zz",
                "qXfer:features:read:other.xml:0,10",
                "qRcmd,zz",
                "\u0000",
                "~",
                "G1",
                "vAttach;1",
                "x1,",
                "bx",
                "QNonStop:1"
            })
    void whatIsMalformedIsAnsweredAndDoesNoHarm(String command) throws Exception {
        try (DebuggedConsole console = counting(true);
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            gdb.ask("?");
            assertThat(gdb.ask(command)).matches("|E[0-9a-f]{2}");
            assertThat(register(gdb, 29)).hasSize(16);
        }
    }

    @Test
    void damagedAndEndlessPacketsAreRefused() throws Exception {
        try (DebuggedConsole console = counting(true);
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            gdb.ask("?");
            gdb.raw("$m100000,4#00");
            gdb.send("m" + "1".repeat(100_000));
            assertThat(gdb.answer()).isEqualTo("E16");
            SplittableRandom random = new SplittableRandom(1);
            StringBuilder noise = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                char next = (char) random.nextInt(256);
                noise.append("kvDcs-$".indexOf(next) >= 0 ? 'g' : next);
            }
            gdb.raw(noise + "#00");
            assertThat(register(gdb, 37)).hasSize(16);
        }
    }

    @Test
    void aSecondDebuggerIsRefusedUntilTheFirstIsGone() throws Exception {
        try (DebuggedConsole console = counting(true)) {
            try (GdbClient first = new GdbClient(console.server.eePort())) {
                first.ask("?");
                try (GdbClient second = new GdbClient(console.server.eePort())) {
                    assertThat(second.ask("qSupported")).startsWith("E.another debugger");
                    assertThat(second.isClosed()).isTrue();
                }
                assertThat(register(first, 37)).isEqualTo("0000100000000000");
                assertThat(first.ask("Z0,%x,4".formatted(LOOP))).isEqualTo("OK");
                assertThat(first.ask("c")).startsWith("T05");
                assertThat(first.ask("D")).isEqualTo("OK");
                assertThat(first.isClosed()).isTrue();
            }
            assertThat(console.reason()).isEqualTo(new StopReason.Exited(7));
        }
    }

    @Test
    void aDebuggerThatVanishesLetsTheProgramGo() throws Exception {
        try (DebuggedConsole console = counting(true)) {
            try (GdbClient gdb = new GdbClient(console.server.eePort())) {
                gdb.ask("Z0,%x,4".formatted(LOOP));
                gdb.ask("c");
            }
            assertThat(console.reason()).isEqualTo(new StopReason.Exited(7));
        }
    }

    @Test
    void killEndsTheConsole() throws Exception {
        try (DebuggedConsole console = counting(true);
                GdbClient gdb = new GdbClient(console.server.eePort())) {
            gdb.ask("?");
            gdb.send("k");
            assertThat(console.reason()).isEqualTo(new StopReason.Closed());
        }
    }

    @Test
    void attachBreakInspectContinueAThousandTimes() throws Exception {
        GuestProgram program = new GuestProgram()
                .words(0x3C04_0020, 0xAC80_0004) // lui a0,0x20; sw zero,4(a0)
                .words(0x24C6_0001, 0x8C82_0004) // loop: addiu a2,a2,1; lw v0,4(a0)
                .words(0x1040_FFFD, 0) // beqz v0,loop; nop
                .print("let go\n")
                .exit(3);
        Boot.Program booted = new Boot.Program(ElfFile.parse("test.elf", program.elf()), "host:test.elf");
        try (DebuggedConsole console =
                new DebuggedConsole(BootMedium.ofProgram(booted), List.of("host:test.elf"), false)) {
            long last = -1;
            for (int i = 0; i < 1000; i++) {
                try (GdbClient gdb = new GdbClient(console.server.eePort())) {
                    assertThat(gdb.ask("?")).startsWith("T02");
                    assertThat(gdb.ask("Z0,%x,4".formatted(LOOP + 4))).isEqualTo("OK");
                    assertThat(gdb.ask("vCont;c")).startsWith("T05");
                    long counted = Long.reverseBytes(Long.parseUnsignedLong(register(gdb, 6), 16));
                    assertThat(counted).isGreaterThan(last);
                    last = counted;
                    assertThat(gdb.ask("vCont;c")).startsWith("T05");
                    assertThat(Long.reverseBytes(Long.parseUnsignedLong(register(gdb, 6), 16)))
                            .isEqualTo(counted + 1);
                    assertThat(gdb.ask("m%x,10".formatted(COUNTER))).hasSize(32);
                    assertThat(gdb.ask("z0,%x,4".formatted(LOOP + 4))).isEqualTo("OK");
                    if (i == 999) {
                        assertThat(gdb.ask("M%x,4:01000000".formatted(COUNTER + 4)))
                                .isEqualTo("OK");
                    }
                    assertThat(gdb.ask("D")).isEqualTo("OK");
                    assertThat(gdb.isClosed()).isTrue();
                }
            }
            assertThat(console.text()).isEqualTo("let go\n");
            assertThat(console.reason()).isEqualTo(new StopReason.Exited(3));
        }
    }

    /** Stops at breakpoints, after steps and before accesses leave no trace: same text, same number of cycles. */
    @Test
    void theDefaultDiscTellsTheSameInTheSameTime() throws Exception {
        List<String> words =
                List.of("cdrom0:\\SOLILOQU.ELF;1", "--prompt", "Once upon a time", "--tokens", "1", "--once");
        String text;
        long cycles;
        try (DebuggedConsole console = new DebuggedConsole(BootMedium.open(null), words, false)) {
            text = console.text();
            cycles = console.console().ee().cycles();
        }
        assertThat(text).isNotEmpty();
        try (DebuggedConsole console = new DebuggedConsole(BootMedium.open(null), words, true);
                GdbClient gdb = new GdbClient(console.server.eePort());
                GdbClient iop = new GdbClient(console.server.iopPort())) {
            assertThat(iop.ask("?")).startsWith("T02");
            iop.send("c");
            gdb.ask("?");
            int multiply = address(console, "multiply");
            int head = address(console, "attention_heads");
            assertThat(gdb.ask("Z0,%x,4".formatted(multiply))).isEqualTo("OK");
            for (int i = 0; i < 30; i++) {
                assertThat(gdb.ask("c")).startsWith("T05");
                assertThat(register(gdb, 37)).startsWith("%08x".formatted(Integer.reverseBytes(multiply)));
                for (int step = 0; step < 20; step++) {
                    assertThat(gdb.ask("s")).startsWith("T05");
                }
            }
            assertThat(iop.ask("qRcmd,696f70206d6f64756c6573")).isNotEmpty(); // iop modules
            assertThat(gdb.ask("z0,%x,4".formatted(multiply))).isEqualTo("OK");
            assertThat(gdb.ask("Z0,%x,4".formatted(head))).isEqualTo("OK");
            assertThat(gdb.ask("c")).startsWith("T05");
            String out = register(gdb, 4).substring(0, 8);
            int written = Integer.reverseBytes(Integer.parseUnsignedInt(out, 16));
            assertThat(gdb.ask("z0,%x,4".formatted(head))).isEqualTo("OK");
            assertThat(gdb.ask("Z2,%x,4".formatted(written))).isEqualTo("OK");
            assertThat(gdb.ask("c")).startsWith("T05watch:");
            assertThat(gdb.ask("z2,%x,4".formatted(written))).isEqualTo("OK");
            assertThat(iop.ask("D")).isEqualTo("OK");
            assertThat(gdb.ask("c")).isEqualTo("W00");
            assertThat(console.text()).isEqualTo(text);
            assertThat(console.console().ee().cycles()).isEqualTo(cycles);
        }
    }

    @Test
    void theIopBreaksWhereOneOfItsThreadsGoesOn() throws Exception {
        List<String> words = List.of("cdrom0:\\SOLILOQU.ELF;1", "--prompt", "Once", "--tokens", "1", "--once");
        try (DebuggedConsole console = new DebuggedConsole(BootMedium.open(null), words, true);
                GdbClient gdb = new GdbClient(console.server.eePort());
                GdbClient iop = new GdbClient(console.server.iopPort())) {
            gdb.ask("?");
            assertThat(iop.ask("?")).startsWith("T02");
            iop.send("c");
            assertThat(gdb.ask("Z0,%x,4".formatted(address(console, "weights_load_layers"))))
                    .isEqualTo("OK");
            assertThat(gdb.ask("c")).startsWith("T05");
            iop.raw("\u0003");
            assertThat(iop.answer()).startsWith("T02").contains("thread:1000;");
            assertThat(iop.ask("qXfer:libraries:read::0,1000")).contains("<library name=\"soliloquy_stream\">");
            String[] threads = iop.ask("qfThreadInfo").substring(1).split(",");
            assertThat(threads).hasSizeGreaterThan(1);
            assertThat(iop.ask("Hg" + threads[0])).isEqualTo("OK");
            int resumes = Integer.reverseBytes(Integer.parseUnsignedInt(register(iop, 37), 16));
            assertThat(iop.ask("Z0,%x,4".formatted(resumes))).isEqualTo("OK");
            assertThat(gdb.ask("z0,%x,4".formatted(address(console, "weights_load_layers"))))
                    .isEqualTo("OK");
            iop.send("c");
            gdb.send("c");
            assertThat(iop.answer()).startsWith("T05").contains("thread:" + threads[0] + ";");
            assertThat(register(iop, 37)).isEqualTo("%08x".formatted(Integer.reverseBytes(resumes)));
            assertThat(iop.ask("s")).startsWith("T05").contains("thread:" + threads[0] + ";");
            assertThat(register(iop, 37)).isNotEqualTo("%08x".formatted(Integer.reverseBytes(resumes)));
            assertThat(iop.ask("z0,%x,4".formatted(resumes))).isEqualTo("OK");
            assertThat(iop.ask("D")).isEqualTo("OK");
        }
    }

    private static int address(DebuggedConsole console, String function) {
        return console.console()
                .kernel()
                .program()
                .symbols()
                .named(function)
                .orElseThrow()
                .address();
    }
}
