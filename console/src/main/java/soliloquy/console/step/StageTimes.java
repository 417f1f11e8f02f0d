package soliloquy.console.step;

import java.util.LinkedHashMap;
import java.util.Map;

/** What each stage of the present token has taken. */
final class StageTimes {
    /**
     * One stage.
     *
     * @param cycles in its operations
     * @param before between them and the operations before
     */
    record Time(int calls, long cycles, Interlude before) {}

    private final Map<String, Time> times = new LinkedHashMap<>();
    private boolean complete;

    void add(OperationRun run) {
        if (complete) {
            times.clear();
        }
        complete = run.endsToken();
        Time one = new Time(1, run.cycles(), run.before());
        times.merge(
                run.stage(), one, (a, b) -> new Time(a.calls + b.calls, a.cycles + b.cycles, a.before.plus(b.before)));
    }

    /** By stage, in the order of their first operations. */
    Map<String, Time> all() {
        return times;
    }

    /** All of it, the time between the operations included. */
    long total() {
        return times.values().stream()
                .mapToLong(time -> time.cycles + time.before.cycles())
                .sum();
    }
}
