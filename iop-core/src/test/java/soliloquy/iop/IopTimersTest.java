package soliloquy.iop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/** Clocks and interrupts of the IOP's timers. Source: ps2tek "IOP Timers". */
class IopTimersTest {
    private static final int T0 = 0x1F801100;
    private static final int T5 = 0x1F8014A0;

    private final Scheduler scheduler = new Scheduler();
    private final IopIntc intc = new IopIntc(asserted -> {});
    private final IopTimers timers = new IopTimers(scheduler, intc, new Notices(notice -> {}));

    private void runTo(long time) {
        while (scheduler.nextEventTime() <= time) {
            scheduler.advanceTo(scheduler.nextEventTime());
            scheduler.fireDue();
        }
        scheduler.advanceTo(time);
    }

    private boolean interrupted(int line) {
        boolean was = (intc.status() >>> line & 1) != 0;
        intc.write(0x1F801070, 4, ~(1L << line));
        return was;
    }

    @Test
    void timerFiveCountsIopCyclesIn32Bits() {
        timers.write(T5 + 4, 4, 0);
        runTo(8L * 0x12345);
        assertThat(timers.read(T5, 4)).isEqualTo(0x12345);
        timers.write(T5 + 4, 4, 3 << 13);
        assertThat(timers.read(T5, 4)).isZero();
        runTo(8L * 0x12345 + 8 * 256 * 7);
        assertThat(timers.read(T5, 4)).isEqualTo(7);
    }

    @Test
    void targetInterruptsOnceOrRepeatedly() {
        timers.write(T0 + 4, 4, 0x18);
        timers.write(T0 + 8, 4, 10);
        runTo(79);
        assertThat(interrupted(IopIntc.TIMER0)).isFalse();
        runTo(80);
        assertThat(interrupted(IopIntc.TIMER0)).isTrue();
        assertThat(timers.read(T0 + 4, 4) & 0x1800).isEqualTo(0x800);
        assertThat(timers.read(T0 + 4, 4) & 0x1800).isZero();
        runTo(400);
        assertThat(interrupted(IopIntc.TIMER0)).isFalse();
        timers.write(T0 + 4, 4, 0x58);
        runTo(480);
        assertThat(interrupted(IopIntc.TIMER0)).isTrue();
        runTo(560);
        assertThat(interrupted(IopIntc.TIMER0)).isTrue();
    }

    @Test
    void lowTimersWrapAt16Bits() {
        timers.write(T0 + 4, 4, 0x20);
        runTo(8L * 0x1_0000);
        assertThat(interrupted(IopIntc.TIMER0)).isTrue();
        assertThat(timers.read(T0, 4)).isZero();
    }
}
