package soliloquy.console.cli;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
        name = "soliloquy",
        mixinStandardHelpOptions = true,
        version = "soliloquy 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "A PlayStation 2 emulator that runs a language model inside the emulated console.",
        footer = {
            "",
            "Exit status: the guest's own; 2 something given was wrong; 3 the guest crashed; 4 --timeout ran out.",
        })
public final class SoliloquyCommand {
    /** In the order of the help text. */
    private static final List<Entry<String, Class<?>>> COMMANDS = List.of(
            Map.entry("run", RunCommand.class),
            Map.entry("step", StepCommand.class),
            Map.entry("profile", ProfileCommand.class),
            Map.entry("autotest", AutotestCommand.class),
            Map.entry("bench", BenchCommand.class),
            Map.entry("fuzz", FuzzCommand.class),
            Map.entry("disc", DiscCommand.class),
            Map.entry("model", ModelCommand.class),
            Map.entry("guest", GuestCommand.class));

    private SoliloquyCommand() {}

    /**
     * The command line for {@code arguments}: with the one command they name, or with all. To set all of them up takes as long as the
     * JVM needs to start.
     */
    public static CommandLine lineFor(String... arguments) {
        CommandLine line = new CommandLine(new SoliloquyCommand());
        List<Entry<String, Class<?>>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && command.getKey().equals(arguments[0]))
                .toList();
        (named.isEmpty() ? COMMANDS : named)
                .forEach(command -> line.addSubcommand(command.getKey(), command.getValue()));
        return line;
    }
}
