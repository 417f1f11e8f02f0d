package soliloquy.console.step;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import soliloquy.machine.InputException;

/** What the heads look at. */
record AttentionView(StepState state) {
    private static final int MOST = 16;

    /** All heads, or one; {@code head} is -1 for all. */
    String text(int head) throws InputException {
        AttentionWeights attention = state.attention();
        List<double[]> heads = attention.heads();
        if (heads.isEmpty()) {
            throw new InputException("no attention has been computed yet; step on, with 'layer'");
        }
        if (head >= heads.size()) {
            throw new InputException("'attention " + head + "': heads 0 to " + (heads.size() - 1)
                    + " have been computed in layer " + attention.layer());
        }
        return title() + (head < 0 ? all(heads) : one(heads.get(head)));
    }

    /** Which position each head looks at most. */
    String summary() throws InputException {
        List<double[]> heads = state.attention().heads();
        if (heads.isEmpty()) {
            return text(-1);
        }
        StringBuilder text = new StringBuilder(title());
        for (int head = 0; head < heads.size(); head++) {
            text.append("head %2d most %s%n".formatted(head, most(heads.get(head))));
        }
        return text.toString();
    }

    private String title() {
        return "layer %d, %s%n"
                .formatted(
                        state.attention().layer(),
                        state.position(state.attention().position()));
    }

    private String most(double[] weights) {
        int most = order(weights).getFirst();
        return "%.3f at %s".formatted(weights[most], state.position(most));
    }

    private String all(List<double[]> heads) {
        StringBuilder text = new StringBuilder();
        for (int head = 0; head < heads.size(); head++) {
            double[] weights = heads.get(head);
            text.append("head %2d |%s| most %s%n"
                    .formatted(head, HeatMap.row(weights.length, i -> weights[i], 1), most(weights)));
        }
        return text.toString();
    }

    private String one(double[] weights) {
        StringBuilder text = new StringBuilder();
        for (int position : order(weights).subList(0, Math.min(MOST, weights.length))) {
            text.append("%8.5f  %s%n".formatted(weights[position], state.position(position)));
        }
        if (weights.length > MOST) {
            text.append("          and %d positions with less%n".formatted(weights.length - MOST));
        }
        return text.toString();
    }

    private static List<Integer> order(double[] weights) {
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -weights[i]))
                .toList();
    }
}
