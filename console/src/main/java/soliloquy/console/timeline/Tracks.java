package soliloquy.console.timeline;

import soliloquy.machine.TraceTrack;

/**
 * Events in order on their tracks: on each, times do not go backwards and what begins ends. For the emulation thread, which is not
 * kept waiting but by a full queue.
 */
final class Tracks {
    /** Guest time after which events are handed to the writer though few: a quarter of a second. */
    private static final long LONGEST_BATCH = 294_912_000 / 4;

    private final EventQueue queue;
    private final long[] lastTimes = new long[TraceTrack.values().length];
    private final int[] depths = new int[TraceTrack.values().length];
    private EventQueue.Batch batch;
    private long batchFrom;
    private volatile boolean ending;
    private volatile boolean ended;

    Tracks(EventQueue queue) {
        this.queue = queue;
        batch = queue.empty();
    }

    void begin(TraceTrack track, int name, long time, int label, long number) {
        depths[track.ordinal()]++;
        add(TraceJson.BEGIN, track, name, time, label, number);
    }

    /** Ends what began last on the track; nothing if nothing is under way. */
    void end(TraceTrack track, long time, int label, long number) {
        if (depths[track.ordinal()] > 0) {
            depths[track.ordinal()]--;
            add(TraceJson.END, track, 0, time, label, number);
        }
    }

    void instant(TraceTrack track, int name, long time, int label, long number) {
        add(TraceJson.INSTANT, track, name, time, label, number);
    }

    void counter(TraceTrack track, int name, long time, int label, long number) {
        add(TraceJson.COUNTER, track, name, time, label, number);
    }

    /** How many things are under way on the track, one in the other. */
    int depth(TraceTrack track) {
        return depths[track.ordinal()];
    }

    private void add(int kind, TraceTrack track, int name, long time, int label, long number) {
        if (ended) {
            return;
        }
        if (batch.isFull() || time - batchFrom > LONGEST_BATCH || ending) {
            handOver(time);
            if (ended) {
                return;
            }
        }
        long at = Math.max(time, lastTimes[track.ordinal()]);
        lastTimes[track.ordinal()] = at;
        batch.add(TimelineWriter.what(kind, track, name, label), at, number);
    }

    private void handOver(long time) {
        queue.put(batch);
        batch = ending ? null : queue.empty();
        batchFrom = time;
        ended = batch == null;
    }

    /** Ends all that is under way and hands over all events; for the emulation thread. */
    void finish(long time) {
        for (TraceTrack track : TraceTrack.values()) {
            while (depth(track) > 0) {
                end(track, time, 0, 0);
            }
        }
        if (!ended) {
            ending = true;
            handOver(time);
        }
    }

    /** Has the emulation thread hand over all events with the next one; for other threads. */
    void finishSoon() {
        ending = true;
    }

    /** True once nothing more will come. */
    boolean ended() {
        return ended;
    }
}
