package soliloquy.machine;

/**
 * Told what happens in the console, in guest time, by the emulation thread. A sink changes nothing of the machine. On one
 * {@link TraceTrack} times do not go backwards, and every beginning has its end, except what is under way at the end of a run.
 */
public interface TraceSink {
    /** Takes nothing. */
    TraceSink NONE = new TraceSink() {
        @Override
        public void begin(TraceEvent event, long time, long argument) {}

        @Override
        public void end(TraceEvent event, long time, long result) {}

        @Override
        public void instant(TraceEvent event, long time, long argument) {}

        @Override
        public void count(TraceEvent event, long time, long amount) {}
    };

    /** Something begins at {@code time}, in EE cycles. */
    void begin(TraceEvent event, long time, long argument);

    /** It ends. */
    void end(TraceEvent event, long time, long result);

    /** Something happens that takes no time. */
    void instant(TraceEvent event, long time, long argument);

    /** Something was there {@code amount} times more. */
    void count(TraceEvent event, long time, long amount);
}
