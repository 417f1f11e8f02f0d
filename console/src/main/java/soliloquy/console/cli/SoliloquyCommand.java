package soliloquy.console.cli;

import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
        name = "soliloquy",
        mixinStandardHelpOptions = true,
        version = "soliloquy 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "A PlayStation 2 emulator that runs a language model inside the emulated console.",
        subcommands = {
            RunCommand.class,
            AutotestCommand.class,
            BenchCommand.class,
            FuzzCommand.class,
            DiscCommand.class,
            ModelCommand.class,
            GuestCommand.class,
        },
        footer = {
            "",
            "Exit status: the guest's own; 2 something given was wrong; 3 the guest crashed; 4 --timeout ran out.",
        })
public final class SoliloquyCommand {}
