package soliloquy.llm.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.Progress;
import soliloquy.machine.InputException;

/**
 * Compares models with a reference on the same chunks of a text. The reference runs once; its logits wait in a temporary file, so that
 * no two models are in memory together.
 */
public final class Comparison implements Closeable {
    private final Path logits;
    private final FileChannel channel;
    private final List<int[]> chunks;
    private final long[] firstRow;
    private final int vocabulary;
    private final Perplexity reference;

    /**
     * What a model came to.
     *
     * @param perplexity its own
     * @param divergence of its distributions from the reference's (Kullback-Leibler), the mean in nats
     * @param agreement how often its likeliest token is the reference's, 0 to 1
     */
    public record Result(Perplexity perplexity, double divergence, double agreement) {}

    private Comparison(Path reference, Mode mode, List<int[]> chunks, Progress progress) throws IOException {
        this.chunks = chunks;
        firstRow = new long[chunks.size()];
        for (int i = 1; i < firstRow.length; i++) {
            firstRow[i] = firstRow[i - 1] + chunks.get(i - 1).length - 1;
        }
        try (Checkpoint checkpoint = Checkpoint.open(reference)) {
            vocabulary = checkpoint.config().vocabulary();
        }
        logits = Files.createTempFile("soliloquy-logits", ".f32");
        channel = FileChannel.open(
                logits, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        double[] losses = new double[chunks.size()];
        boolean done = false;
        try {
            ChunkRun.run(
                    reference,
                    mode,
                    chunks,
                    (chunk, place, row) -> {
                        losses[chunk] += Distribution.logSum(row) - row[chunks.get(chunk)[place + 1]];
                        keep(firstRow[chunk] + place, row);
                    },
                    progress);
            done = true;
        } finally {
            if (!done) {
                channel.close();
            }
        }
        this.reference = Perplexity.of(losses, chunks);
    }

    /** Runs the reference. */
    public static Comparison with(Path reference, Mode mode, List<int[]> chunks, Progress progress) throws IOException {
        return new Comparison(reference, mode, chunks, progress);
    }

    /** The reference's own perplexity. */
    public Perplexity reference() {
        return reference;
    }

    /**
     * Runs a model.
     *
     * @throws InputException its vocabulary is not the reference's
     */
    public Result compare(Path model, Mode mode, Progress progress) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            if (checkpoint.config().vocabulary() != vocabulary) {
                throw new InputException(model + " has a vocabulary of "
                        + checkpoint.config().vocabulary() + "; expected " + vocabulary + " as in the reference");
            }
        }
        double[] losses = new double[chunks.size()];
        double[] divergences = new double[chunks.size()];
        long[] agreements = new long[chunks.size()];
        ChunkRun.run(
                model,
                mode,
                chunks,
                (chunk, place, row) -> {
                    float[] expected = kept(firstRow[chunk] + place);
                    losses[chunk] += Distribution.logSum(row) - row[chunks.get(chunk)[place + 1]];
                    divergences[chunk] += Distribution.divergence(expected, row);
                    agreements[chunk] += Distribution.best(expected) == Distribution.best(row) ? 1 : 0;
                },
                progress);
        Perplexity perplexity = Perplexity.of(losses, chunks);
        double divergence = 0;
        long agreement = 0;
        for (int i = 0; i < chunks.size(); i++) {
            divergence += divergences[i];
            agreement += agreements[i];
        }
        return new Result(perplexity, divergence / perplexity.tokens(), (double) agreement / perplexity.tokens());
    }

    private void keep(long row, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4 * vocabulary);
        buffer.asFloatBuffer().put(values);
        long at = row * buffer.capacity();
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    private float[] kept(long row) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4 * vocabulary);
        long at = row * buffer.capacity();
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("the temporary file " + logits + " was cut while it was used");
            }
            at += read;
        }
        float[] values = new float[vocabulary];
        buffer.flip().asFloatBuffer().get(values);
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
