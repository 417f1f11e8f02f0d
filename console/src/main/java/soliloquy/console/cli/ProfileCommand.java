package soliloquy.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
import soliloquy.console.profile.FlameGraph;
import soliloquy.console.profile.GuestProfile;
import soliloquy.console.profile.ProfileJson;
import soliloquy.console.profile.ProfileText;
import soliloquy.console.profile.Profiler;
import soliloquy.console.profile.StageChart;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy profile}: where the guest time of a run goes. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a disc image or a guest program headless and tells where its guest time went: by stage of the forward pass,"
                    + " by function of the EE, and by who called whom.",
            "With --timing cache also the misses of the caches. The run is the same as without a profile, to the cycle."
        })
final class ProfileCommand implements Callable<Integer> {
    private static final double LONGEST_PERIOD = 1e6;

    @Parameters(
            arity = "0..1",
            paramLabel = "DISC.iso|PROGRAM.elf",
            description = "What to boot; without it the default disc.")
    private Path program;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--period",
            paramLabel = "MICROSECONDS",
            description = "Guest time of computing between two samples (default: ${DEFAULT-VALUE}).")
    private double period = 20;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Functions in a table on the screen (default: ${DEFAULT-VALUE}).")
    private int top = 25;

    @Option(names = "--flame", paramLabel = "FILE.svg", description = "Write a flame graph.")
    private Path flame;

    @Option(names = "--stages", paramLabel = "FILE.svg", description = "Write a chart of guest time by stage.")
    private Path stages;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the profile as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        if (!(period * 1e-6 * Clocks.EE_HZ >= 1) || period > LONGEST_PERIOD) {
            throw new InputException("--period is " + period + "; expected microseconds from 0.01 to 1000000");
        }
        if (top < 1) {
            throw new InputException("--top is " + top + "; expected 1 or more");
        }
        for (Path file : new Path[] {flame, stages, json}) {
            WholeFile.check(file);
        }
        Profiler profiler =
                new Profiler(Clocks.cycles(period * 1e-6), machine.timing().profile());
        RunRequest request = machine.request(program, true, false, null, null, null, List.of(profiler));
        int status = RunSession.run(request, System.out, System.err);
        GuestProfile profile = profiler.profile();
        System.out.print("\n" + ProfileText.of(profile, top));
        write(flame, FlameGraph.of(profile));
        write(stages, StageChart.of(profile));
        if (json != null) {
            ProfileJson.write(profile, json);
        }
        return status;
    }

    private static void write(Path file, String picture) throws Exception {
        if (file != null) {
            WholeFile.write(file, picture.getBytes(StandardCharsets.UTF_8));
        }
    }
}
