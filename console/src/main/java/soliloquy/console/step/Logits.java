package soliloquy.console.step;

import java.util.ArrayList;
import java.util.List;
import soliloquy.llm.engine.Stage;
import soliloquy.machine.DebugMemory;

/** The logits of the last position that had any, as they were before the sampler changed them, and what it chose. */
final class Logits {
    /** A token that may come next. */
    record Candidate(int id, double logit, double probability) {}

    private double[] values = new double[0];
    private int position;
    private int chosen = -1;

    /** Looks whether an operation has completed logits, or chosen. */
    void take(OperationRun run, DebugMemory memory) {
        if (run.endsToken()) {
            chosen = run.returned();
        } else if (run.place() != null
                && run.operation().stage() == Stage.LOGITS
                && run.place().complete()) {
            int all = run.operation().width();
            int start = run.call().result() - Float.BYTES * run.place().offset();
            GuestVector vector = GuestVector.floats(memory, start, all);
            values = new double[all];
            for (int i = 0; i < all; i++) {
                values[i] = vector.value(i);
            }
            position = run.place().position();
            chosen = -1;
        }
    }

    /** Ids of the vocabulary, 0 while there are no logits. */
    int count() {
        return values.length;
    }

    /** The position behind which the token comes. */
    int position() {
        return position;
    }

    /** The id that the sampler chose, -1 while it has not. */
    int chosen() {
        return chosen;
    }

    /** The {@code count} likeliest, best first, equal ones by their ids; probabilities are those at temperature 1. */
    List<Candidate> best(int count) {
        List<Integer> ids = new ArrayList<>();
        double largest = Double.NEGATIVE_INFINITY;
        for (int id = 0; id < values.length; id++) {
            ids.add(id);
            largest = Math.max(largest, values[id]);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        ids.sort((a, b) -> Double.compare(values[b], values[a]));
        List<Candidate> best = new ArrayList<>();
        for (int id : ids.subList(0, Math.min(count, ids.size()))) {
            best.add(new Candidate(id, values[id], Math.exp(values[id] - largest) / sum));
        }
        return best;
    }
}
