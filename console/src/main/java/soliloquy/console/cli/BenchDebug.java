package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.console.DebugBench;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy bench debug}: what a debugger costs. */
@Command(
        name = "debug",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the default disc and changes, from token to token, between no debugger, a server that nobody uses, and a"
                    + " debugger with a breakpoint where the program never comes; then measures single steps over loopback.",
            "Times are processor time of one core for a token, medians."
        },
        footer = {"", "Exit status: 0 measured; 2 something given was wrong."})
final class BenchDebug implements Callable<Integer> {
    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Tokens in each of the three states (default: ${DEFAULT-VALUE}).")
    private int rounds = 40;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > 100) {
            throw new InputException("--rounds is " + rounds + "; expected 1 to 100");
        }
        WholeFile.check(json);
        DebugBench.Figures figures = DebugBench.measure(rounds);
        Map<DebugBench.State, Double> seconds = figures.seconds();
        double alone = seconds.get(DebugBench.State.NO_DEBUGGER);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        System.out.printf(Locale.ROOT, "%-22s %12s %8s%n", "state", "ms a token", "cost");
        seconds.forEach((state, time) -> {
            String label = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
            double cost = time / alone - 1;
            System.out.printf(Locale.ROOT, "%-22s %12.2f %7.1f%%%n", label, time * 1e3, cost * 100);
            root.putObject(label).put("milliseconds_a_token", time * 1e3).put("cost", cost);
        });
        System.out.printf(Locale.ROOT, "a single step over loopback: %.0f us%n", figures.stepMicroseconds());
        root.put("step_microseconds", figures.stepMicroseconds());
        if (json != null) {
            WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
        return 0;
    }
}
