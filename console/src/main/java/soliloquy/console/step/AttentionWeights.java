package soliloquy.console.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import soliloquy.machine.DebugMemory;

/** What the heads of one layer looked at, for the position whose attention was computed last. */
final class AttentionWeights {
    private final List<double[]> heads = new ArrayList<>();
    private int layer;
    private int position = -1;

    /** Heads have been computed; their weights are in memory. */
    void take(OperationRun run, DebugMemory memory) {
        Call.Heads computed = run.call().heads();
        if (computed == null || run.place() == null) {
            return;
        }
        if (run.place().offset() == 0) {
            heads.clear();
            layer = run.layer();
            position = run.place().position();
        }
        for (int head = 0; head < computed.count(); head++) {
            double[] weights = new double[Math.clamp(computed.positions(), 0, position + 1)];
            int at = computed.weights() + head * computed.row() * Float.BYTES;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = GuestVector.real(memory.peek32(at + Float.BYTES * i));
            }
            double sum = Arrays.stream(weights).sum();
            heads.add(Arrays.stream(weights).map(weight -> weight / sum).toArray());
        }
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
