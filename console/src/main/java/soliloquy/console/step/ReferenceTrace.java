package soliloquy.console.step;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.llm.engine.Stage;
import soliloquy.llm.generate.ForwardPassMap.Operation;
import soliloquy.llm.sample.Mode;

/** The reference engine on the guest's tokens: every vector of one pass at a time. It runs when somebody asks. */
final class ReferenceTrace {
    private record Point(Stage stage, int layer, int position) {}

    private final Checkpoint checkpoint;
    private final Mode mode;
    private final Story story;
    private final Map<Point, int[]> registers = new HashMap<>();
    private final Map<Point, int[]> vectors = new HashMap<>();
    private ReferenceEngine engine;
    private Pass pass;
    private int storyNumber;
    private boolean recording;

    ReferenceTrace(Checkpoint checkpoint, Mode mode, Story story) {
        this.checkpoint = checkpoint;
        this.mode = mode;
        this.story = story;
    }

    /**
     * What the reference engine has where {@code run} has its vector; nothing for operations that it does not have.
     *
     * @throws IOException the weights cannot be read
     */
    Optional<int[]> expected(OperationRun run) throws IOException {
        if (run.place() == null) {
            return Optional.empty();
        }
        compute(run.pass());
        Operation operation = run.operation();
        PassCursor.Place place = run.place();
        int[] all = new int[run.call().count()];
        int each = all.length / place.positions();
        for (int i = 0; i < place.positions(); i++) {
            Point point = new Point(operation.stage(), Math.max(0, operation.layer()), place.position() + i);
            int[] vector = point.position() < story.registers() ? registers.get(point) : vectors.get(point);
            if (vector == null || vector.length < place.offset() + each) {
                return Optional.empty();
            }
            System.arraycopy(vector, place.offset(), all, i * each, each);
        }
        return Optional.of(all);
    }

    private void compute(Pass wanted) throws IOException {
        if (engine == null) {
            recording = true;
            engine = new ReferenceEngine(checkpoint, mode.arithmetic(), this::record);
            recording = false;
            registers.putAll(vectors);
            vectors.clear();
        }
        if (wanted.equals(pass)) {
            return;
        }
        pass = wanted;
        vectors.clear();
        int place = wanted.first() + wanted.registers() - story.registers();
        if (engine.length() > place || storyNumber != story.number()) {
            engine.reset();
            storyNumber = story.number();
        }
        while (engine.length() < place) {
            engine.accept(story.tokens().get(engine.length()));
        }
        recording = true;
        while (engine.length() < place + wanted.positions() - wanted.registers()) {
            engine.accept(story.tokens().get(engine.length()));
        }
        engine.logitBits();
        recording = false;
    }

    private void record(Stage stage, int layer, int position, int[] numbers) {
        if (recording) {
            vectors.put(new Point(stage, layer, position), Arrays.copyOf(numbers, numbers.length));
        }
    }
}
