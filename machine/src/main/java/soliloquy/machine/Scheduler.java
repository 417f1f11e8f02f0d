package soliloquy.machine;

import java.util.Arrays;

/**
 * Guest time. Counts EE cycles ({@link Clocks#EE_HZ}) in a {@code long} and fires typed events in order of time; events of
 * equal time fire in the order of {@link EventType}. Used by the emulation thread only; allocates nothing after
 * construction.
 */
public final class Scheduler {
    /** The time of an event that is not pending. */
    public static final long NEVER = Long.MAX_VALUE;

    private final EventHandler[] handlers = new EventHandler[EventType.values().length];
    private final long[] times = new long[EventType.values().length];
    private final long[] payloads = new long[EventType.values().length];
    private long now;
    private long next = NEVER;
    private DeadlineListener deadlineListener = deadline -> {};
    private TraceSink trace = TraceSink.NONE;

    public Scheduler() {
        Arrays.fill(times, NEVER);
    }

    /** Told when the next event moves nearer, so that a processor in the middle of a slice can shorten it. */
    @FunctionalInterface
    public interface DeadlineListener {
        /** An event is now due at {@code deadline}, earlier than the earliest one before. */
        void nearer(long deadline);
    }

    /** Installs the one listener, the processor that runs between events. */
    public void onNearerDeadline(DeadlineListener listener) {
        deadlineListener = listener;
    }

    /** Who is told what happens at which time. */
    public TraceSink trace() {
        return trace;
    }

    /** Tells {@code sink} from now on, in place of any other. */
    public void trace(TraceSink sink) {
        trace = sink;
    }

    /** Installs the handler of a type. A type has one handler for the life of the console. */
    public void handle(EventType type, EventHandler handler) {
        if (handlers[type.ordinal()] != null) {
            throw new IllegalStateException("event " + type + " already has a handler");
        }
        handlers[type.ordinal()] = handler;
    }

    /** The present, in EE cycles since power-on. Exact whenever a device is accessed. */
    public long now() {
        return now;
    }

    /** Moves the present forward without firing anything: the processor calls this before it touches a device. */
    public void advanceTo(long time) {
        if (time > now) {
            now = time;
        }
    }

    /** Time of the earliest pending event, or {@link #NEVER}. */
    public long nextEventTime() {
        return next;
    }

    /** Schedules (or moves) the event of {@code type} to {@code time}. */
    public void scheduleAt(EventType type, long time, long payload) {
        int index = type.ordinal();
        boolean wasNext = times[index] == next;
        times[index] = time;
        payloads[index] = payload;
        if (time < next) {
            next = time;
            deadlineListener.nearer(time);
        } else if (wasNext) {
            next = earliest();
        }
    }

    /** Schedules the event of {@code type} for {@code cycles} EE cycles from now. */
    public void scheduleIn(EventType type, long cycles, long payload) {
        scheduleAt(type, now + cycles, payload);
    }

    /** Removes the pending event of {@code type}, if there is one. */
    public void cancel(EventType type) {
        times[type.ordinal()] = NEVER;
        next = earliest();
    }

    /** Time for which the event of {@code type} is pending, or {@link #NEVER}. */
    public long timeOf(EventType type) {
        return times[type.ordinal()];
    }

    /** Fires all events that are due at the present, also those they schedule for it. */
    public void fireDue() {
        while (next <= now) {
            int due = 0;
            for (int i = 1; i < times.length; i++) {
                if (times[i] < times[due]) {
                    due = i;
                }
            }
            long time = times[due];
            times[due] = NEVER;
            next = earliest();
            handlers[due].due(time, payloads[due]);
        }
    }

    private long earliest() {
        long earliest = NEVER;
        for (long time : times) {
            earliest = Math.min(earliest, time);
        }
        return earliest;
    }
}
