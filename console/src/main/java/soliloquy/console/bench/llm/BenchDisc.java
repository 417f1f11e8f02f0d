package soliloquy.console.bench.llm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import soliloquy.cdvd.IsoLayout;
import soliloquy.console.DefaultDisc;
import soliloquy.llm.build.DiscBuilder;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.machine.InputException;

/**
 * The disc of a model with the engine for it.
 *
 * @param context longest text in tokens that the engine holds
 */
record BenchDisc(IsoLayout layout, int context) {
    private static final int LEAST_CONTEXT = 32;

    /**
     * Builds the engine, where it is not prebuilt.
     *
     * @param folder for its sources; made
     * @throws InputException the model does not fit into the console, or there is no compiler
     */
    static BenchDisc of(BenchModel model, Path folder) throws IOException {
        if (model.prebuilt()) {
            EngineModel engine = EngineModel.of(model.weights(), model.tokenizer(), 0);
            return new BenchDisc(DefaultDisc.layout(), engine.context());
        }
        EngineModel engine = engine(model);
        MemoryPlan plan = model.residency().plan(engine);
        Path program = GuestBuilder.build(engine, plan, Files.createDirectories(folder));
        byte[] card = (model.name() + "\n").getBytes(StandardCharsets.UTF_8);
        return new BenchDisc(
                DiscBuilder.layout(Files.readAllBytes(program), model.weights(), model.tokenizer(), card),
                engine.context());
    }

    /** The engine of the model's own context, or of the half, a quarter, ... if only that fits. */
    private static EngineModel engine(BenchModel model) throws IOException {
        EngineModel engine = EngineModel.of(model.weights(), model.tokenizer(), 0);
        while (true) {
            try {
                model.residency().plan(engine);
                return engine;
            } catch (InputException e) {
                int context = engine.context() / 2;
                if (context < LEAST_CONTEXT) {
                    throw e;
                }
                engine = EngineModel.of(model.weights(), model.tokenizer(), context);
            }
        }
    }
}
