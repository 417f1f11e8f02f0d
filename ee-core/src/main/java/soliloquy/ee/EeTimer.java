package soliloquy.ee;

import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/**
 * One 16-bit timer. The count is worked out when somebody looks; an event is pending only while an interrupt can come of it.
 * Source: ps2tek "EE Timers".
 */
final class EeTimer {
    private static final int CLOCK_HBLANK = 3;
    private static final int MODE_GATE = 1 << 2;
    private static final int MODE_ZRET = 1 << 6;
    private static final int MODE_CUE = 1 << 7;
    private static final int MODE_CMPE = 1 << 8;
    private static final int MODE_OVFE = 1 << 9;
    private static final int MODE_EQUF = 1 << 10;
    private static final int MODE_OVFF = 1 << 11;
    private static final int MODE_WRITABLE = 0x3FF;
    private static final int RANGE = 0x1_0000;
    /** Bus cycles in a count of BUSCLK, BUSCLK/16, BUSCLK/256. */
    private static final int[] DIVIDERS = {1, 16, 256};

    private final int number;
    private final Scheduler scheduler;
    private final EventType event;
    private final InterruptLine interrupt;
    private final Notices notices;
    private int mode;
    private int count;
    private int compare = 0xFFFF;
    private int hold;
    private long countedUntil;

    EeTimer(int number, Scheduler scheduler, EventType event, InterruptLine interrupt, Notices notices) {
        this.number = number;
        this.scheduler = scheduler;
        this.event = event;
        this.interrupt = interrupt;
        this.notices = notices;
        scheduler.handle(event, (time, payload) -> {
            catchUp();
            schedule();
        });
    }

    /** Reads the register at {@code offset} from the timer's base. */
    int read(int offset) {
        catchUp();
        return switch (offset) {
            case 0x00 -> count; // COUNT
            case 0x10 -> mode; // MODE
            case 0x20 -> compare; // COMP
            case 0x30 -> number < 2 ? hold : 0; // HOLD
            default -> 0;
        };
    }

    void write(int offset, int value) {
        catchUp();
        switch (offset) {
            case 0x00 -> { // COUNT
                count = value & 0xFFFF;
                countedUntil = scheduler.now();
            }
            case 0x10 -> mode(value); // MODE
            case 0x20 -> compare = value & 0xFFFF; // COMP
            case 0x30 -> hold = value & 0xFFFF; // HOLD
            default -> {}
        }
        schedule();
    }

    /** An HBLANK edge, counted if that is the timer's clock. */
    void hblank() {
        if (countsLines()) {
            advance(1);
        }
    }

    boolean countsLines() {
        return (mode & MODE_CUE) != 0 && (mode & 3) == CLOCK_HBLANK;
    }

    /** Latches COUNT into HOLD, as an SBUS interrupt does for timers 0 and 1. */
    void latch() {
        catchUp();
        hold = count;
    }

    private void mode(int value) {
        int flags = mode & ~value & (MODE_EQUF | MODE_OVFF);
        int before = mode;
        mode = value & MODE_WRITABLE | flags;
        if (((before ^ mode) & (MODE_CUE | 3)) != 0) {
            countedUntil = scheduler.now();
        }
        boolean hblankGateOfHblank = (mode & 0xF) == (MODE_GATE | CLOCK_HBLANK);
        if ((mode & MODE_GATE) != 0 && !hblankGateOfHblank) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "EE timers",
                    0,
                    "timer " + number + " uses its gate; it counts as if the gate were open");
        }
    }

    private boolean countsTime() {
        return (mode & MODE_CUE) != 0 && (mode & 3) != CLOCK_HBLANK;
    }

    private int cyclesPerCount() {
        return DIVIDERS[mode & 3] * Clocks.EE_CYCLES_PER_BUS_CYCLE;
    }

    private void catchUp() {
        if (countsTime()) {
            int cycles = cyclesPerCount();
            long counts = (scheduler.now() - countedUntil) / cycles;
            if (counts > 0) {
                countedUntil += counts * cycles;
                advance(counts);
            }
        }
    }

    /** Counts until COUNT next equals COMP. */
    private int untilCompare() {
        return count < compare ? compare - count : RANGE - count + compare;
    }

    /** True if the count goes back to zero at COMP before it can overflow. */
    private boolean returnsBeforeOverflow() {
        return (mode & MODE_ZRET) != 0 && count < compare;
    }

    private void advance(long counts) {
        boolean equal = counts >= untilCompare();
        boolean overflow = !returnsBeforeOverflow() && counts >= RANGE - count;
        if ((mode & MODE_ZRET) != 0 && compare > 0 && equal) {
            count = (int) ((counts - untilCompare()) % compare);
        } else {
            count = (int) (count + counts) & 0xFFFF;
        }
        if (equal) {
            flag(MODE_CMPE, MODE_EQUF);
        }
        if (overflow) {
            flag(MODE_OVFE, MODE_OVFF);
        }
    }

    /** Sets a flag if it is enabled; only its 0 to 1 edge interrupts. */
    private void flag(int enable, int flag) {
        if ((mode & enable) != 0 && (mode & flag) == 0) {
            mode |= flag;
            interrupt.raise();
        }
    }

    private void schedule() {
        long counts = Long.MAX_VALUE;
        if (countsTime()) {
            if ((mode & (MODE_CMPE | MODE_EQUF)) == MODE_CMPE) {
                counts = untilCompare();
            }
            if ((mode & (MODE_OVFE | MODE_OVFF)) == MODE_OVFE && !returnsBeforeOverflow()) {
                counts = Math.min(counts, RANGE - count);
            }
        }
        if (counts != Long.MAX_VALUE) {
            scheduler.scheduleAt(event, countedUntil + counts * cyclesPerCount(), 0);
        } else if (scheduler.timeOf(event) != Scheduler.NEVER) {
            scheduler.cancel(event);
        }
    }
}
