package soliloquy.console;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import soliloquy.machine.InputException;

/**
 * A guest program with the console text that is expected of it.
 *
 * @param name path below the suite's folder, with {@code /} and without {@code .elf} or {@code .irx}
 * @param program the ELF of the EE, or the module of the IOP
 * @param expected the {@code .expected} file beside it, or null where there is none
 */
public record AutotestCase(String name, Path program, Path expected) {
    private static final List<String> SUFFIXES = List.of(".elf", ".irx");
    private static final int SUFFIX = 4;
    private static final String EXPECTED = ".expected";

    /**
     * Every {@code .elf} and {@code .irx} below {@code folder} whose name matches {@code glob} (null for all), in the order of the names. A glob
     * without {@code /} is compared with the file's name, else with the path below {@code folder}; the suffix may be left out.
     *
     * @throws InputException if the glob is malformed, or nothing is found
     */
    public static List<AutotestCase> find(Path folder, String glob) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        PathMatcher matcher = matcher(glob);
        List<AutotestCase> found = new ArrayList<>();
        int programs = 0;
        for (Path file : programs(folder)) {
            programs++;
            String path = folder.relativize(file).toString().replace('\\', '/');
            String name = path.substring(0, path.length() - SUFFIX);
            Path compared = glob != null && glob.indexOf('/') < 0 ? file.getFileName() : Path.of(path);
            if (matcher.matches(compared) || matcher.matches(withoutSuffix(compared))) {
                Path expected =
                        withoutSuffix(file).resolveSibling(withoutSuffix(file).getFileName() + EXPECTED);
                found.add(new AutotestCase(name, file, Files.isRegularFile(expected) ? expected : null));
            }
        }
        if (programs == 0) {
            throw new InputException(
                    "no .elf or .irx file lies below " + folder + "; name a folder with guest programs");
        }
        if (found.isEmpty()) {
            throw new InputException(
                    "none of the " + programs + " programs below " + folder + " matches --filter '" + glob + "'");
        }
        return found;
    }

    private static PathMatcher matcher(String glob) throws InputException {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + (glob == null ? "**" : glob));
        } catch (PatternSyntaxException e) {
            throw new InputException(
                    "--filter '" + glob + "' is not a glob (" + e.getDescription() + "); write it like 'cpu/ee*/**'",
                    e);
        }
    }

    private static List<Path> programs(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> isProgram(file.getFileName().toString()) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isProgram(String name) {
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static Path withoutSuffix(Path program) {
        String name = program.getFileName().toString();
        return program.resolveSibling(name.substring(0, name.length() - SUFFIX));
    }
}
