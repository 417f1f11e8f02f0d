package soliloquy.cdvd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Writes a disc to an image file. */
public final class IsoWriter {
    private IsoWriter() {}

    /** Writes {@code layout} to {@code target}, replacing it only when the image is complete. */
    public static void write(IsoLayout layout, Path target) throws IOException {
        write(layout, target, written -> {});
    }

    /**
     * Writes {@code layout} to {@code target}.
     *
     * @param progress told the number of bytes written so far
     */
    public static void write(IsoLayout layout, Path target, LongConsumer progress) throws IOException {}
}
