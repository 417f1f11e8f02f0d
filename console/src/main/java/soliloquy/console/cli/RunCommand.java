package soliloquy.console.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.console.InstructionRing;
import soliloquy.console.Instrument;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
import soliloquy.console.timeline.Timeline;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy run}: boots a disc or a program. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Boots a disc image, a guest program or a module of the IOP; without one, the disc with the default model.")
final class RunCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DISC.iso|PROGRAM.elf|MODULE.irx",
            description = "What to boot; without it the default disc.")
    private Path program;

    @Option(names = "--headless", description = "No window; the guest's console text goes to stdout.")
    private boolean headless;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what the run came to as JSON.")
    private Path json;

    @Option(names = "--screenshot", paramLabel = "FILE.png", description = "Write the last picture as PNG.")
    private Path screenshot;

    @Option(
            names = "--speed",
            paramLabel = "max|console",
            description = "As fast as the host can (default), or no faster than a console.")
    private String speed = "max";

    @Option(
            names = "--gdb",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "2159",
            description = {
                "Listen for GDB: for the EE at this port (default: 2159), for the IOP at the next; 0 for any two.",
                "'target remote :2159' attaches."
            })
    private Integer gdbPort;

    @Option(
            names = "--gdb-host",
            paramLabel = "ADDRESS",
            description = "The interface to listen at (default: localhost). Whoever reaches it controls the console.")
    private String gdbHost;

    @Option(names = "--gdb-wait", description = "Wait for GDB before the first instruction.")
    private boolean gdbWaits;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = {
                "Write what EE, IOP, SIF, drive and GS do, in guest time, as JSON for Perfetto and Chrome's trace viewer.",
                "The console cannot be taken back then."
            })
    private Path trace;

    @Option(
            names = "--trace-instructions",
            paramLabel = "N",
            description = "Keep the last N instructions of the EE and write them to stderr when the run ends."
                    + " All code is interpreted then, in the same guest time.")
    private Integer traceInstructions;

    private RunRequest.Gdb gdb() throws InputException {
        if (gdbPort == null) {
            if (gdbWaits || gdbHost != null) {
                throw new InputException("--gdb-wait and --gdb-host need --gdb");
            }
            return null;
        }
        if (gdbPort < 0 || gdbPort > 65534) {
            throw new InputException("--gdb is " + gdbPort + "; expected a port from 0 to 65534");
        }
        return new RunRequest.Gdb(gdbHost == null ? "localhost" : gdbHost, gdbPort, gdbWaits);
    }

    @Override
    public Integer call() throws Exception {
        if (!speed.equals("max") && !speed.equals("console")) {
            throw new InputException("--speed is '" + speed + "'; expected 'max' or 'console'");
        }
        WholeFile.check(json);
        WholeFile.check(screenshot);
        if (traceInstructions == null) {
            return runTraced(List.of());
        }
        if (traceInstructions < 1 || traceInstructions > InstructionRing.MOST) {
            throw new InputException("--trace-instructions is " + traceInstructions + "; expected a number from 1 to "
                    + InstructionRing.MOST);
        }
        InstructionRing ring = new InstructionRing(traceInstructions);
        int status = runTraced(List.of(ring));
        System.err.print("\n" + ring.text());
        return status;
    }

    private int runTraced(List<Instrument> instruments) throws Exception {
        if (trace == null) {
            return run(instruments);
        }
        // Wrong options are told before there is a file.
        request(instruments);
        Timeline timeline = new Timeline(trace, machine.timing().profile().label());
        int status;
        try (timeline) {
            List<Instrument> all = new ArrayList<>(instruments);
            all.add(timeline);
            status = run(all);
        }
        if (timeline.failure() != null) {
            throw new InputException(timeline.failure());
        }
        return status;
    }

    private int run(List<Instrument> instruments) throws Exception {
        return RunSession.run(request(instruments), System.out, System.err);
    }

    private RunRequest request(List<Instrument> instruments) throws IOException {
        return machine.request(program, headless, speed.equals("console"), json, screenshot, gdb(), instruments);
    }
}
