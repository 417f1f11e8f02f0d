package soliloquy.iop;

import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/**
 * One timer of the IOP, 16 or 32 bits wide. The count is worked out when somebody looks; an event is pending only while an
 * interrupt can come of it. Source: ps2tek "IOP Timers".
 */
final class IopTimer {
    private static final int MODE_GATE = 1;
    private static final int MODE_ZERO_RETURN = 1 << 3;
    private static final int MODE_COMPARE_IRQ = 1 << 4;
    private static final int MODE_OVERFLOW_IRQ = 1 << 5;
    private static final int MODE_REPEAT = 1 << 6;
    private static final int MODE_TOGGLE = 1 << 7;
    private static final int MODE_EXTERNAL = 1 << 8;
    private static final int MODE_T2_PRESCALE = 1 << 9;
    private static final int MODE_IRQ_ENABLED = 1 << 10;
    private static final int MODE_COMPARE = 1 << 11;
    private static final int MODE_OVERFLOW = 1 << 12;
    private static final int MODE_WRITABLE = 0x63FF;
    /** What bits 14..13 divide the clock of timers 4 and 5 by. */
    private static final int[] PRESCALES = {1, 8, 16, 256};

    private static final int T2_PRESCALE = 8;
    /** The pixel clock of timer 0, 13.5 MHz, in EE cycles: 294.912 / 13.5 = 21.8; the nearest whole number. */
    private static final int PIXEL_EE_CYCLES = 22;

    private final int number;
    private final long range;
    private final Scheduler scheduler;
    private final EventType event;
    private final InterruptLine interrupt;
    private final Notices notices;
    private int mode;
    private long count;
    private long target;
    private long countedUntil;

    IopTimer(int number, Scheduler scheduler, InterruptLine interrupt, Notices notices) {
        this.number = number;
        this.scheduler = scheduler;
        this.interrupt = interrupt;
        this.notices = notices;
        range = number < 3 ? 1L << 16 : 1L << 32;
        event = EventType.values()[EventType.IOP_TIMER0.ordinal() + number];
        scheduler.handle(event, (time, payload) -> {
            catchUp();
            schedule();
        });
    }

    long read(int offset) {
        catchUp();
        return switch (offset) {
            case 0x0 -> count; // COUNT
            case 0x4 -> { // MODE: reading clears the flags
                int value = mode;
                mode &= ~(MODE_COMPARE | MODE_OVERFLOW);
                schedule();
                yield value;
            }
            case 0x8 -> target; // TARGET
            default -> 0;
        };
    }

    long peek(int offset) {
        catchUp();
        return switch (offset) {
            case 0x0 -> count;
            case 0x4 -> mode;
            case 0x8 -> target;
            default -> 0;
        };
    }

    void write(int offset, long value) {
        catchUp();
        switch (offset) {
            case 0x0 -> { // COUNT
                count = value & range - 1;
                countedUntil = scheduler.now();
            }
            case 0x4 -> { // MODE: writing zeroes COUNT
                mode = (int) value & MODE_WRITABLE | MODE_IRQ_ENABLED;
                count = 0;
                countedUntil = scheduler.now();
                if ((mode & MODE_GATE) != 0) {
                    notices.report(
                            Notices.Kind.UNIMPLEMENTED,
                            "IOP timers",
                            0,
                            "timer " + number + " uses its gate; it counts as if the gate were open");
                }
            }
            case 0x8 -> { // TARGET
                target = value & range - 1;
                if ((mode & MODE_TOGGLE) == 0) {
                    mode |= MODE_IRQ_ENABLED;
                }
            }
            default -> {}
        }
        schedule();
    }

    /** An HBLANK edge, counted by timers 1 and 3 if that is their clock. */
    void hblank() {
        if (countsLines()) {
            advance(1);
        }
    }

    boolean countsLines() {
        return (number == 1 || number == 3) && (mode & MODE_EXTERNAL) != 0;
    }

    private int cyclesPerCount() {
        if (number == 0 && (mode & MODE_EXTERNAL) != 0) {
            return PIXEL_EE_CYCLES;
        }
        int prescale = 1;
        if (number == 2 && (mode & MODE_T2_PRESCALE) != 0) {
            prescale = T2_PRESCALE;
        } else if (number > 3) {
            prescale = PRESCALES[mode >>> 13 & 3];
        }
        return prescale * Clocks.EE_CYCLES_PER_IOP_CYCLE;
    }

    private void catchUp() {
        if (!countsLines()) {
            int cycles = cyclesPerCount();
            long counts = (scheduler.now() - countedUntil) / cycles;
            if (counts > 0) {
                countedUntil += counts * cycles;
                advance(counts);
            }
        }
    }

    private long untilTarget() {
        return count < target ? target - count : range - count + target;
    }

    private boolean returnsBeforeOverflow() {
        return (mode & MODE_ZERO_RETURN) != 0 && count < target;
    }

    private void advance(long counts) {
        boolean equal = counts >= untilTarget();
        boolean overflow = !returnsBeforeOverflow() && counts >= range - count;
        if ((mode & MODE_ZERO_RETURN) != 0 && target > 0 && equal) {
            count = (counts - untilTarget()) % target;
        } else {
            count = count + counts & range - 1;
        }
        if (equal) {
            flag(MODE_COMPARE, MODE_COMPARE_IRQ);
        }
        if (overflow) {
            flag(MODE_OVERFLOW, MODE_OVERFLOW_IRQ);
        }
    }

    /** One-shot timers interrupt once after MODE is written, repeating ones each time. */
    private void flag(int flag, int enable) {
        mode |= flag;
        if ((mode & enable) != 0) {
            if ((mode & MODE_IRQ_ENABLED) != 0) {
                interrupt.raise();
            }
            if ((mode & MODE_REPEAT) == 0) {
                mode &= ~MODE_IRQ_ENABLED;
            } else if ((mode & MODE_TOGGLE) != 0) {
                mode ^= MODE_IRQ_ENABLED;
            }
        }
    }

    private void schedule() {
        long counts = Long.MAX_VALUE;
        boolean canInterrupt = (mode & (MODE_IRQ_ENABLED | MODE_REPEAT)) != 0;
        if (canInterrupt && !countsLines()) {
            if ((mode & MODE_COMPARE_IRQ) != 0) {
                counts = untilTarget();
            }
            if ((mode & MODE_OVERFLOW_IRQ) != 0 && !returnsBeforeOverflow()) {
                counts = Math.min(counts, range - count);
            }
        }
        if (counts != Long.MAX_VALUE) {
            scheduler.scheduleAt(event, countedUntil + counts * cyclesPerCount(), 0);
        } else if (scheduler.timeOf(event) != Scheduler.NEVER) {
            scheduler.cancel(event);
        }
    }
}
