package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/** Clocks, flags and their edges. Source: ps2tek "EE Timers". */
class EeTimersTest {
    private static final int COUNT = 0x10000000;
    private static final int MODE = 0x10000010;
    private static final int COMP = 0x10000020;
    private static final int CUE = 0x80;
    private static final int CMPE = 0x100;
    private static final int OVFE = 0x200;

    private final Scheduler scheduler = new Scheduler();
    private final Intc intc = new Intc(asserted -> {});
    private final EeTimers timers = new EeTimers(scheduler, intc, new Notices(notice -> {}));

    private void runTo(long time) {
        while (scheduler.nextEventTime() <= time) {
            scheduler.advanceTo(scheduler.nextEventTime());
            scheduler.fireDue();
        }
        scheduler.advanceTo(time);
    }

    private boolean interrupted(int timer) {
        long bit = 1L << 9 + timer;
        boolean was = (intc.read(0x1000F000, 4) & bit) != 0;
        intc.write(0x1000F000, 4, bit);
        return was;
    }

    @Test
    void clocksDivideTheBusClock() {
        for (int clock = 0; clock < 3; clock++) {
            timers.write(MODE + 0x800 * clock, 4, CUE | clock);
        }
        runTo(512 * 5 + 1);
        assertThat(timers.read(COUNT, 4)).isEqualTo(256 * 5);
        assertThat(timers.read(COUNT + 0x800, 4)).isEqualTo(16 * 5);
        assertThat(timers.read(COUNT + 0x1000, 4)).isEqualTo(5);
    }

    @Test
    void compareInterruptsOnceUntilItsFlagIsCleared() {
        timers.write(COMP, 4, 100);
        timers.write(MODE, 4, CUE | CMPE | 0x40);
        runTo(199);
        assertThat(interrupted(0)).isFalse();
        runTo(200);
        assertThat(interrupted(0)).isTrue();
        assertThat(timers.read(COUNT, 4)).isZero();
        runTo(450);
        assertThat(interrupted(0)).isFalse();
        assertThat(timers.read(COUNT, 4)).isEqualTo(25);
        timers.write(MODE, 4, CUE | CMPE | 0x40 | 0x400);
        runTo(600);
        assertThat(interrupted(0)).isTrue();
        assertThat(timers.read(MODE, 4) & 0x400).isEqualTo(0x400);
    }

    @Test
    void overflowInterrupts() {
        timers.write(COUNT, 4, 0xFFFE);
        timers.write(MODE, 4, CUE | OVFE);
        runTo(4);
        assertThat(interrupted(0)).isTrue();
        assertThat(timers.read(COUNT, 4)).isZero();
        assertThat(timers.read(MODE, 4)).isEqualTo(CUE | OVFE | 0x800);
    }

    @Test
    void horizontalBlanksAreCounted() {
        AtomicInteger told = new AtomicInteger();
        timers.onLinesCounted(told::incrementAndGet);
        assertThat(timers.lineCounter().counting()).isFalse();
        timers.write(MODE + 0x1800, 4, CUE | CMPE | 3);
        assertThat(timers.lineCounter().counting()).isTrue();
        assertThat(told).hasValue(1);
        timers.write(COMP + 0x1800, 4, 2);
        timers.lineCounter().lineEnds();
        assertThat(interrupted(3)).isFalse();
        timers.lineCounter().lineEnds();
        assertThat(interrupted(3)).isTrue();
        runTo(1_000_000);
        assertThat(timers.read(COUNT + 0x1800, 4)).isEqualTo(2);
    }

    @Test
    void stoppedTimerStands() {
        timers.write(MODE, 4, CUE);
        runTo(20);
        timers.write(MODE, 4, 0);
        runTo(200);
        assertThat(timers.read(COUNT, 4)).isEqualTo(10);
        timers.write(MODE, 4, CUE);
        runTo(202);
        assertThat(timers.read(COUNT, 4)).isEqualTo(11);
    }
}
