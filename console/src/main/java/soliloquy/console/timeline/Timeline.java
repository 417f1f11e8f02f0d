package soliloquy.console.timeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import soliloquy.console.Console;
import soliloquy.console.Instrument;
import soliloquy.console.profile.FunctionNames;
import soliloquy.console.profile.StackSampler;
import soliloquy.ee.IntcSource;
import soliloquy.machine.Clocks;
import soliloquy.machine.TraceEvent;
import soliloquy.machine.TraceSink;
import soliloquy.machine.TraceTrack;

/**
 * Writes what happens in a console, in guest time, to a file for Chrome's trace viewer and Perfetto. Memory is bounded and the file is
 * complete JSON at any moment, even if the process is killed.
 */
public final class Timeline implements Instrument, TraceSink, AutoCloseable {
    /** EE cycles of computing between two looks at the EE: about 50 microseconds; prime. */
    private static final long PERIOD = 14_747;
    /** Over which the rate of the disc is averaged: 10 ms. */
    private static final long RATE_TIME = Clocks.EE_HZ / 100;

    private static final long CLOSE_MILLIS = 2000;

    private final TimelineWriter.Names names = new TimelineWriter.Names();
    private final Tracks tracks;
    private final TimelineWriter writer;
    private final Thread thread;
    private final Thread hook = new Thread(this::interrupted, "timeline end");
    private final int[] titles = new int[TraceEvent.values().length];
    private final int[] labels = new int[TraceEvent.values().length];
    private final int[] results = new int[TraceEvent.values().length];
    private final int[] sources = new int[IntcSource.values().length];
    private final Map<Long, Integer> threadNames = new HashMap<>();
    private final int rateName;
    private final int rateLabel;
    private Console console;
    private StackSampler sampler;
    private long octets;
    private long ratedUntil;

    /**
     * Makes the file and starts to write.
     *
     * @param timing name of the timing profile, for the file
     * @throws soliloquy.machine.InputException if the file cannot be made
     */
    public Timeline(Path file, String timing) throws IOException {
        EventQueue queue = new EventQueue();
        tracks = new Tracks(queue);
        for (TraceEvent event : TraceEvent.values()) {
            titles[event.ordinal()] = names.add(event.title);
            labels[event.ordinal()] = event.argument.isEmpty() ? 0 : names.add(event.argument);
            results[event.ordinal()] = event.result.isEmpty() ? 0 : names.add(event.result);
        }
        for (IntcSource source : IntcSource.values()) {
            sources[source.ordinal()] = names.add(source.name());
        }
        rateName = names.add("disc");
        rateLabel = names.add("bytes/s");
        writer = new TimelineWriter(file, timing, queue, names);
        thread = new Thread(writer, "timeline");
        thread.setDaemon(true);
        thread.start();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void attach(Console watched) {
        console = watched;
        console.scheduler().trace(this);
        console.intc()
                .observe(line ->
                        instant(TraceEvent.EE_INTERRUPT, console.scheduler().now(), line));
        console.iopIntc()
                .observe(line ->
                        instant(TraceEvent.IOP_INTERRUPT, console.scheduler().now(), line));
        FunctionNames functions = new FunctionNames();
        sampler = new StackSampler(console, functions, PERIOD, new CallTracks(tracks, names, functions));
        sampler.start();
    }

    @Override
    public void detach(Console watched) {
        sampler.end();
        console.scheduler().trace(TraceSink.NONE);
        console.intc().observe(line -> {});
        console.iopIntc().observe(line -> {});
        tracks.finish(console.ee().cycles());
    }

    /**
     * Waits until all is in the file.
     *
     * @throws InterruptedIOException if the thread is interrupted before that
     */
    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(hook);
        writer.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the trace was being written");
        }
    }

    /** Why the file lacks events, as a sentence; null if it lacks none. For after {@link #close}. */
    public String failure() {
        return writer.failure();
    }

    /** The process is being ended: what there is gets into the file. */
    private void interrupted() {
        tracks.finishSoon();
        try {
            for (int i = 0; i < CLOSE_MILLIS && !tracks.ended(); i++) {
                Thread.sleep(1);
            }
            writer.close();
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void begin(TraceEvent event, long time, long argument) {
        while (tracks.depth(event.track) > 0) { // a reset of the IOP ends its threads without a word
            tracks.end(event.track, time, 0, 0);
        }
        int name = event == TraceEvent.IOP_THREAD || event == TraceEvent.IOP_HANDLER
                ? threadName(event, argument)
                : titles[event.ordinal()];
        tracks.begin(event.track, name, time, labels[event.ordinal()], argument);
    }

    private int threadName(TraceEvent event, long argument) {
        return threadNames.computeIfAbsent(
                (long) event.ordinal() << 32 | argument & 0xFFFF_FFFFL,
                key -> names.add(
                        event == TraceEvent.IOP_THREAD
                                ? console.iopKernel().describeThread((int) argument)
                                : console.iopKernel().describe((int) argument)));
    }

    @Override
    public void end(TraceEvent event, long time, long result) {
        tracks.end(event.track, time, results[event.ordinal()], result);
    }

    @Override
    public void instant(TraceEvent event, long time, long argument) {
        boolean source = event == TraceEvent.EE_INTERRUPT && argument < sources.length;
        int name = source ? sources[(int) argument] : titles[event.ordinal()];
        tracks.instant(event.track, name, time, labels[event.ordinal()], argument);
    }

    @Override
    public void count(TraceEvent event, long time, long amount) {
        octets += amount;
        if (time - ratedUntil >= RATE_TIME) {
            long rate = (long) (octets / Clocks.seconds(time - ratedUntil));
            tracks.counter(TraceTrack.DISC_RATE, rateName, time, rateLabel, rate);
            octets = 0;
            ratedUntil = time;
        }
    }
}
