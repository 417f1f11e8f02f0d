package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
import soliloquy.console.StopReason;
import soliloquy.console.step.Stepper;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy step}: the forward pass, operation by operation. */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description = {
            "Steps through a language model's forward pass in the console: by operation, layer or token.",
            "Commands come from the terminal; 'help' there lists them."
        })
final class StepCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DISC.iso",
            description = "A disc with a model; without it the default disc.")
    private Path disc;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Take the commands from this file, one a line; text behind a '#' is a comment.")
    private Path script;

    @Option(names = "--json", paramLabel = "FILE", description = "Write a JSON record of each step, one a line.")
    private Path json;

    @Option(
            names = "--window",
            description = "Show everything in panels of a window, beside the picture; its buttons are the commands.")
    private boolean window;

    @Override
    public Integer call() throws Exception {
        WholeFile.check(json);
        RunRequest request = machine.request(disc, true, false, null, null, null, List.of());
        if (window && script != null) {
            throw new InputException(
                    "--window takes commands from its buttons and --script from a file; leave one out");
        }
        RunSession.Outcome outcome = window
                ? Stepper.inWindow(request, json, System.out, System.err)
                : Stepper.run(request, script, json, System.in, System.out, System.err);
        for (String error : outcome.guestErrors()) {
            System.err.println("soliloquy: the guest reports: " + error);
        }
        if (outcome.reason() instanceof StopReason.Crashed crashed) {
            System.err.println("soliloquy: the guest crashed: " + crashed.report());
        }
        return outcome.report().exitStatus();
    }
}
