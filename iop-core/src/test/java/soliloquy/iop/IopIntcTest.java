package soliloquy.iop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** I_STAT, I_MASK and I_CTRL as ps2tek describes them. */
class IopIntcTest {
    private static final int STAT = 0x1F801070;
    private static final int MASK = 0x1F801074;
    private static final int CTRL = 0x1F801078;

    private boolean pin;
    private final IopIntc intc = new IopIntc(asserted -> pin = asserted);

    @Test
    void pinNeedsEnableMaskAndStatus() {
        intc.line(IopIntc.CDVD).raise();
        assertThat(pin).isFalse();
        intc.write(MASK, 4, 4);
        assertThat(pin).isFalse();
        intc.write(CTRL, 4, 1);
        assertThat(pin).isTrue();
        intc.write(STAT, 4, ~4);
        assertThat(pin).isFalse();
        assertThat(intc.read(STAT, 4)).isZero();
    }

    @Test
    void writingZeroClearsOnlyThatBit() {
        intc.line(IopIntc.CDVD).raise();
        intc.line(IopIntc.SIO2).raise();
        intc.write(STAT, 4, ~(1L << 17));
        assertThat(intc.read(STAT, 4)).isEqualTo(4);
    }

    @Test
    void readingControlDisables() {
        intc.write(CTRL, 4, 1);
        assertThat(intc.read(CTRL, 4)).isEqualTo(1);
        assertThat(intc.read(CTRL, 4)).isZero();
    }
}
