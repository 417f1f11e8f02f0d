package soliloquy.console.profile;

import java.util.ArrayList;
import java.util.List;

/** The stage of a call stack: that of the innermost function that has one. */
public final class StageFinder {
    private final FunctionNames names;
    private final List<Stage> stages = new ArrayList<>();

    /** @param names of the functions; may grow */
    public StageFinder(FunctionNames names) {
        this.names = names;
    }

    /**
     * The stage of a stack, the innermost function first.
     *
     * @param driveReads true while the drive executes a command to read: what waits then and has no stage waits for the disc
     */
    public Stage of(int[] stack, int depth, boolean driveReads) {
        boolean waits = depth > 0 && stack[0] == FunctionNames.WAITING;
        for (int i = 0; i < depth; i++) {
            Stage stage = of(stack[i]);
            if (stage != null) {
                return waits ? stage.whileWaiting() : stage.whileRunning();
            }
        }
        if (waits) {
            return driveReads ? Stage.DISC_WAIT : Stage.WAIT;
        }
        return depth > 0 && stack[depth - 1] == FunctionNames.INTERRUPT ? Stage.INTERRUPT : Stage.OTHER;
    }

    private Stage of(int function) {
        while (stages.size() <= function) {
            stages.add(Stage.of(names.name(stages.size())));
        }
        return stages.get(function);
    }
}
