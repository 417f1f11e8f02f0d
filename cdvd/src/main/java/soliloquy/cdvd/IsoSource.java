package soliloquy.cdvd;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Opens the contents of a file that goes on a disc. Called once for each image that is written or served. */
@FunctionalInterface
public interface IsoSource {
    /** Opens the contents for reading from any position; the caller closes it. */
    SeekableByteChannel open() throws IOException;
}
