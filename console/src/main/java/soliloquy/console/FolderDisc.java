package soliloquy.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import soliloquy.cdvd.IsoLayout;
import soliloquy.machine.InputException;

/** The disc of a folder's files. */
public final class FolderDisc {
    private static final int LONGEST_VOLUME = 32;

    private FolderDisc() {}

    /**
     * Lays the files out: SYSTEM.CNF first, then by name.
     *
     * @throws InputException if the folder is missing or empty, or a name is not of ISO 9660 level 1
     */
    public static IsoLayout layout(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + " is not a folder; expected one with the files of the disc");
        }
        List<String> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .forEach(paths::add);
        }
        if (paths.isEmpty()) {
            throw new InputException(folder + " is empty; expected the files of the disc");
        }
        paths.sort(java.util.Comparator.comparing((String path) -> !path.equalsIgnoreCase("SYSTEM.CNF")));
        Path name = folder.toAbsolutePath().normalize().getFileName();
        String volume = (name == null ? "DISC" : name.toString())
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9_]", "_");
        IsoLayout layout = new IsoLayout(volume.substring(0, Math.min(volume.length(), LONGEST_VOLUME)));
        for (String path : paths) {
            layout.add(path.toUpperCase(Locale.ROOT), folder.resolve(path));
        }
        return layout;
    }
}
