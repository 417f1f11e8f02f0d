package soliloquy.console.step;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import soliloquy.llm.sample.Mode;
import soliloquy.machine.InputException;

/** The result of an operation: in a few numbers, as a heat map, as numbers, and against the reference engine. */
record VectorView(StepState state) {
    private static final int VALUES = 16;
    private static final int A_LINE = 8;

    String statistics() throws InputException {
        GuestVector vector = state.vector();
        VectorStatistics all = VectorStatistics.of(vector);
        String codes = vector.codes()
                ? "codes       multiples of %.6g, shown as numbers%n".formatted(GuestVector.real(vector.step()))
                : "";
        return codes
                + """
                numbers     %,d, of which %,d are 0
                from        %.6g to %.6g
                mean        %.6g, standard deviation %.6g, RMS %.6g
                largest     %.6g at %d
                """.formatted(
                                all.count(),
                                all.zeros(),
                                all.minimum(),
                                all.maximum(),
                                all.mean(),
                                all.deviation(),
                                all.rms(),
                                vector.value(all.largestAt()),
                                all.largestAt());
    }

    String heat() throws InputException {
        return HeatMap.of(state.vector());
    }

    /** Numbers from {@code wantedFrom} on; -1 for the usual ones. */
    String values(int wantedFrom, int wantedCount) throws InputException {
        GuestVector vector = state.vector();
        int from = Math.max(0, wantedFrom);
        if (from >= vector.length()) {
            throw new InputException(
                    "'values " + from + "' is behind the vector; it has numbers 0 to " + (vector.length() - 1));
        }
        int end = (int) Math.min(vector.length(), (long) from + (wantedCount < 0 ? VALUES : wantedCount));
        StringBuilder text = new StringBuilder();
        for (int i = from; i < end; i++) {
            text.append((i - from) % A_LINE == 0 ? "%6d ".formatted(i) : "");
            text.append(" %12s".formatted(String.format(Locale.ROOT, "%.6g", vector.value(i))));
            text.append((i - from) % A_LINE == A_LINE - 1 || i == end - 1 ? "\n" : "");
        }
        return text.toString();
    }

    String difference(Mode mode) throws IOException {
        String name = mode.name().toLowerCase(Locale.ROOT);
        Optional<Difference> found = state.difference(mode);
        if (found.isEmpty()) {
            return "diff %s     the reference engine has no such vector%n".formatted(name);
        }
        Difference difference = found.get();
        return difference.differing() == 0
                ? "diff %s     0: all %,d numbers are the reference engine's, bit for bit%n"
                        .formatted(name, difference.count())
                : "diff %s     %,d of %,d numbers differ; by %.4g at most (at %d), %.4g in the mean%s%n"
                        .formatted(
                                name,
                                difference.differing(),
                                difference.count(),
                                difference.maximum(),
                                difference.maximumAt(),
                                difference.mean(),
                                state.vector().codes() ? ", in codes" : "");
    }
}
