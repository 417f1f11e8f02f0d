package soliloquy.gs;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import soliloquy.machine.Frame;
import soliloquy.machine.InputException;

/** Writes frames as PNG files, without a display. */
public final class PngWriter {
    private PngWriter() {}

    /**
     * Writes {@code frame} to {@code file}: whole or not at all, since it is written beside its place and then renamed.
     *
     * @throws InputException where the frame is empty or the file cannot be written; one sentence naming the file
     */
    public static void write(Frame frame, Path file) throws InputException {
        if (frame.width <= 0 || frame.height <= 0) {
            throw new InputException(file + " was not written: the console shows no picture yet");
        }
        BufferedImage image = new BufferedImage(frame.width, frame.height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, frame.width, frame.height, frame.pixels, 0, frame.width);
        Path target = file.toAbsolutePath();
        Path partial = null;
        try {
            partial = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
            try (OutputStream out = Files.newOutputStream(partial)) {
                if (!ImageIO.write(image, "png", out)) {
                    throw new IOException("this Java has no PNG encoder");
                }
            }
            move(partial, target);
        } catch (IOException e) {
            throw new InputException(file + " could not be written: " + reason(e), e);
        } finally {
            discard(partial);
        }
    }

    private static void move(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException missing ->
                "there is no folder " + Path.of(missing.getFile()).getParent();
            case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private static void discard(Path partial) throws InputException {
        try {
            if (partial != null) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new InputException("the temporary file " + partial + " could not be removed", e);
        }
    }
}
