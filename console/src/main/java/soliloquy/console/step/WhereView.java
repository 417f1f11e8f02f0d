package soliloquy.console.step;

import java.util.Locale;
import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.llm.generate.ForwardPassMap.Operation;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;

/** Where the engine is. */
record WhereView(StepState state) {
    /** One line after each step. */
    String line() throws InputException {
        OperationRun run = state.run();
        if (run.endsToken()) {
            return "op %d  sampler chose token %d %s, %,d cycles%n"
                    .formatted(run.number(), run.returned(), state.model().text(run.returned()), run.cycles());
        }
        return "op %d  %s, %s%s: %,d %s, %,d cycles%n"
                .formatted(
                        run.number(),
                        name(run),
                        positions(run),
                        part(run),
                        run.call().count(),
                        run.call().function() == OperationFunction.QUANTISE ? "codes" : "floats",
                        run.cycles());
    }

    String text() throws InputException {
        StringBuilder text = new StringBuilder();
        if (!state.atStart()) {
            OperationRun run = state.run();
            text.append("operation   %d: %s (%s)%s%n"
                    .formatted(run.number(), name(run), run.call().function().symbol(), part(run)));
            if (run.pass() != null) {
                Pass pass = run.pass();
                text.append("pass        %d: %s%n"
                        .formatted(
                                pass.number(),
                                pass.positions() == 1
                                        ? "position " + pass.first()
                                        : "positions %d to %d together".formatted(pass.first(), pass.last())));
            }
            if (run.place() != null) {
                text.append("for         %s%n".formatted(positions(run)));
                text.append("result      %,d %s at 0x%08x%n"
                        .formatted(
                                run.call().count(),
                                run.call().function() == OperationFunction.QUANTISE
                                        ? "codes of the struct activation"
                                        : "floats",
                                run.call().result()));
                if (!run.place().expected()) {
                    text.append("note        the map had another operation here; this one was found behind it\n");
                }
            }
        }
        long cycles = state.console().ee().cycles();
        text.append("time        %,d cycles (%.6f s) since power-on%n".formatted(cycles, Clocks.seconds(cycles)));
        text.append("next        %s%n".formatted(next()));
        int made = state.console().transcript().tokens().size();
        text.append("story       %,d tokens taken, %,d chosen%s%n"
                .formatted(
                        state.story().tokens().size(),
                        made,
                        made == 0 ? "" : ": " + state.console().transcript().text()));
        return text.toString();
    }

    private String next() {
        PassCursor cursor = state.tracker().cursor();
        Operation next = cursor == null ? null : cursor.next();
        return next == null
                ? cursor == null ? "the first pass" : "the sampler or another pass"
                : name(next) + ", position " + cursor.nextPosition();
    }

    private String name(OperationRun run) {
        return run.place() == null ? run.stage() : name(run.operation());
    }

    private static String name(Operation operation) {
        String layer = operation.layer() == ForwardPassMap.NO_LAYER ? "" : "layer " + operation.layer() + " ";
        return layer + operation.stage().label();
    }

    private String positions(OperationRun run) {
        if (run.place() == null) {
            return "not in the map";
        }
        int first = run.place().position();
        int count = run.place().positions();
        return count == 1
                ? state.position(first)
                : String.format(Locale.ROOT, "positions %d to %d", first, first + count - 1);
    }

    private static String part(OperationRun run) {
        if (run.call().heads() != null && run.place() != null) {
            int count = run.call().heads().count();
            int first = run.place().offset() / run.call().count() * count;
            return count == 1 ? ", head " + first : ", heads " + first + " to " + (first + count - 1);
        }
        boolean whole =
                run.place() == null || run.call().count() >= run.operation().width();
        return whole
                ? ""
                : ", rows %d to %d"
                        .formatted(
                                run.place().offset(),
                                run.place().offset() + run.call().count() - 1);
    }
}
