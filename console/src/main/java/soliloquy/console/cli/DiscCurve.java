package soliloquy.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.console.DriveCurves;
import soliloquy.machine.WholeFile;

/** {@code disc curve}: the drive's model as plots. */
@Command(
        name = "curve",
        mixinStandardHelpOptions = true,
        description = "Writes plots of the drive's model (seek time over distance, rate over LSN) as SVG.")
final class DiscCurve implements Callable<Integer> {
    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FOLDER",
            description = "The folder to write them to.")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        Map<String, String> plots = DriveCurves.all();
        for (String name : plots.keySet()) {
            WholeFile.check(folder.resolve(name));
        }
        for (Map.Entry<String, String> plot : plots.entrySet()) {
            WholeFile.write(folder.resolve(plot.getKey()), plot.getValue().getBytes(StandardCharsets.UTF_8));
            System.out.println(folder.resolve(plot.getKey()));
        }
        return 0;
    }
}
