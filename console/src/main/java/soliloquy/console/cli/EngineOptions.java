package soliloquy.console.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.console.DefaultDisc;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.llm.generate.Residency;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.machine.InputException;

/** What the commands take that make an engine: its model, and what of it stays in memory. */
abstract class EngineOptions {
    @Parameters(arity = "0..1", paramLabel = "MODEL.PSN", description = "PSNT version 4; else the default model.")
    private Path model;

    @Option(names = "--tokenizer", paramLabel = "TOKENIZR.BIN", description = "Else the one beside the model.")
    private Path tokenizer;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Positions to make room for; else the model's, or fewer if memory has no room for them.")
    private int context;

    @Option(
            names = "--resident",
            paramLabel = "all|none|N",
            description =
                    "Layers that stay in memory (default: all that fit); the others are streamed for every token.")
    private String resident = Residency.ALL.toString();

    /** The model with the context that its engine shall hold. */
    EngineModel engine() throws IOException {
        Path weights = model == null ? DefaultDisc.file("MODEL.PSN") : model;
        Path tokens = tokenizer != null
                ? tokenizer
                : model == null ? DefaultDisc.file("TOKENIZR.BIN") : TextGeneration.tokenizerBeside(model);
        return EngineModel.of(weights, tokens, context);
    }

    /** What of it stays in memory. */
    MemoryPlan plan(EngineModel engine) throws InputException {
        return MemoryPlan.of(engine, Residency.parse(resident));
    }

    /** The model's name for a person. */
    String modelName() {
        return model == null ? "the default model" : model.getFileName().toString();
    }
}
