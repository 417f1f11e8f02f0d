package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.convert.ModelInfo;
import soliloquy.llm.convert.SyntheticCheckpoint;
import soliloquy.llm.convert.SyntheticShape;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code model synthesize}. */
@Command(
        name = "synthesize",
        mixinStandardHelpOptions = true,
        description = "Makes a model of random weights in the shape of a published one, with a made-up tokenizer: for"
                + " measurements where the weights do not matter. The same seed gives the same files.")
final class ModelSynthesize implements Callable<Integer> {
    @Option(
            names = "--like",
            required = true,
            paramLabel = "NAME",
            description = "brandon-tiny-10m, stories260k, stories110m or smollm2-135m.")
    private String like;

    @Option(names = "--seed", paramLabel = "N", description = "Start of the random numbers (default 1).")
    private long seed = 1;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE.PSN",
            description = "The PSNT file to write, version 4; TOKENIZR.BIN goes beside it.")
    private Path output;

    @Option(
            names = "--quant",
            paramLabel = "q8|q4|ternary|fp32",
            description = "Encoding of the matrices (default q8).")
    private String quantisation;

    @Option(names = "--context", paramLabel = "N", description = "Shorten the context to N positions.")
    private int context;

    @Override
    public Integer call() throws Exception {
        SyntheticShape shape = SyntheticShape.of(like);
        Path tokenizer = output.resolveSibling(DefaultModel.TOKENIZER);
        WholeFile.check(output);
        WholeFile.check(tokenizer);
        if (context < 0) {
            throw new InputException("--context is " + context + "; expected 1 or more");
        }
        ModelConverter.Options options = new ModelConverter.Options(ModelCommand.encoding(quantisation), 4, context);
        try (Checkpoint checkpoint = new SyntheticCheckpoint(shape.config(), seed)) {
            ModelConverter.convert(checkpoint, output, options);
        }
        ModelConverter.convertTokenizer(shape.tokenizer(), tokenizer);
        System.out.print(ModelInfo.describe(output));
        return 0;
    }
}
