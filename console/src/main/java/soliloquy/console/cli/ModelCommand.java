package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.llm.convert.ModelInfo;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.ChatTemplate;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy model}: weights on the host. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Converts, describes, makes up, runs and compares models on the host.",
        subcommands = {
            ModelConvert.class,
            ModelSynthesize.class,
            ModelCommand.Information.class,
            ModelCommand.Generate.class,
            ModelPerplexity.class,
            ModelCompare.class
        })
final class ModelCommand {
    /** The encoding that {@code --quant} names, null where it is not given. */
    static PsntEncoding encoding(String name) throws InputException {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "q8" -> PsntEncoding.Q8;
            case "q4" -> PsntEncoding.Q4;
            case "ternary" -> PsntEncoding.TERNARY;
            case "fp32" -> PsntEncoding.FLOAT32;
            default -> throw new InputException("--quant is '" + name + "'; expected q8, q4, ternary or fp32");
        };
    }

    /** The arithmetic that {@code --mode} names. */
    static Mode arithmetic(String name) throws InputException {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ieee" -> Mode.IEEE;
            case "ee" -> Mode.EE;
            default -> throw new InputException("--mode is '" + name + "'; expected ieee or ee");
        };
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
            ChatTemplate chat =
                    TextGeneration.tokenizer(model, tokenizer).file().chat();
            Generation generation = TextGeneration.run(
                    model,
                    tokenizer,
                    sampling.prompt(chat),
                    sampling.tokensOr(64),
                    sampling.settings(),
                    arithmetic(mode),
                    id -> {});
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println(generation.text());
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
