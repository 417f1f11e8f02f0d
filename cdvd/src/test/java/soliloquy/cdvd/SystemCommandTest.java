package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.machine.Notices.Kind;

/** S-commands as ps2sdk's cdvdman uses them: it takes a result of another size than it expects for a failed transfer. */
class SystemCommandTest {
    private final DriveBench bench = new DriveBench(Discs.noise(DiscType.PS2_CD, 100));

    /** Command, parameters and result bytes of each call in cdvdman.c; the first byte of the result is 0 where it succeeds. */
    @ParameterizedTest
    @CsvSource({
        "02, 0, 11", "05, 0, 1", "08, 0, 8", "0A, 2, 3", "0B, 4, 1", "0C, 1, 1", "0F, 0, 1", "12, 0, 9", "13, 8, 1",
        "14, 1, 1", "16, 1, 1", "17, 1, 9", "18, 9, 1", "19, 0, 1", "1B, 0, 1", "1C, 1, 1", "1E, 0, 5", "20, 0, 3",
        "21, 8, 1", "22, 0, 10", "24, 1, 1", "25, 1, 1", "29, 1, 1", "31, 1, 1", "32, 0, 2", "37, 0, 9", "38, 8, 1",
        "40, 3, 1", "43, 0, 1"
    })
    void commandsThatSucceed(String code, int parameters, int results) {
        int[] answer = bench.ask(Integer.parseInt(code, 16), new int[parameters]);
        assertThat(answer).hasSize(results);
        assertThat(answer[0]).isZero();
        assertThat(bench.notices).isEmpty();
    }

    /** Those of later controllers, of the recorder, and all that need keys; their answers have the size that is expected too. */
    @ParameterizedTest
    @CsvSource({
        "1D, 0, 5", "1F, 2, 1", "26, 0, 3", "27, 0, 13", "28, 1, 1", "2C, 2, 2", "2D, 2, 2", "2E, 0, 1", "33, 1, 1",
        "34, 0, 1", "35, 0, 2", "36, 0, 15", "3E, 15, 1", "80, 1, 1", "84, 0, 13", "85, 0, 13", "8F, 0, 1", "90, 5, 1",
        "91, 0, 3", "94, 0, 9", "97, 0, 9"
    })
    void commandsThatFailWithANotice(String code, int parameters, int results) {
        int[] answer = bench.ask(Integer.parseInt(code, 16), new int[parameters]);
        assertThat(answer).hasSize(results);
        assertThat(answer[0]).isEqualTo(0x80);
        assertThat(bench.notices).extracting(notice -> notice.kind()).containsExactly(Kind.UNIMPLEMENTED);
    }

    @Test
    void aCommandWithoutItsParametersFails() {
        assertThat(bench.ask(0x09, 1, 2, 3)).containsExactly(0x80);
        assertThat(bench.ask(0x0A, 1)).containsExactly(0x80, 0, 0);
        assertThat(bench.ask(0x18, 0, 1)).containsExactly(0x80);
    }

    @Test
    void wordsOfTheNonVolatileMemoryAreKept() {
        assertThat(bench.ask(0x0B, 0x01, 0xFF, 0xAB, 0xCD)).containsExactly(0);
        assertThat(bench.ask(0x0A, 0x01, 0xFF)).containsExactly(0, 0xAB, 0xCD);
        assertThat(bench.ask(0x0A, 0x01, 0xFE)).containsExactly(0, 0, 0);
        assertThat(bench.ask(0x0A, 0x02, 0x00)).containsExactly(0xFF, 0, 0);
        assertThat(bench.ask(0x0B, 0x02, 0x00, 1, 2)).containsExactly(0xFF);
    }

    @Test
    void theConsolesNumbersAreKept() {
        assertThat(bench.ask(0x13, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(0);
        assertThat(bench.ask(0x12)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(bench.ask(0x18, 0, 'S', 'C', 'P', 'H', '-', '5', '0', '0')).containsExactly(0);
        assertThat(bench.ask(0x18, 8, '0', '4', 0, 0, 0, 0, 0, 0)).containsExactly(0);
        assertThat(bench.ask(0x17, 0)).containsExactly(0, 'S', 'C', 'P', 'H', '-', '5', '0', '0');
        assertThat(bench.ask(0x17, 8)).containsExactly(0, '0', '4', 0, 0, 0, 0, 0, 0);
        assertThat(bench.ask(0x03, 0x44, 9, 8, 7, 6, 5, 4, 3, 2)).containsExactly(0);
        assertThat(bench.ask(0x03, 0x45)).containsExactly(0, 9, 8, 7, 6, 5, 4, 3, 2);
        assertThat(bench.ask(0x03, 0xEF)).hasSize(3);
    }

    @Test
    void anUnknownSubcommandFailsWithANotice() {
        assertThat(bench.ask(0x03, 0x77)).containsExactly(0x81);
        assertThat(bench.notices).extracting(notice -> notice.kind()).containsExactly(Kind.UNHANDLED);
    }

    @Test
    void powerOffSwitchesTheConsoleOff() {
        int[] off = new int[1];
        bench.drive.onPowerOff(() -> off[0]++);
        bench.ask(0x0F);
        assertThat(off[0]).isEqualTo(1);
    }
}
