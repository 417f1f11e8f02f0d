package soliloquy.console.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import soliloquy.console.ExitStatus;
import soliloquy.machine.InputException;

/** Turns what went wrong into one sentence on stderr and an exit status. */
public final class ErrorSentences {
    private ErrorSentences() {}

    /** An option or argument that the command does not take. */
    public static int parameter(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String text = exception.getMessage().replaceAll("\\s+", " ").strip();
        command.getErr()
                .println("soliloquy: " + text + (text.endsWith(".") ? "" : ";") + " see '"
                        + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.BAD_INPUT;
    }

    /** Anything a command threw. Input that is wrong gets its sentence; a defect of the emulator gets its stack trace. */
    public static int execution(Exception exception, CommandLine command, ParseResult parsed) {
        switch (exception) {
            case InputException input -> say(command, input.getMessage());
            case NoSuchFileException missing ->
                say(command, missing.getFile() + " does not exist; check the name and the folder");
            case AccessDeniedException denied ->
                say(
                        command,
                        denied.getFile()
                                + " may not be opened: permission denied; change its permissions or choose another place");
            case NotDirectoryException notFolder ->
                say(command, notFolder.getFile() + " is not a folder; name a folder");
            case FileAlreadyExistsException exists ->
                say(command, exists.getFile() + " exists already; choose another name or remove it");
            case FileSystemException system ->
                say(command, system.getFile() + " could not be used: " + system.getReason());
            case IOException io -> say(command, String.valueOf(io.getMessage()));
            default -> {
                command.getErr()
                        .println("soliloquy: an error of the emulator itself; please report it with what follows.");
                exception.printStackTrace(command.getErr());
                return ExitStatus.INTERNAL;
            }
        }
        return ExitStatus.BAD_INPUT;
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("soliloquy: " + sentence + (sentence.endsWith(".") ? "" : "."));
    }
}
