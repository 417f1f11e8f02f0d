package soliloquy.console.timeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** A file that grows and is complete all the time: behind what was written there always is an ending, which the next part replaces. */
final class TimelineFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long length;

    /**
     * Makes the file, empty but for an ending, in place of any other.
     *
     * @throws InputException if that cannot be: one sentence
     */
    TimelineFile(Path path, byte[] beginning, byte[] ending) throws IOException {
        this.path = path;
        WholeFile.check(path);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new InputException(path + " cannot be written: it is not an ordinary file; choose another place");
        }
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            append(beginning, beginning.length, ending, ending.length);
        } catch (IOException e) {
            throw WholeFile.cannotWrite(path, e);
        }
    }

    Path path() {
        return path;
    }

    /** Octets written, without the ending. */
    long length() {
        return length;
    }

    /** Puts more in the place of the ending, and another ending behind it. */
    void append(byte[] more, int moreLength, byte[] ending, int endingLength) throws IOException {
        ByteBuffer both = ByteBuffer.allocate(moreLength + endingLength);
        both.put(more, 0, moreLength).put(ending, 0, endingLength).flip();
        long at = length;
        while (both.hasRemaining()) {
            at += channel.write(both, at);
        }
        if (channel.size() > at) {
            channel.truncate(at);
        }
        length += moreLength;
    }

    /** Puts back the ending that was there before an {@link #append} that failed. */
    void restore(byte[] ending, int endingLength) throws IOException {
        channel.truncate(length);
        append(new byte[0], 0, ending, endingLength);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
