package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of cdvdman_speedctl in ps2sdk's cdvdman: the program's value, the drive's with a CD, with a DVD. */
class SpindleControlTest {
    @ParameterizedTest
    @CsvSource({
        "0, 4, 2",
        "1, 133, 131",
        "2, 1, 1",
        "3, 2, 2",
        "4, 131, 2",
        "5, 4, 3",
        "17, 132, 130",
        "18, 131, 1",
        "20, 5, 3",
        "99, 133, 131"
    })
    void theDrivesParameter(int control, int cd, int dvd) {
        assertThat(SpindleControl.parameter(control, false)).isEqualTo(cd);
        assertThat(SpindleControl.parameter(control, true)).isEqualTo(dvd);
    }
}
