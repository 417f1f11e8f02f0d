package soliloquy.console;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.IsoLayout;
import soliloquy.llm.build.DiscBuilder;
import soliloquy.machine.InputException;

/** The disc that runs when the user names none: the default model and its prebuilt engine, from the program's resources. */
public final class DefaultDisc {
    private static final String FOLDER = "/soliloquy/llm/disc/";

    private DefaultDisc() {}

    /** Opens the disc; its sectors are served straight from the resources. */
    static DiscImage open() throws IOException {
        return layout().image();
    }

    /** The layout of the disc. */
    public static IsoLayout layout() throws IOException {
        return DiscBuilder.layout(
                Files.readAllBytes(file("SOLILOQU.ELF")),
                file("MODEL.PSN"),
                file("TOKENIZR.BIN"),
                Files.readAllBytes(file("MODEL.TXT")));
    }

    /** The resource {@code name} as a path, inside the program's archive where it is packed in one. */
    public static Path file(String name) throws IOException {
        URL url = DiscBuilder.class.getResource(FOLDER + name);
        if (url == null) {
            throw new InputException("the default disc's file " + name
                    + " is not in this build of the program; rebuild it, or name a disc image");
        }
        try {
            URI uri = url.toURI();
            if (uri.getScheme().equals("jar")) {
                FileSystem archive;
                try {
                    archive = FileSystems.newFileSystem(uri, Map.of());
                } catch (FileSystemAlreadyExistsException e) {
                    archive = FileSystems.getFileSystem(uri);
                }
                return archive.getPath(FOLDER + name);
            }
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new InputException("the default disc's file " + name + " has the unusable address " + url, e);
        }
    }
}
