package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.CallingModule;
import soliloquy.bios.irx.CallingModule.Place;

/** Layout of sio2_transfer_data_t from ps2sdk's sio2man.h; the pad's answers are those of a DualShock 2 (ps2tek, "SIO2"). */
class Sio2manTest {
    private static final int DATA = CallingModule.DATA;
    private static final long CYCLES = 100_000_000;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule("sio2man", 0x0203);

    @BeforeEach
    void provide() {
        console.start();
        console.iopKernel.provide("sio2man");
    }

    private int octet(int address) {
        return console.iopBus.ram().read8(address);
    }

    private Place transfer(Place in, int port, int out) {
        Object[] words = new Object[37];
        Arrays.fill(words, 0);
        words[1 + port] = 0xFFC0_0505;
        words[5 + port] = 0x0002_0014;
        words[10] = port | 5 << 8 | 5 << 18;
        words[27] = 5;
        words[28] = 5;
        words[29] = in;
        words[30] = out;
        return module.words(words);
    }

    @Test
    void aPadAnswersAndAnEmptyPortDoesNot() {
        Place poll = module.words(0x0000_4201, 0);
        Place pad = transfer(poll, 0, DATA);
        Place nothing = transfer(poll, 1, DATA + 8);
        module.call("sio2man", 46);
        module.call("sio2man", 51, pad);
        module.call("sio2man", 51, nothing);
        module.call("sio2man", 52);
        module.call("sio2man", 58, 0);
        assertThat(module.run(console, CYCLES)).startsWith(0, 1, 1).endsWith(1);
        assertThat(octet(DATA + 1)).as("identity").isEqualTo(0x41);
        assertThat(octet(DATA + 2)).isEqualTo(0x5A);
        assertThat(octet(DATA + 3)).as("no button").isEqualTo(0xFF);
        assertThat(octet(DATA + 8 + 2)).isEqualTo(0xFF);
        assertThat(console.noticed).isEmpty();
    }

    /** sio2man.c: the transfer's semaphore lets one at a time through. */
    @Test
    void theNextWaitsForItsTurn() {
        Place reached = module.counting(DATA, 0);
        module.call("sio2man", 46);
        module.call("sio2man", 47);
        module.call("intrman", 14, reached, 0, 0, 0);
        module.run(console, CYCLES);
        assertThat(octet(DATA)).isZero();
        CallingModule other = new CallingModule("sio2man", 0x0203);
        other.call("sio2man", 52);
        other.run(console, CYCLES);
        assertThat(octet(DATA)).isEqualTo(1);
    }

    @Test
    void theLibraryComesOnceWithItsModule() {
        for (int i = 0; i < 100; i++) {
            console.iopKernel.provide("sio2man");
        }
        module.call("sio2man", 58, 0);
        assertThat(module.run(console, CYCLES)).containsExactly(1);
    }
}
