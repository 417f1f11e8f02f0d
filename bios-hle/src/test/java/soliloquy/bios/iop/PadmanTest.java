package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;
import soliloquy.bios.irx.CallingModule.Place;
import soliloquy.iop.IopIntc;
import soliloquy.machine.Notices;

/** Ordinals and results of ps2sdk's padman (exports.tab, padMiscFuncs.c, padInit.c); a DualShock 2's answers from ps2tek. */
class PadmanTest {
    private static final int DATA = CallingModule.DATA;
    private static final int AREA = 0x28_0000;
    private static final long CYCLES = 20_000_000;
    private static final int INIT = 4;
    private static final int END = 5;
    private static final int OPEN = 6;
    private static final int CLOSE = 7;
    private static final int IN_BUFFER = 8;
    private static final int BUTTON_DATA = 9;
    private static final int MODE_CONFIGURATION = 10;
    private static final int INFO_ACTUATOR = 11;
    private static final int INFO_COMBINATION = 12;
    private static final int INFO_MODE = 13;
    private static final int SET_MODE = 14;
    private static final int DRIVE = 15;
    private static final int ALIGN = 16;
    private static final int BUTTON_MASK = 17;
    private static final int BUTTON_INFO = 18;

    private final TestConsole console = new TestConsole();
    private EeClient ee;
    private CallingModule module = new CallingModule();

    @BeforeEach
    void provide() {
        ee = new EeClient(console);
        console.iopKernel.provide("padman");
    }

    private void call(int ordinal, Object... arguments) {
        module.call("padman", ordinal, arguments);
    }

    private int[] run() {
        int[] results = module.run(console, CYCLES);
        module = new CallingModule();
        return results;
    }

    private void vblank() {
        console.iopIntc.line(IopIntc.VBLANK).raise();
        console.run(2 * CYCLES);
    }

    private void open(int area) {
        call(INIT, area);
        call(OPEN, 0, 0, AREA, 0);
        assertThat(run()).containsExactly(1, 1);
        vblank();
    }

    private int[] octets(int address, int count) {
        int[] octets = new int[count];
        for (int i = 0; i < count; i++) {
            octets[i] = console.iopBus.ram().read8(address + i);
        }
        return octets;
    }

    @Test
    void aModuleReadsThePad() {
        console.pressed = 0x4008;
        open(0);
        call(BUTTON_DATA, 0, 0, DATA);
        call(IN_BUFFER, 0, 0, DATA + 0x200);
        call(MODE_CONFIGURATION, 0, 0);
        assertThat(run()).containsExactly(32, 32, 2);
        assertThat(octets(DATA + 136, 5)).as("the older frame of padState_t").containsExactly(0, 0x41, 0xF7, 0xBF, 0);
        assertThat(octets(DATA + 0x200, 4)).as("the poll").containsExactly(0x01, 0x42, 0x00, 0xFF);
        assertThat(console.bus.read8(AREA + 128 + 2))
                .as("the program's frame has it too")
                .isEqualTo(0xF7);
    }

    @Test
    void anAreaOfPadInitChoosesTheNewerFrame() {
        open(AREA + 0x1000);
        call(BUTTON_DATA, 0, 0, DATA);
        assertThat(run()).containsExactly(32);
        assertThat(octets(DATA, 4)).containsExactly(0, 0x41, 0xFF, 0xFF);
        assertThat(ee.word(AREA + 0x1000 + 128 + 4)).as("port 0 is open").isEqualTo(1);
    }

