package soliloquy.console.step;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import soliloquy.console.Console;
import soliloquy.llm.sample.Mode;
import soliloquy.machine.InputException;

/** What the stepper knows at a moment, for all that show it. */
final class StepState {
    private final Console console;
    private final ModelDisc model;
    private final OperationTracker tracker;
    private final AttentionWeights attention = new AttentionWeights();
    private final Logits logits = new Logits();
    private final StageTimes times = new StageTimes();
    private final Map<Mode, ReferenceTrace> references = new EnumMap<>(Mode.class);
    private OperationRun run;
    private Snapshot stepBegin;
    private Snapshot.Cost stepCost;

    StepState(Console console, ModelDisc model, OperationTracker tracker) {
        this.console = console;
        this.model = model;
        this.tracker = tracker;
    }

    /** A step begins. */
    void beginStep() {
        stepBegin = Snapshot.of(console, tracker);
    }

    /** An operation has ended. */
    void take(OperationRun ended) {
        run = ended;
        attention.take(ended, console.eeView());
        logits.take(ended, console.eeView());
        times.add(ended);
    }

    /** A step has ended. */
    void endStep() {
        stepCost = Snapshot.of(console, tracker).since(stepBegin);
    }

    Console console() {
        return console;
    }

    ModelDisc model() {
        return model;
    }

    OperationTracker tracker() {
        return tracker;
    }

    Story story() {
        return tracker.story();
    }

    AttentionWeights attention() {
        return attention;
    }

    Logits logits() {
        return logits;
    }

    StageTimes times() {
        return times;
    }

    /** What the last step has cost; null before the first. */
    Snapshot.Cost stepCost() {
        return stepCost;
    }

    /** True before the first operation. */
    boolean atStart() {
        return run == null;
    }

    /**
     * The operation that has ended last.
     *
     * @throws InputException there was none yet
     */
    OperationRun run() throws InputException {
        if (run == null) {
            throw new InputException("no operation has been done yet; step first, with 'op'");
        }
        return run;
    }

    /**
     * Its result.
     *
     * @throws InputException there was no operation yet, or it was one without a vector
     */
    GuestVector vector() throws InputException {
        OperationRun done = run();
        if (done.call().count() <= 0) {
            throw new InputException("'" + done.call().function().symbol()
                    + "' gives a token and no vector; 'logits' shows what it chose from");
        }
        return GuestVector.of(done.call(), console.eeView());
    }

    /** Its result against the reference engine's, if that has such a vector. */
    Optional<Difference> difference(Mode mode) throws IOException {
        GuestVector guest = vector();
        ReferenceTrace reference = references.computeIfAbsent(
                mode, wanted -> new ReferenceTrace(model.checkpoint(), wanted, tracker.story()));
        return reference.expected(run()).map(expected -> Difference.of(guest, expected));
    }

    /** A position for people: its token's text, or which register it is. */
    String position(int position) {
        int id = tracker.story().token(position);
        return id == Story.REGISTER
                ? "register " + position
                : "position " + position + ", token " + id + " " + model.text(id);
    }
}
