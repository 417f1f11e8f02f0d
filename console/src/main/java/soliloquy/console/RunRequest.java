package soliloquy.console;

import java.nio.file.Path;
import java.util.List;

/**
 * What a user asked for with {@code soliloquy run}.
 *
 * @param program disc image or ELF, or null for the default disc
 * @param headless true to show no window
 * @param modelWords words of argv for the language-model program
 * @param words further words of argv
 * @param timeoutSeconds host time after which the run ends; infinite for none
 * @param consoleSpeed true to run no faster than a console
 * @param json where to write the report, or null
 * @param screenshot where to write the last picture, or null
 */
public record RunRequest(
        Path program,
        boolean headless,
        List<String> modelWords,
        List<String> words,
        double timeoutSeconds,
        boolean consoleSpeed,
        Path json,
        Path screenshot) {}
