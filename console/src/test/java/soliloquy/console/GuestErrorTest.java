package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.bios.Boot;
import soliloquy.bios.ElfFile;
import soliloquy.ee.EeDisassembler;

/** Errors of guests end as guest errors. Encodings from the MIPS manual, exceptions from the EE Core manual. */
class GuestErrorTest {
    private static final int T0 = GuestProgram.T0;
    private static final int T1 = GuestProgram.T1;
    private static final int SP = GuestProgram.SP;
    private static final int NOP = 0;
    private static final int BREAK = 0xD;

    /** Code, data, the DMA controller, VIF, GS, scratchpad, timers, VU0, and no memory at all. */
    private static final int[] PLACES = {
        0x0010_4000,
        0x0020_0000,
        0x1000_8000,
        0x1000_A000,
        0x1000_C000,
        0x1200_0000,
        0x7000_0000,
        0x1000_0000,
        0x1100_0000,
        0
    };

    private record Ending(StopReason reason, String messages) {
        StopReason.Crashed crash() {
            return (StopReason.Crashed) reason;
        }
    }

    private static Ending run(byte[] elf, double timeout) throws Exception {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (BootMedium medium =
                BootMedium.ofProgram(new Boot.Program(ElfFile.parse("test.elf", elf), "host:test.elf"))) {
            RunSession.Outcome outcome = RunSession.headless(
                    medium, List.of(), timeout, quiet, new PrintStream(messages, true, StandardCharsets.UTF_8));
            return new Ending(outcome.reason(), messages.toString(StandardCharsets.UTF_8));
        }
    }

    private static Ending run(GuestProgram program) throws Exception {
        return run(program.elf(), 60);
    }

    private static int register(int opcode, int rs, int rt, int low) {
        return opcode << 26 | rs << 21 | rt << 16 | low & 0xFFFF;
    }

    @ParameterizedTest
    @CsvSource({
        "0x23, 0x00200001, a load or fetch from a misaligned address (address 0x00200001)",
        "0x2B, 0x00200002, a store to a misaligned address (address 0x00200002)",
        "0x37, 0x00200004, a load or fetch from a misaligned address (address 0x00200004)",
        "0x23, 0x00000000, a load or fetch from an address that is not mapped",
        "0x2B, 0x0007FFFC, a store to an address that is not mapped (address 0x0007fffc)",
        "0x23, 0x02000000, a load or fetch from an address that is not mapped (address 0x02000000)",
        "0x1E, 0x40000000, a load or fetch from an address that is not mapped (address 0x40000000)",
        "0x1F, 0xC0000000, a store to an address that is not mapped (address 0xc0000000)",
    })
    void wrongAddresses(String opcode, String address, String sentence) throws Exception {
        Ending ending = run(new GuestProgram()
                .load(T0, Integer.parseUnsignedInt(address.substring(2), 16))
                .words(register(Integer.decode(opcode), T0, T1, 0), BREAK));
        assertThat(ending.crash().summary()).startsWith(sentence).endsWith("at 0x00100008");
    }

    @ParameterizedTest
    @CsvSource({
        "0x4C000000, a reserved instruction",
        "0x0000000D, a break instruction",
        "0x00000034, a trap instruction", // TEQ $0, $0
    })
    void instructionsThatRaise(String word, String sentence) throws Exception {
        Ending ending = run(new GuestProgram().words(Long.decode(word).intValue(), NOP));
        assertThat(ending.crash().summary()).isEqualTo(sentence + " at 0x00100000");
    }

    @Test
    void sumsThatOverflow() throws Exception {
        Ending ending =
                run(new GuestProgram().load(T0, 0x7FFF_FFFF).words(T0 << 21 | T0 << 16 | T1 << 11 | 0x20, BREAK));
        assertThat(ending.crash().summary()).startsWith("an arithmetic overflow at 0x00100008");
    }

    @ParameterizedTest
    @CsvSource({"0x100", "0x1F0", "0x7FFF", "-0x8000"})
    void systemCallsBeyondTheTable(String number) throws Exception {
        Ending ending = run(new GuestProgram().call(Integer.decode(number)).exit(0));
        assertThat(ending.crash().summary())
                .startsWith("a system call with number 0x")
                .endsWith("beyond the kernel's table of 0x100 at 0x00100004");
    }

