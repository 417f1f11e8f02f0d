package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** INTC as ps2tek describes it. */
class IntcTest {
    private static final int STAT = 0x1000F000;
    private static final int MASK = 0x1000F010;

    private boolean int0;
    private final Intc intc = new Intc(asserted -> int0 = asserted);

    @Test
    void statusKeepsMaskedSourcesForProgramsThatPoll() {
        intc.line(IntcSource.VBLANK_START).raise();
        assertThat(intc.read(STAT, 4)).isEqualTo(4);
        assertThat(int0).isFalse();
        intc.write(STAT, 4, 4);
        assertThat(intc.read(STAT, 4)).isZero();
    }

    @Test
    void writingOneTogglesTheMask() {
        intc.write(MASK, 4, 0x6);
        intc.write(MASK, 4, 0x2);
        assertThat(intc.read(MASK, 4)).isEqualTo(4);
    }

    @Test
    void pinFollowsStatusAndMask() {
        intc.line(IntcSource.TIMER3).raise();
        intc.write(MASK, 4, 1 << 12);
        assertThat(int0).isTrue();
        intc.write(STAT, 4, 1 << 11);
        assertThat(int0).isTrue();
        intc.write(STAT, 4, 1 << 12);
        assertThat(int0).isFalse();
    }
}
