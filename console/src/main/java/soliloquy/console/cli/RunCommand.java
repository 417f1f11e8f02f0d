package soliloquy.console.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.cdvd.DriveProfile;
import soliloquy.cdvd.Fault;
import soliloquy.cdvd.FaultText;
import soliloquy.console.RunRequest;
import soliloquy.console.RunSession;
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
    private SamplingOptions sampling;

    @Option(
            names = "--arg",
            paramLabel = "WORD",
            arity = "1",
            description = "A further word of the guest's argv; may be repeated.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "End the run after this much wall time, with exit status 4.")
    private Double timeout;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what the run came to as JSON.")
    private Path json;

    @Option(names = "--screenshot", paramLabel = "FILE.png", description = "Write the last picture as PNG.")
    private Path screenshot;

    @Option(
            names = "--speed",
            paramLabel = "max|console",
            description = "As fast as the host can (default), or no faster than a console.")
    private String speed = "max";

    @Mixin
    private TimingOption timing;

    @Option(
            names = "--disc-speed",
            paramLabel = "cd24|dvd4|instant",
            description = "Speed of the drive; by default that of the disc's medium. 'instant' never waits for it.")
    private String discSpeed;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            arity = "1",
            description = {
                "What goes wrong with the drive; may be repeated. One of:",
                "read-error:lsn=N[-M],times=K",
                "read-error:rate=P,seed=S,times=K",
                "tray-open:at=SECONDS,for=SECONDS",
                "slow:factor=F",
                "vibration:rate=P,seed=S",
                "corrupt:lsn=N,byte=B[,after=K][,times=K]",
                "P is a share or a percentage (1%%); K may be 'always'; SECONDS are guest time."
            })
    private List<String> faults = new ArrayList<>();

    @Option(names = "--host", paramLabel = "FOLDER", description = "A folder that the guest sees as host:.")
    private Path host;

    @Option(
            names = "--memory-card",
            paramLabel = "FOLDER",
            description = "A folder whose files are on a memory card in the first slot; else there is none.")
    private Path memoryCard;

    @Option(names = "--writable", description = "Lets the guest write to the folders of --host and --memory-card.")
    private boolean writable;

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
        sampling.check();
        if (timeout != null && !(timeout > 0)) {
            throw new InputException("--timeout is " + timeout + "; expected a number of seconds above 0");
        }
        if (!speed.equals("max") && !speed.equals("console")) {
            throw new InputException("--speed is '" + speed + "'; expected 'max' or 'console'");
        }
        WholeFile.check(json);
        WholeFile.check(screenshot);
        RunRequest request = new RunRequest(
                program,
                headless,
                sampling.words(),
                words,
                timeout == null ? Double.POSITIVE_INFINITY : timeout,
                speed.equals("console"),
                timing.profile(),
                profile(discSpeed),
                parsedFaults(),
                host,
                memoryCard,
                writable,
                json,
                screenshot,
                gdb());
        return RunSession.run(request, System.out, System.err);
    }

    private List<Fault> parsedFaults() throws InputException {
        List<Fault> parsed = new ArrayList<>();
        for (String text : faults) {
            parsed.add(FaultText.parse(text));
        }
        return parsed;
    }

    private static DriveProfile profile(String name) throws InputException {
        return switch (name) {
            case null -> null;
            case "cd24" -> DriveProfile.CD24;
            case "dvd4" -> DriveProfile.DVD4;
            case "instant" -> DriveProfile.INSTANT;
            default -> throw new InputException("--disc-speed is '" + name + "'; expected 'cd24', 'dvd4' or 'instant'");
        };
    }
}
