package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.convert.ModelInfo;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.TokenizerReader;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy model}: weights on the host. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Converts, describes and runs models on the host.",
        subcommands = {ModelCommand.Convert.class, ModelCommand.Information.class, ModelCommand.Generate.class})
final class ModelCommand {
    /** {@code model convert}. */
    @Command(
            name = "convert",
            mixinStandardHelpOptions = true,
            description =
                    "Converts a safetensors folder, a llama2.c .bin or a PSNT file to PSNT, and its tokenizer with it.")
    static final class Convert implements Callable<Integer> {
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

        @Override
        public Integer call() throws Exception {
            WholeFile.check(output);
            Path tokens = tokenizer == null ? TextGeneration.tokenizerBeside(model) : tokenizer;
            var tokenizerFile = TokenizerReader.read(tokens);
            ModelConverter.convert(model, output, new ModelConverter.Options(encoding(), version, context));
            ModelConverter.convertTokenizer(tokenizerFile, output.resolveSibling("TOKENIZR.BIN"));
            System.out.print(ModelInfo.describe(output));
            return 0;
        }

        private PsntEncoding encoding() throws InputException {
            return switch (quantisation == null ? "" : quantisation.toLowerCase(Locale.ROOT)) {
                case "" -> null;
                case "q8" -> PsntEncoding.Q8;
                case "q4" -> PsntEncoding.Q4;
                case "ternary" -> PsntEncoding.TERNARY;
                case "fp32" -> PsntEncoding.FLOAT32;
                default ->
                    throw new InputException("--quant is '" + quantisation + "'; expected q8, q4, ternary or fp32");
            };
        }
    }

    /** {@code model info}. */
    @Command(name = "info", mixinStandardHelpOptions = true, description = "Says what a model is.")
    static final class Information implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "Folder or file.")
        private Path model;

        @Override
        public Integer call() throws Exception {
            System.out.print(ModelInfo.describe(model));
            return 0;
        }
    }

    /** {@code model generate}. */
    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Generates with the reference engine, from the default model where none is named.")
    static final class Generate implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Folder or file.")
        private Path model;

        @Option(names = "--tokenizer", paramLabel = "FILE", description = "Tokenizer; else the one beside the model.")
        private Path tokenizer;

        @Mixin
        private SamplingOptions sampling;

        @Option(
                names = "--mode",
                paramLabel = "ieee|ee",
                description = "Single precision (default), or the console's arithmetic to the bit (PSNT files).")
        private String mode = "ieee";

        @Option(names = "--json", paramLabel = "FILE", description = "Write prompt ids, ids and text as JSON.")
        private Path json;

        @Override
        public Integer call() throws Exception {
            sampling.check();
            WholeFile.check(json);
            Mode arithmetic = switch (mode.toLowerCase(Locale.ROOT)) {
                case "ieee" -> Mode.IEEE;
                case "ee" -> Mode.EE;
                default -> throw new InputException("--mode is '" + mode + "'; expected ieee or ee");
            };
            Generation generation = TextGeneration.run(
                    model,
                    tokenizer,
                    sampling.prompt(),
                    sampling.tokensOr(64),
                    sampling.settings(),
                    arithmetic,
                    id -> {});
            new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8).println(generation.text());
            if (json != null) {
                ObjectMapper mapper = new ObjectMapper();
                ObjectNode root = mapper.createObjectNode();
                root.set("prompt_ids", mapper.valueToTree(generation.promptIds()));
                root.set("ids", mapper.valueToTree(generation.ids()));
                root.put("text", generation.text());
                WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
            }
            return 0;
        }
    }

    private ModelCommand() {}
}
