package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.llm.convert.Progress;
import soliloquy.llm.sample.Comparison;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.Perplexity;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code model compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Compares models, for example in different encodings, with a reference on the same text: perplexity,"
                        + " mean Kullback-Leibler divergence from the reference in nats, and how often the likeliest token is the"
                        + " reference's.")
final class ModelCompare implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REFERENCE", description = "Folder or file; computed in single precision.")
    private Path reference;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "MODEL", description = "Folders or files.")
    private List<Path> models;

    @Option(names = "--text", required = true, paramLabel = "FILE", description = "A text file in UTF-8.")
    private Path text;

    @Mixin
    private TextOptions options;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    @Option(names = "--chart", paramLabel = "FILE.svg", description = "Draw the figures.")
    private Path chart;

    @Override
    public Integer call() throws Exception {
        WholeFile.check(json);
        WholeFile.check(chart);
        for (Path model : models) {
            if (!Files.exists(model)) {
                throw new InputException(model + " is not there; expected a model file or a folder with one");
            }
        }
        Mode mode = options.mode();
        List<int[]> chunks = options.chunks(reference, text);
        List<ComparisonRow> rows = new ArrayList<>();
        long tokens = Perplexity.predicted(chunks);
        try (Progress progress = Progress.onConsole("Comparing", tokens * (models.size() + 1), " tokens", 1);
                Comparison comparison = Comparison.with(reference, Mode.IEEE, chunks, progress)) {
            rows.add(new ComparisonRow(reference, comparison.reference().value(), 0, 1));
            for (Path model : models) {
                Comparison.Result result = comparison.compare(model, mode, progress);
                rows.add(
                        new ComparisonRow(model, result.perplexity().value(), result.divergence(), result.agreement()));
            }
        }
        print(rows, tokens);
        if (json != null) {
            WholeFile.write(json, json(rows, tokens));
        }
        if (chart != null) {
            WholeFile.write(chart, ComparisonChart.of(rows).getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }

    private static void print(List<ComparisonRow> rows, long tokens) {
        System.out.printf("%-32s %12s %12s %10s%n", "model", "perplexity", "KL, nats", "same top");
        for (ComparisonRow row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %12.4f %12.6f %8.2f %%%n",
                    row.label(),
                    row.perplexity(),
                    row.divergence(),
                    100 * row.agreement());
        }
        System.out.printf(Locale.ROOT, "%d tokens of the text; the first row is the reference%n", tokens);
    }

    private static byte[] json(List<ComparisonRow> rows, long tokens) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("tokens", tokens);
        ArrayNode list = root.putArray("models");
        for (ComparisonRow row : rows) {
            list.addObject()
                    .put("model", row.model().toString())
                    .put("perplexity", row.perplexity())
                    .put("kl_nats", row.divergence())
                    .put("top1_agreement", row.agreement());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }
}
