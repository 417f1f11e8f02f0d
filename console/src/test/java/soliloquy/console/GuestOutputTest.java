package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import soliloquy.bios.Boot;
import soliloquy.bios.ElfFile;

/**
 * What guests print and get, from boot to exit. The calls are those of ps2sdk's {@code syscallnr.h}; writing to descriptor 1 over SIF
 * RPC is tested with the IOP's services.
 */
class GuestOutputTest {
    private static final int ZERO = GuestProgram.ZERO;
    private static final int A0 = GuestProgram.A0;
    private static final int A1 = 5;
    private static final int A2 = 6;
    private static final int A3 = 7;
    private static final int T0 = GuestProgram.T0;
    private static final int DATA = GuestProgram.START + 8;
    private static final int ARGUMENTS = 0x0020_0000;
    private static final int SETUP_THREAD = 0x3C;
    private static final int PRINT = 0x75;
    private static final int DECI2_CALL = 0x7C;
    private static final int DECI2_KPUTS = 0x10;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** A program with {@code text} and a NUL at {@link #DATA}. */
    private static GuestProgram withData(String text) {
        byte[] octets = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), text.length() / 4 * 4 + 4);
        GuestProgram program = new GuestProgram().words(0x1000_0000 | 1 + octets.length / 4, 0);
        for (int i = 0; i < octets.length; i += 4) {
            program.words(
                    octets[i] & 255 | (octets[i + 1] & 255) << 8 | (octets[i + 2] & 255) << 16 | octets[i + 3] << 24);
        }
        return program;
    }

    /** LW {@code register}, from {@code address}. */
    private static void word(GuestProgram program, int register, int address) {
        program.load(register, address).words(0x8C00_0000 | register << 21 | register << 16);
    }

    private StopReason run(GuestProgram program, String... words) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Boot.Program booted = new Boot.Program(ElfFile.parse("test.elf", program.elf()), "host:test.elf");
        try (BootMedium medium = BootMedium.ofProgram(booted)) {
            return RunSession.headless(medium, List.of(words), 60, out, out).reason();
        }
    }

    @Test
    void serialPort() throws Exception {
        assertThat(run(new GuestProgram().print("Größe\n").exit(0))).isEqualTo(new StopReason.Exited(0));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("Größe\n");
    }

    @Test
    void printOfTheKernelTakesWordsFromRegistersAndStack() throws Exception {
        GuestProgram program = withData("%d %d %d %d %d %d %d %d %x\n").load(GuestProgram.SP, ARGUMENTS);
        for (int i = 1; i <= 7; i++) {
            program.load(A0 + i, -i);
        }
        program.load(1, 8).words(0xFC00_0000 | GuestProgram.SP << 21 | 1 << 16); // SD at, 0(sp)
        program.load(1, 0xABC).words(0xFC00_0000 | GuestProgram.SP << 21 | 1 << 16 | 8);
        run(program.load(A0, DATA).call(PRINT).exit(0));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("-1 -2 -3 -4 -5 -6 -7 8 abc\n");
    }

    @Test
    void putsOfTheDebuggerInterface() throws Exception {
        GuestProgram program = withData("to the debugger\n").load(T0, ARGUMENTS).load(A0, DATA);
        program.words(0xAC00_0000 | T0 << 21 | A0 << 16); // SW a0, 0(t0)
        run(program.load(A0, DECI2_KPUTS).load(A1, ARGUMENTS).call(DECI2_CALL).exit(0));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("to the debugger\n");
    }

    @Test
    void argumentsArriveAndTheStatusLeaves() throws Exception {
        GuestProgram program = withData("%d '%s' '%s' '%s'\n")
                .load(A0, 0)
                .load(A1, -1)
                .load(A2, 0x2_0000)
                .load(A3, ARGUMENTS)
                .load(T0, ZERO)
                .call(SETUP_THREAD)
                .load(A0, DATA);
        for (int i = 0; i < 4; i++) {
            word(program, A1 + i, ARGUMENTS + 4 * i);
        }
        program.call(PRINT);
        word(program, A0, ARGUMENTS);
        assertThat(run(program.call(4), "two words", "ü")).isEqualTo(new StopReason.Exited(3));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("3 'host:test.elf' 'two words' 'ü'\n");
    }

    @Test
    void statusOfTheProcessIsTheLowByte() throws Exception {
        StopReason reason = run(new GuestProgram().exit(0x1_2345));
        assertThat(reason).isEqualTo(new StopReason.Exited(0x1_2345));
        assertThat(reason.exitStatus()).isEqualTo(0x45);
    }
}
