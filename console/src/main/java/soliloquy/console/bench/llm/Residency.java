package soliloquy.console.bench.llm;

import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.machine.InputException;

/** What the engine shall keep in memory. */
public enum Residency {
    /** As many matrices as fit. */
    ALL_THAT_FITS,
    /** No matrix of a layer: they are streamed for every token. */
    NOTHING;

    /**
     * The memory plan of an engine that keeps this much. The planner keeps no layer at all, so that both come to the same plan.
     *
     * @throws InputException the model does not fit
     */
    MemoryPlan plan(EngineModel model) throws InputException {
        return switch (this) {
            case ALL_THAT_FITS, NOTHING -> MemoryPlan.of(model);
        };
    }
}