    @Test
    void unknownSystemCallOfTheTableIsNoticedAndFails() throws Exception {
        Ending ending = run(new GuestProgram()
                .call(0x50)
                .words(0x0040_2025) // OR a0, v0, $0
                .call(4));
        assertThat(ending.reason()).isEqualTo(new StopReason.Exited(-1));
        assertThat(ending.messages()).contains("system call 0x50 does not exist; it returns -1");
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000000, a load or fetch from an address that is not mapped at 0x00000000",
        "0x00000001, a load or fetch from a misaligned address (address 0x00000001) at 0x00000001",
        "0x00200002, a load or fetch from a misaligned address (address 0x00200002) at 0x00200002",
        "0x10000000, a bus error on an instruction fetch (address 0x10000000) at 0x10000000",
        "0x70000000, a bus error on an instruction fetch (address 0x70000000) at 0x70000000",
        "0x90000000, a bus error on an instruction fetch (address 0x90000000) at 0x90000000",
        "0x01F00000, a reserved instruction at 0x01f00000",
    })
    void jumpsToNowhere(String target, String sentence) throws Exception {
        Ending ending =
                run(new GuestProgram().load(T0, Long.decode(target).intValue()).words(T0 << 21 | 8, NOP));
        assertThat(ending.crash().summary()).startsWith(sentence);
    }

    @Test
    void stackThatGrowsOutOfMemory() throws Exception {
        Ending ending = run(new GuestProgram()
                .load(SP, 0x0008_0100)
                .words(register(0x09, SP, SP, -16), register(0x1F, SP, 31, 0), 0x0C00_0000 | 0x0010_0008 >> 2, NOP));
        assertThat(ending.crash().summary())
                .isEqualTo("a store to an address that is not mapped (address 0x0007fff0) at 0x0010000c");
    }

    @Test
    void memoryThatNobodyWroteIsNoPointer() throws Exception {
        Ending ending = run(new GuestProgram()
                .load(T0, 0x0020_0000)
                .words(register(0x23, T0, T1, 0), register(0x20, T1, T0, 0), BREAK));
        assertThat(ending.crash().summary())
                .startsWith("a load or fetch from an address that is not mapped (address 0xd5d5d5d5)");
    }

    @Test
    void placesWithoutDeviceAreNoticedOnceForEachPlaceInTheProgram() throws Exception {
        Ending ending = run(new GuestProgram()
                .load(T0, 0x1300_0000)
                .words(register(0x23, T0, T1, 0), register(0x09, T0, T0, 4))
                .load(T1, 0x1300_0040)
                .words(register(0x05, T0, T1, -5), NOP, register(0x23, T0, T1, 0))
                .exit(0));
        assertThat(ending.reason()).isEqualTo(new StopReason.Exited(0));
        assertThat(ending.messages().lines().filter(line -> line.contains("where there is no device")))
                .containsExactly(
                        "notice: unhandled EE: physical address 0x13000000, where there is no device, was read by the code at 0x00100008",
                        "notice: unhandled EE: physical address 0x13000040, where there is no device, was read by the code at 0x00100020");
    }

    @Test
    void reportShowsTheStateAndTheStatusIsThree(@TempDir Path folder) throws Exception {
        Path elf = folder.resolve("crash.elf");
        Files.write(elf, new GuestProgram().load(T0, 0x1234_5678).words(BREAK).elf());
        PrintStream err = System.err;
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(messages, true, StandardCharsets.UTF_8));
            assertThat(Main.execute("run", "--headless", elf.toString())).isEqualTo(ExitStatus.GUEST_CRASH);
        } finally {
            System.setErr(err);
        }
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains("the guest crashed: a break instruction at 0x00100008")
                .contains("t0   0000000000000000 0000000012345678")
                .contains("-> 00100008  0000000d  break")
                .contains("backtrace")
                .doesNotContain("Exception");
    }

    @Test
    void handlersOfTheGuestTakeExceptions() throws Exception {
        GuestProgram program = new GuestProgram();
        skipFaults(program);
        program.load(T0, 0x0020_0001).words(register(0x23, T0, T1, 0), 0x4C00_0000, BREAK);
        assertThat(run(program.exit(7)).reason()).isEqualTo(new StopReason.Exited(7));
    }

    /** Programs of random instructions with pointers into everything: whatever they do, no Java exception comes out. */
    @Property(tries = 60)
    void randomProgramsEndAsGuests(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        GuestProgram program = new GuestProgram();
        skipFaults(program);
        for (int i = 0; i < 40; i++) {
            for (int r = 1; r < 32; r++) {
                program.load(
                        r,
                        PLACES[random.nextInt(PLACES.length)]
                                + 16 * random.nextInt(64)
                                + (random.nextInt(8) == 0 ? random.nextInt(16) : 0));
            }
            for (int n = 0; n < 20; n++) {
                program.words(random(random));
            }
        }
        assertThat(run(program.exit(0).elf(), 0.1).reason()).isNotNull();
    }

    /** Makes every exception but system calls go on with the next instruction. */
    private static void skipFaults(GuestProgram program) {
        int handler = GuestProgram.START + 8;
        program.words(0x1000_0006, NOP); // B over the handler
        program.words(0x401A_7000, 0x275A_0004, 0x409A_7000, 0x4200_0018, NOP); // MFC0 k0, EPC; ADDIU; MTC0; ERET
        for (int code = 1; code < 14; code++) {
            program.load(GuestProgram.A0, code).load(5, handler).call(0x0E);
        }
    }

    /** An instruction that does not lead away. */
    private static int random(Random random) {
        while (true) {
            int word = random.nextInt();
            String text = EeDisassembler.disassemble(word, 0);
            if (!text.matches("(b(c|e|g|l|n).*|j.*|eret|syscall|\\.word.*)")) {
                return word;
            }
        }
    }

    /** The same with system calls of any number and arguments. */
    @Property(tries = 60)
    void randomSystemCallsEndAsGuests(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        GuestProgram program = new GuestProgram();
        int[] values = {
            0,
            1,
            2,
            3,
            -1,
            0x0010_0000,
            0x0020_0000,
            0x01FF_FFF8,
            0x7FFF_FFFF,
            0x8000_0000,
            0x7000_3FFC,
            0x1000_8000,
            64,
            255
        };
        for (int i = 0; i < 60; i++) {
            for (int r = 4; r < 12; r++) {
                program.load(r, values[random.nextInt(values.length)]);
            }
            int number = 1 + random.nextInt(0xFF);
            if (number != 4 && number != 0x7B && number != 0x24 && number != 0x23) {
                program.call(random.nextInt(4) == 0 ? -number : number);
            }
        }
        assertThat(run(program.exit(0).elf(), 0.1).reason()).isNotNull();
    }
}
