package soliloquy.console.timeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import soliloquy.console.profile.FunctionNames;
import soliloquy.console.profile.StackListener;
import soliloquy.console.profile.StackSampler;
import soliloquy.console.profile.Stage;
import soliloquy.console.profile.StageFinder;
import soliloquy.machine.TraceTrack;

/** Samples of the EE's call stack as two tracks: the functions one in the other, and the stage they are for. */
final class CallTracks implements StackListener {
    /** EE cycles of computing between two waits that are no break in the waiting. */
    private static final long SHORT_BREAK = 1500;

    private final Tracks tracks;
    private final TimelineWriter.Names names;
    private final FunctionNames functions;
    private final StageFinder finder;
    private final List<Integer> functionNames = new ArrayList<>();
    private final Map<Stage, Integer> stageNames = new EnumMap<>(Stage.class);
    /** The functions that are under way, the outermost first. */
    private final int[] open = new int[StackSampler.DEEPEST + 2];

    private int depth;
    private Stage stage;
    private boolean waiting;
    private long last;

    CallTracks(Tracks tracks, TimelineWriter.Names names, FunctionNames functions) {
        this.tracks = tracks;
        this.names = names;
        this.functions = functions;
        finder = new StageFinder(functions);
        for (Stage each : Stage.values()) {
            stageNames.put(each, names.add(each.title));
        }
    }

    @Override
    public void ran(long until, long cycles, int[] stack, int stackDepth) {
        show(last, stack, stackDepth);
        waiting = false;
        last = until;
    }

    @Override
    public void waited(long from, long until, int[] stack, int stackDepth, boolean same) {
        if (!waiting || !same || from - last > SHORT_BREAK) {
            if (waiting) {
                show(last, stack, 0); // nobody looked between the two waits
            }
            show(from, stack, stackDepth);
        }
        waiting = true;
        last = until;
    }

    /** From {@code time} on the stack is this one; of none, nobody knows. */
    private void show(long time, int[] stack, int stackDepth) {
        int common = 0;
        while (common < depth && common < stackDepth && open[common] == stack[stackDepth - 1 - common]) {
            common++;
        }
        for (; depth > common; depth--) {
            tracks.end(TraceTrack.EE_CALLS, time, 0, 0);
        }
        for (; depth < stackDepth; depth++) {
            open[depth] = stack[stackDepth - 1 - depth];
            tracks.begin(TraceTrack.EE_CALLS, name(open[depth]), time, 0, 0);
        }
        Stage now = stackDepth == 0 ? null : finder.of(stack, stackDepth, true);
        if (now != stage) {
            if (stage != null) {
                tracks.end(TraceTrack.EE_STAGE, time, 0, 0);
            }
            if (now != null) {
                tracks.begin(TraceTrack.EE_STAGE, stageNames.get(now), time, 0, 0);
            }
            stage = now;
        }
    }

    private int name(int function) {
        while (functionNames.size() <= function) {
            functionNames.add(names.add(functions.name(functionNames.size())));
        }
        return functionNames.get(function);
    }
}
