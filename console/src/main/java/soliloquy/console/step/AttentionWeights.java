package soliloquy.console.step;

import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.DebugMemory;

/** What the heads of one layer looked at, for the position whose attention was computed last. */
final class AttentionWeights {
    private final List<double[]> heads = new ArrayList<>();
    private int layer;
    private int position = -1;

    /** A head has been computed; its scores are in memory. */
    void take(OperationRun run, DebugMemory memory) {
        Call.Head head = run.call().head();
        if (head == null || run.place() == null) {
            return;
        }
        if (run.place().offset() == 0) {
            heads.clear();
            layer = run.layer();
            position = run.place().position();
        }
        double[] weights = new double[Math.clamp(head.positions(), 0, position + 1)];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = GuestVector.real(memory.peek32(head.scores() + Float.BYTES * i));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length && sum > 0; i++) {
            weights[i] /= sum;
        }
        heads.add(weights);
    }

    /** The weights of each head so far, one for each position; they add up to 1. */
    List<double[]> heads() {
        return heads;
    }

    int layer() {
        return layer;
    }

    /** The position that looked, -1 before the first. */
    int position() {
        return position;
    }
}
