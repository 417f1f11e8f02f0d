package soliloquy.bios.kernel;

import java.util.Arrays;
import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.Scheduler;

/**
 * One-shot alarms counted in video lines. The real kernel programs timer 3, which it owns, to count HBLANKs; here the
 * scheduler keeps the time and raises timer 3's interrupt when the first alarm is due.
 */
final class Alarms {
    private static final int FAILED = -1;
    private static final int CAPACITY = 64;

    /** EE cycles of a line: 15,734.26 lines a second of NTSC. */
    private static final long LINE_CYCLES = Clocks.EE_HZ * 1001 / 15_750_000;

    private final Scheduler scheduler;
    private final InterruptHandlers interrupts;
    private final long[] due = new long[CAPACITY];
    private final int[] lines = new int[CAPACITY];
    private final int[] functions = new int[CAPACITY];
    private final int[] arguments = new int[CAPACITY];
    private final int[] pointers = new int[CAPACITY];

    Alarms(Scheduler scheduler, InterruptHandlers interrupts, InterruptLine timer3) {
        this.scheduler = scheduler;
        this.interrupts = interrupts;
        scheduler.handle(EventType.EE_KERNEL_ALARM, (time, payload) -> timer3.raise());
        reset();
    }

    void reset() {
        Arrays.fill(due, Scheduler.NEVER);
        scheduler.cancel(EventType.EE_KERNEL_ALARM);
    }

    /** Calls {@code function(id, lineCount, argument)} after {@code lineCount} lines; returns its number or -1. */
    int set(int lineCount, int function, int argument, int gp) {
        for (int id = 0; id < CAPACITY; id++) {
            if (due[id] == Scheduler.NEVER) {
                lines[id] = lineCount & 0xFFFF;
                due[id] = scheduler.now() + lines[id] * LINE_CYCLES;
                functions[id] = function;
                arguments[id] = argument;
                pointers[id] = gp;
                schedule();
                return id;
            }
        }
        return FAILED;
    }

    /** Takes an alarm back; returns its number or -1. */
    int release(int id) {
        if (id < 0 || id >= CAPACITY || due[id] == Scheduler.NEVER) {
            return FAILED;
        }
        due[id] = Scheduler.NEVER;
        schedule();
        return id;
    }

    /** Timer 3 has interrupted: calls what is due, in order of time. */
    void interrupt() {
        int id = earliest();
        while (id >= 0 && due[id] <= scheduler.now()) {
            due[id] = Scheduler.NEVER;
            interrupts.call(functions[id], id, lines[id], arguments[id], pointers[id]);
            id = earliest();
        }
        schedule();
    }

    private void schedule() {
        int id = earliest();
        if (id < 0) {
            scheduler.cancel(EventType.EE_KERNEL_ALARM);
        } else {
            scheduler.scheduleAt(EventType.EE_KERNEL_ALARM, due[id], 0);
        }
    }

    private int earliest() {
        int found = FAILED;
        for (int id = 0; id < CAPACITY; id++) {
            if (due[id] != Scheduler.NEVER && (found < 0 || due[id] < due[found])) {
                found = id;
            }
        }
        return found;
    }
}
