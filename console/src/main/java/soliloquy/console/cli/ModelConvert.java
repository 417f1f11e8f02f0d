package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.convert.ModelInfo;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.ChatForm;
import soliloquy.llm.tokenizer.ChatTemplate;
import soliloquy.llm.tokenizer.TokenizerFile;
import soliloquy.llm.tokenizer.TokenizerReader;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code model convert}. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Converts a safetensors folder (brandon-tiny or Hugging Face Llama, in one file or in shards), a"
                + " llama2.c .bin or a PSNT file to PSNT, and its tokenizer with it.")
final class ModelConvert implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Folder or file.")
    private Path model;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE.PSN",
            description = "The PSNT file to write; TOKENIZR.BIN goes beside it.")
    private Path output;

    @Option(
            names = "--quant",
            paramLabel = "q8|q4|ternary|fp32",
            description = "Encoding of the matrices; a PSNT file keeps its own, others become q8.")
    private String quantisation;

    @Option(names = "--psnt-version", paramLabel = "1..4", description = "Version of the format (default 4).")
    private int version = 4;

    @Option(names = "--context", paramLabel = "N", description = "Shorten the context to N positions.")
    private int context;

    @Option(names = "--tokenizer", paramLabel = "FILE", description = "Tokenizer; else the one beside the model.")
    private Path tokenizer;

    @Option(
            names = "--template",
            paramLabel = "chatml|llama2|none",
            description = "How the model's conversations are written; else as tokenizer_config.json or the tokenizer's"
                    + " symbols say.")
    private String template;

    @Option(
            names = "--system",
            paramLabel = "TEXT",
            description = "What a chat model is told before the first message (default: nothing).")
    private String system;

    @Override
    public Integer call() throws Exception {
        Path tokenizerOutput = output.resolveSibling(DefaultModel.TOKENIZER);
        WholeFile.check(output);
        WholeFile.check(tokenizerOutput);
        if (version < 1 || version > 4) {
            throw new InputException("--psnt-version is " + version + "; expected 1 to 4");
        }
        if (context < 0) {
            throw new InputException("--context is " + context + "; expected 1 or more");
        }
        TokenizerFile pieces = tokenizer();
        ModelConverter.Options options =
                new ModelConverter.Options(ModelCommand.encoding(quantisation), version, context);
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            ModelConverter.requireMatch(pieces, checkpoint.config());
            ModelConverter.convert(checkpoint, output, options);
        }
        ModelConverter.convertTokenizer(pieces, tokenizerOutput);
        System.out.print(ModelInfo.describe(output));
        return 0;
    }

    private TokenizerFile tokenizer() throws Exception {
        Path path = tokenizer == null ? TextGeneration.tokenizerBeside(model) : tokenizer;
        TokenizerFile file = TokenizerReader.read(path);
        if (template == null && system == null) {
            return file;
        }
        ChatTemplate.Form form = template == null ? file.chat().form() : ChatTemplate.Form.of(template);
        return ChatForm.apply(path.getFileName().toString(), file, form, system == null ? "" : system);
    }
}
