package soliloquy.console.profile;

import soliloquy.console.Console;
import soliloquy.console.Instrument;
import soliloquy.console.profile.CallTree.Count;
import soliloquy.ee.CacheCounts;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.TraceEvent;
import soliloquy.machine.TraceSink;

/** Makes a {@link GuestProfile} of a run. */
public final class Profiler implements Instrument, StackListener, TraceSink {
    private final long period;
    private final TimingProfile timing;
    private final FunctionNames names = new FunctionNames();
    private final CallTree tree = new CallTree();
    private final StageCounts stages = new StageCounts();
    private final StageFinder finder = new StageFinder(names);
    private Console console;
    private StackSampler sampler;
    private long samples;
    private long cycles;
    private long octets;
    private boolean driveReads;
    private long dataMisses;
    private long fetchMisses;
    private int waitingNode;

    /**
     * A profiler for one run.
     *
     * @param period EE cycles of computing between two samples
     */
    public Profiler(long period, TimingProfile timing) {
        this.period = period;
        this.timing = timing;
    }

    @Override
    public void attach(Console watched) {
        console = watched;
        console.scheduler().trace(this);
        sampler = new StackSampler(console, names, period, this);
        sampler.start();
    }

    @Override
    public void detach(Console watched) {
        sampler.end();
        console.scheduler().trace(TraceSink.NONE);
    }

    /** What the run came to so far. */
    public GuestProfile profile() {
        boolean caches = timing == TimingProfile.CACHE;
        return new GuestProfile(names, tree, stages, cycles, samples, period, caches, timing.label());
    }

    @Override
    public void ran(long until, long computed, int[] stack, int depth) {
        samples++;
        int node = tree.node(stack, depth);
        if (timing == TimingProfile.CACHE) {
            countMisses(node);
        }
        count(node, computed, finder.of(stack, depth, driveReads));
    }

    @Override
    public void waited(long from, long until, int[] stack, int depth, boolean same) {
        if (!same) {
            waitingNode = tree.node(stack, depth);
        }
        count(waitingNode, until - from, finder.of(stack, depth, driveReads));
    }

    private void count(int node, long passed, Stage stage) {
        tree.count(Count.CYCLES, node, passed);
        stages.count(phase(), stage, passed, octets);
        cycles += passed;
        octets = 0;
    }

    private void countMisses(int node) {
        CacheCounts now = console.ee().cacheCounts();
        tree.count(Count.DATA_MISSES, node, now.dataMisses() - dataMisses);
        tree.count(Count.FETCH_MISSES, node, now.fetchMisses() - fetchMisses);
        dataMisses = now.dataMisses();
        fetchMisses = now.fetchMisses();
    }

    private Phase phase() {
        if (!console.transcript().tokens().isEmpty()) {
            return Phase.TOKENS;
        }
        return console.transcript().promptIds().isEmpty() ? Phase.BEFORE : Phase.PROMPT;
    }

    @Override
    public void begin(TraceEvent event, long time, long argument) {
        if (event == TraceEvent.DRIVE_READ) {
            driveReads = true;
        }
    }

    @Override
    public void end(TraceEvent event, long time, long result) {
        if (event == TraceEvent.DRIVE_READ) {
            driveReads = false;
        }
    }

    @Override
    public void instant(TraceEvent event, long time, long argument) {}

    @Override
    public void count(TraceEvent event, long time, long amount) {
        if (event == TraceEvent.DISC_DATA) {
            octets += amount;
        }
    }
}
