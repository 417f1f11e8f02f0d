package soliloquy.bios.irx;

import java.util.PriorityQueue;
import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.Scheduler;

/**
 * The time that the modules' code takes: work to be done some IOP cycles from now, on the scheduler's event for IOP
 * software. How long real modules take is not recorded; every duration given here is an estimate.
 */
public final class IopTime {
    private record Work(long due, long order, Runnable body) implements Comparable<Work> {
        @Override
        public int compareTo(Work other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
        }
    }

    private final Scheduler scheduler;
    private final PriorityQueue<Work> pending = new PriorityQueue<>();
    private long order;

    public IopTime(Scheduler scheduler) {
        this.scheduler = scheduler;
        scheduler.handle(EventType.IOP_SOFTWARE, (time, payload) -> run());
    }

    /** Does {@code body} after {@code iopCycles}. */
    public void after(long iopCycles, Runnable body) {
        pending.add(new Work(scheduler.now() + iopCycles * Clocks.EE_CYCLES_PER_IOP_CYCLE, order++, body));
        schedule();
    }

    /** Does {@code body} at EE cycle {@code cycle}, or now if that is past. */
    void at(long cycle, Runnable body) {
        pending.add(new Work(Math.max(cycle, scheduler.now()), order++, body));
        schedule();
    }

    /** The present EE cycle. */
    public long now() {
        return scheduler.now();
    }

    private void run() {
        while (!pending.isEmpty() && pending.peek().due <= scheduler.now()) {
            pending.remove().body.run();
        }
        schedule();
    }

    private void schedule() {
        if (!pending.isEmpty()) {
            scheduler.scheduleAt(EventType.IOP_SOFTWARE, pending.peek().due, 0);
        }
    }
}
