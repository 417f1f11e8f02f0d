package soliloquy.console.step;

import soliloquy.machine.InputException;

/** The likeliest tokens. */
record LogitsView(StepState state) {
    private static final int USUAL = 10;

    /** The {@code count} best; -1 for the usual number. */
    String text(int count) throws InputException {
        Logits logits = state.logits();
        if (logits.count() == 0) {
            throw new InputException("no logits have been computed yet; 'token' steps to the first");
        }
        StringBuilder text = new StringBuilder("behind %s%n".formatted(state.position(logits.position())));
        int rank = 0;
        for (Logits.Candidate candidate : logits.best(count < 0 ? USUAL : count)) {
            text.append("%4d  %9.5f  %6.2f %%  %5d %s%s%n"
                    .formatted(
                            ++rank,
                            candidate.logit(),
                            100 * candidate.probability(),
                            candidate.id(),
                            state.model().text(candidate.id()),
                            candidate.id() == logits.chosen() ? "  <- chosen" : ""));
        }
        return text.toString();
    }
}
