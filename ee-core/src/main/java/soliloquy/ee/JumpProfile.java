package soliloquy.ee;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Where one jump to a register led. */
final class JumpProfile {
    private static final int MOST = 16;
    /** A target is worth knowing if it is one in so many. */
    private static final int RAREST = 50;

    private final int[] targets = new int[MOST];
    private final int[] counts = new int[MOST];
    private int found;
    private int total;

    /** Called by compiled code. */
    void record(int target) {
        if (total == Integer.MAX_VALUE) {
            return;
        }
        total++;
        for (int i = 0; i < found; i++) {
            if (targets[i] == target) {
                counts[i]++;
                return;
            }
        }
        if (found < MOST) {
            targets[found] = target;
            counts[found++] = 1;
        }
    }

    /** The targets worth knowing, most frequent first, no more than {@code most}. */
    int[] common(int most) {
        return IntStream.range(0, found)
                .boxed()
                .filter(i -> counts[i] > total / RAREST)
                .sorted(Comparator.comparingInt(i -> -counts[i]))
                .limit(most)
                .mapToInt(i -> targets[i])
                .toArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(common(MOST)) + " of " + total;
    }
}
