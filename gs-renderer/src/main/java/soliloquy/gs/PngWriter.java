package soliloquy.gs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import soliloquy.machine.Frame;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** Writes frames as PNG files, without a display. */
public final class PngWriter {
    private PngWriter() {}

    /**
     * Writes {@code frame} to {@code file}: whole or not at all, since it is written beside its place and then renamed.
     *
     * @throws InputException where the frame is empty or the file cannot be written; one sentence naming the file
     */
    public static void write(Frame frame, Path file) throws IOException {
        if (frame.width <= 0 || frame.height <= 0) {
            throw new InputException(file + " was not written: the console shows no picture yet");
        }
        BufferedImage image = new BufferedImage(frame.width, frame.height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, frame.width, frame.height, frame.pixels, 0, frame.width);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", png)) {
            throw new IllegalStateException("this Java has no PNG encoder");
        }
        WholeFile.write(file, png.toByteArray());
    }
}
