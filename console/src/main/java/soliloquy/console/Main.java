package soliloquy.console;

import picocli.CommandLine;
import soliloquy.console.cli.ErrorSentences;
import soliloquy.console.cli.SoliloquyCommand;

/** The program {@code soliloquy}. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its status. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs the command line in this process and returns its exit status. */
    public static int execute(String... arguments) {
        CommandLine commandLine = SoliloquyCommand.lineFor(arguments);
        commandLine.setParameterExceptionHandler(ErrorSentences::parameter);
        commandLine.setExecutionExceptionHandler(ErrorSentences::execution);
        commandLine.setUsageHelpWidth(110);
        return commandLine.execute(arguments);
    }
}
