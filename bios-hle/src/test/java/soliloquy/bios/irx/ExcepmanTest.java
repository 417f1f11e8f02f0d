package soliloquy.bios.irx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule.Place;

/** Handlers as ps2sdk's excepman.c has them: it keeps AT at 400, EPC at 404 and Cause at 40C, and a handler returns by RFE. */
class ExcepmanTest {
    private static final int DATA = CallingModule.DATA;
    private static final long CYCLES = 20_000_000;
    private static final int BREAKPOINT = 9;
    private static final int OVERFLOW = 12;
    private static final int UPPER = DATA + 0x8000 >>> 16;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule();

    @BeforeEach
    void start() {
        console.start();
    }

    /** Keeps Cause and counts at {@code address}, then goes on behind the instruction that caused the exception. */
    private Place handler(int address) {
        return module.words(
                0,
                0,
                0x3C01_0000 | UPPER, // lui at
                0x8C1A_040C, // lw k0,0x40C(zero)
                0x0000_0000,
                0xAC3A_0000 | address & 0xFFFF, // sw k0,address(at)
                0x8C3A_0000 | address + 4 & 0xFFFF, // lw k0,address+4(at)
                0x0000_0000,
                0x275A_0001, // addiu k0,k0,1
                0xAC3A_0000 | address + 4 & 0xFFFF, // sw k0,address+4(at)
                0x8C1A_0404, // lw k0,0x404(zero)
                0x8C01_0400, // lw at,0x400(zero)
                0x275A_0004, // addiu k0,k0,4
                0x0340_0008, // jr k0
                0x4200_0010); // rfe
    }

    /** Code that does {@code instruction} with 1234 in AT, which it returns. */
    private Place doing(int instruction) {
        return module.words(0x2401_1234, 0x3C08_7FFF, instruction, 0x03E0_0008, 0x0020_1021);
    }

    private void invoke(int instruction) {
        module.call("intrman", 14, doing(instruction), 0, 0, 0);
    }

    private int word(int address) {
        return console.iopBus.ram().read32(address);
    }

    @Test
    void aHandlerIsCalledAndReturns() {
        module.call("excepman", 4, BREAKPOINT, handler(DATA));
        invoke(0x0000_000D);
        invoke(0x0000_000D);
        module.call("stdio", 4, module.text("goes on\n"));
        assertThat(module.run(console, CYCLES)).startsWith(0, 0x1234, 0x1234);
        assertThat(console.crash).isNull();
        assertThat(word(DATA) & 0x7C).as("the code in Cause").isEqualTo(BREAKPOINT << 2);
        assertThat(word(DATA + 4)).as("calls").isEqualTo(2);
        assertThat(console.text).hasToString("goes on\n");
    }

    /** The better priority first; each handler's first word is the code of the next. */
    @Test
    void handlersAreChainedByPriority() {
        module.call("excepman", 5, BREAKPOINT, 2, handler(DATA + 0x10));
        module.call("excepman", 5, BREAKPOINT, 0, handler(DATA + 0x20));
        module.call("excepman", 6, handler(DATA + 0x30));
        invoke(0x0000_000D);
        invoke(0x0108_4020); // add t0,t0,t0
        module.run(console, CYCLES);
        assertThat(word(DATA + 0x24)).as("better").isEqualTo(1);
        assertThat(word(DATA + 0x14)).as("worse").isZero();
        assertThat(word(DATA + 0x34)).as("default, for the overflow").isEqualTo(1);
        assertThat(word(DATA + 0x30) & 0x7C).isEqualTo(OVERFLOW << 2);
        int better = word(0x440 + 4 * BREAKPOINT) - 8;
        int worse = word(better) - 8;
        assertThat(word(worse)).isEqualTo(word(0x440 + 4 * OVERFLOW));
    }

    @Test
    void whatNoHandlerTakesEndsTheRun() {
        module.call("excepman", 4, BREAKPOINT, handler(DATA));
        invoke(0x0108_4020);
        module.run(console, CYCLES);
        assertThat(console.crash).contains("overflow");
    }

    @Test
    void aHandlerThatGoesOnToNobodyEndsTheRun() {
        Place passing = module.words(0, 0, 0x8C1A_0450, 0, 0x0340_0008, 0); // lw k0,0x450(zero): entry 4 of the table
        module.call("excepman", 4, BREAKPOINT, passing);
        invoke(0x0000_000D);
        module.run(console, CYCLES);
        assertThat(console.crash).contains("break");
    }

    @Test
    void anExceptionInAHandlerEndsTheRun() {
        module.call("excepman", 4, BREAKPOINT, module.words(0, 0, 0x0000_000D, 0));
        invoke(0x0000_000D);
        module.run(console, CYCLES);
        assertThat(console.crash).contains("break");
    }

    /** KE_EXPHANDLER_USED, KE_ILLEGAL_EXPCODE, KE_EXPHANDLER_NOUSE of kerr.h. */
    @Test
    void handlersAreReleased() {
        Place handler = handler(DATA);
        module.call("excepman", 4, BREAKPOINT, handler);
        module.call("excepman", 4, OVERFLOW, handler);
        module.call("excepman", 7, OVERFLOW, handler);
        module.call("excepman", 7, BREAKPOINT, handler);
        module.call("excepman", 7, BREAKPOINT, handler);
        module.call("excepman", 4, 16, handler);
        module.call("excepman", 8, handler);
        invoke(0x0000_000D);
        assertThat(module.run(console, CYCLES)).startsWith(0, -52, -51, 0, -51, -50, -51);
        assertThat(console.crash).contains("break");
    }
}
