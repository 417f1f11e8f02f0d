package soliloquy.console.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import soliloquy.cdvd.DriveProfile;
import soliloquy.cdvd.Fault;
import soliloquy.cdvd.FaultText;
import soliloquy.console.Instrument;
import soliloquy.console.RunRequest;
import soliloquy.llm.tokenizer.ChatTemplate;
import soliloquy.machine.InputException;

/** What all commands that run a guest let their user choose: the guest's words, its drive and files, and how time is counted. */
final class MachineOptions {
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

    /** How the processor's cycles are counted. */
    TimingOption timing() {
        return timing;
    }

    /**
     * These options as a request; the parameters are those of {@link RunRequest}.
     *
     * @throws InputException if one of the options is wrong
     */
    RunRequest request(
            Path program,
            boolean headless,
            boolean consoleSpeed,
            Path json,
            Path screenshot,
            RunRequest.Gdb gdb,
            List<Instrument> instruments)
            throws IOException {
        sampling.check();
        if (timeout != null && !(timeout > 0)) {
            throw new InputException("--timeout is " + timeout + "; expected a number of seconds above 0");
        }
        return new RunRequest(
                program,
                headless,
                sampling.words(sampling.chats() ? DiscChat.of(program) : ChatTemplate.NONE),
                words,
                timeout == null ? Double.POSITIVE_INFINITY : timeout,
                consoleSpeed,
                timing.profile(),
                profile(discSpeed),
                parsedFaults(),
                host,
                memoryCard,
                writable,
                json,
                screenshot,
                gdb,
                instruments);
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
