package soliloquy.console.step;

import java.util.Map;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;

/** What time was spent on. */
record CyclesView(StepState state) {
    String text() throws InputException {
        OperationRun run = state.run();
        StringBuilder text = new StringBuilder();
        text.append("operation   %,d cycles (%.3f ms)%n".formatted(run.cycles(), 1e3 * Clocks.seconds(run.cycles())));
        Interlude before = run.before();
        text.append("before it   %,d cycles: %,d waiting for the disc, %,d checking what came, %,d other%n"
                .formatted(
                        before.cycles(),
                        before.waiting(),
                        before.checking(),
                        before.cycles() - before.waiting() - before.checking()));
        Snapshot.Cost step = state.stepCost();
        if (step != null) {
            text.append("this step   %,d cycles, %,d of them waiting for the disc; %,d sectors came%n"
                    .formatted(step.cycles(), step.waiting(), step.sectors()));
            if (step.fetchMisses() + step.dataMisses() > 0) {
                text.append("caches      %,d misses of the instruction cache, %,d of the data cache in this step%n"
                        .formatted(step.fetchMisses(), step.dataMisses()));
            }
        }
        text.append("this token, by stage:\n");
        text.append("%-16s %6s %14s %7s %14s %14s%n"
                .formatted("stage", "calls", "cycles", "share", "disc wait", "other before"));
        double total = state.times().total();
        for (Map.Entry<String, StageTimes.Time> stage : state.times().all().entrySet()) {
            StageTimes.Time time = stage.getValue();
            text.append("%-16s %,6d %,14d %5.1f %% %,14d %,14d%n"
                    .formatted(
                            stage.getKey(),
                            time.calls(),
                            time.cycles(),
                            100 * time.cycles() / total,
                            time.before().waiting(),
                            time.before().cycles() - time.before().waiting()));
        }
        return text.toString();
    }
}
