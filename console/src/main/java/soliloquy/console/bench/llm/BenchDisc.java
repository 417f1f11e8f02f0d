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

/**
 * The disc of a model with the engine for it.
 *
 * @param context longest text in tokens that the engine holds
 */
record BenchDisc(IsoLayout layout, int context) {
    /**
     * Builds the engine, where it is not prebuilt.
     *
     * @param folder for its sources; made
     * @throws soliloquy.machine.InputException the model does not fit into the console, or there is no compiler
     */
    static BenchDisc of(BenchModel model, Path folder) throws IOException {
        if (model.prebuilt()) {
            EngineModel engine = EngineModel.of(model.weights(), model.tokenizer(), 0);
            return new BenchDisc(DefaultDisc.layout(), engine.context());
        }
        EngineModel engine = EngineModel.of(model.weights(), model.tokenizer(), 0);
        MemoryPlan plan = MemoryPlan.of(engine, model.residency());
        Path program = GuestBuilder.build(engine, plan, Files.createDirectories(folder));
        byte[] card = (model.name() + "\n").getBytes(StandardCharsets.UTF_8);
        return new BenchDisc(
                DiscBuilder.layout(Files.readAllBytes(program), model.weights(), model.tokenizer(), card),
                engine.context());
    }
}
