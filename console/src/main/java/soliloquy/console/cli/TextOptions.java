package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.TextChunks;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.InputException;

/** How a text is given to models that are measured. */
final class TextOptions {
    @Option(names = "--tokenizer", paramLabel = "FILE", description = "Tokenizer; else the one beside the model.")
    private Path tokenizer;

    @Option(
            names = "--mode",
            paramLabel = "ieee|ee",
            description = "Single precision (default), or the console's arithmetic to the bit (PSNT files; slow).")
    private String mode = "ieee";

    @Option(names = "--tokens", paramLabel = "N", description = "Take at most N tokens of the text.")
    private int tokens;

    @Option(
            names = "--chunk",
            paramLabel = "N",
            description = "Cut the text into pieces of N tokens, each read on its own; else of the model's context.")
    private int chunk;

    @Option(
            names = "--documents",
            paramLabel = "LINE",
            description = "Lines of this text separate documents; of each the first piece is taken.")
    private String separator;

    Mode mode() throws InputException {
        return ModelCommand.arithmetic(mode);
    }

    /** The pieces of a text for a model. */
    List<int[]> chunks(Path model, Path text) throws Exception {
        if (tokens < 0) {
            throw new InputException("--tokens is " + tokens + "; expected 1 or more");
        }
        ModelConfig config;
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            config = checkpoint.config();
        }
        int longest = Math.min(config.context(), mode().arithmetic().mostPositions() - config.registers());
        if (chunk != 0 && (chunk < 2 || chunk > longest)) {
            throw new InputException("--chunk is " + chunk + "; expected 2 to " + longest + ", "
                    + (longest < config.context()
                            ? "the most that the console's arithmetic allows"
                            : "the model's context"));
        }
        Tokenizer opened = TextGeneration.tokenizer(model, tokenizer);
        ModelConverter.requireMatch(opened.file(), config);
        String between = separator == null ? null : "\n" + separator + "\n";
        return TextChunks.of(text, opened, between, chunk == 0 ? longest : chunk, tokens);
    }
}