    /** Before the first poll nothing is known of the pad, as where there is none. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void withoutAPadThereAreNoData(int port, boolean polled) {
        call(INIT, 0);
        call(OPEN, port, 0, 0, 0);
        run();
        if (polled) {
            vblank();
        }
        call(BUTTON_DATA, port, 0, DATA);
        call(MODE_CONFIGURATION, port, 0);
        call(INFO_ACTUATOR, port, 0, -1, 0);
        call(SET_MODE, port, 0, 1, 3);
        call(BUTTON_MASK, port, 0);
        assertThat(run()).containsExactly(0, 0, -1, 0, 0);
        assertThat(octets(DATA + 136, 2)).containsExactly(0xFF, 0);
    }

    @Test
    void thePadTellsWhatItIs() {
        open(0);
        call(INFO_ACTUATOR, 0, 0, -1, 0);
        call(INFO_ACTUATOR, 0, 0, 0, 4);
        call(INFO_ACTUATOR, 0, 0, 1, 4);
        call(INFO_ACTUATOR, 0, 0, 2, 1);
        call(INFO_COMBINATION, 0, 0, -1, 0);
        call(INFO_COMBINATION, 0, 0, 0, -1);
        call(INFO_COMBINATION, 0, 0, 1, 0);
        call(INFO_MODE, 0, 0, 2, 0);
        call(INFO_MODE, 0, 0, 4, -1);
        call(INFO_MODE, 0, 0, 4, 1);
        call(INFO_MODE, 0, 0, 4, 2);
        call(INFO_MODE, 0, 0, 5, 0);
        assertThat(run()).containsExactly(2, 0x0A, 0x14, -1, 1, 2, -1, 4, 2, 7, 0, -1);
    }

    /** One request at a time: until it is over others fail, and the pad cannot be closed. */
    @Test
    void theModeChangesWithTheNextBlank() {
        open(0);
        call(SET_MODE, 0, 0, 2, 3);
        call(SET_MODE, 0, 0, 1, 3);
        call(SET_MODE, 0, 0, 0, 3);
        call(INFO_MODE, 0, 0, 2, 0);
        call(CLOSE, 0, 0, 1);
        assertThat(run()).containsExactly(0, 1, 0, 0, 0);
        vblank();
        call(INFO_MODE, 0, 0, 2, 0);
        call(INFO_MODE, 0, 0, 3, 0);
        call(BUTTON_MASK, 0, 0);
        call(BUTTON_INFO, 0, 0, 0xFFF);
        assertThat(run()).containsExactly(7, 1, 0x3FFFF, 1);
        vblank();
        call(BUTTON_DATA, 0, 0, DATA);
        call(CLOSE, 0, 0, 1);
        call(CLOSE, 0, 0, 1);
        assertThat(run()).containsExactly(32, 1, 0);
        assertThat(octets(DATA + 137, 1)).as("with pressures").containsExactly(0x79);
    }

    @Test
    void motorsGetTheBytesOfPolls() {
        open(0);
        Place align = module.words(0xFFFF_0100, 0x0000_FFFF);
        call(ALIGN, 0, 0, align);
        run();
        vblank();
        Place power = module.words(0x0000_8001, 0);
        call(DRIVE, 0, 0, power);
        assertThat(run()).containsExactly(1);
        vblank();
        call(IN_BUFFER, 0, 0, DATA);
        run();
        assertThat(octets(DATA, 9)).containsExactly(0x01, 0x42, 0, 0x01, 0x80, 0xFF, 0xFF, 0xFF, 0xFF);
        assertThat(console.noticed).extracting(Notices.Notice::text).anyMatch(text -> text.contains("do not vibrate"));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "-1, 0", "0, 1", "0, -1", "0x7FFFFFFF, 0"})
    void portsAndSlotsThatAreNotThereFail(String port, int slot) {
        int number = Integer.decode(port);
        call(INIT, 0);
        call(OPEN, number, slot, AREA, 0);
        for (int ordinal = INFO_ACTUATOR; ordinal <= BUTTON_INFO; ordinal++) {
            call(ordinal, number, slot, 0, 0);
        }
        call(CLOSE, number, slot, 1);
        call(END);
        assertThat(run()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(console.crash).isNull();
    }

    @Test
    void theEndClosesAllPads() {
        open(0);
        call(END);
        call(CLOSE, 0, 0, 1);
        assertThat(run()).containsExactly(1, 0);
    }
}
