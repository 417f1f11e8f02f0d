package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.llm.convert.Progress;
import soliloquy.llm.sample.Perplexity;
import soliloquy.machine.WholeFile;

/** {@code model perplexity}. */
@Command(
        name = "perplexity",
        mixinStandardHelpOptions = true,
        description = "Says how well a model predicts a text: exp of the mean negative log-likelihood of its tokens.")
final class ModelPerplexity implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Folder or file.")
    private Path model;

    @Parameters(index = "1", paramLabel = "TEXT", description = "A text file in UTF-8.")
    private Path text;

    @Mixin
    private TextOptions options;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        WholeFile.check(json);
        List<int[]> chunks = options.chunks(model, text);
        Perplexity perplexity;
        try (Progress progress = Progress.onConsole("Predicting", Perplexity.predicted(chunks), " tokens", 1)) {
            perplexity = Perplexity.measure(model, options.mode(), chunks, progress);
        }
        System.out.printf(
                Locale.ROOT,
                "perplexity       %.4f%ntokens           %d in %d pieces%nnats per token   %.5f%n",
                perplexity.value(),
                perplexity.tokens(),
                chunks.size(),
                perplexity.nats());
        if (json != null) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode root = mapper.createObjectNode()
                    .put("perplexity", perplexity.value())
                    .put("tokens", perplexity.tokens())
                    .put("pieces", chunks.size())
                    .put("nats_per_token", perplexity.nats())
                    .put("mode", options.mode().name().toLowerCase(Locale.ROOT));
            WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
        return 0;
    }
}
