package soliloquy.llm.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import soliloquy.llm.convert.Progress;

/**
 * How well a model predicts a text.
 *
 * @param tokens that were predicted: all but the first of each chunk
 * @param nats negative log-likelihood of a token, the mean
 */
public record Perplexity(long tokens, double nats) {
    /** exp(nats): 1 for a model that is always certain and right. */
    public double value() {
        return Math.exp(nats);
    }

    /** Runs a model over chunks, see {@link TextChunks}; progress counts tokens. */
    public static Perplexity measure(Path model, Mode mode, List<int[]> chunks, Progress progress) throws IOException {
        double[] losses = new double[chunks.size()];
        ChunkRun.run(
                model,
                mode,
                chunks,
                (chunk, place, logits) ->
                        losses[chunk] += Distribution.logSum(logits) - logits[chunks.get(chunk)[place + 1]],
                progress);
        return of(losses, chunks);
    }

    static Perplexity of(double[] losses, List<int[]> chunks) {
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        long tokens = predicted(chunks);
        return new Perplexity(tokens, sum / tokens);
    }

    /** How many tokens of chunks are predicted. */
    public static long predicted(List<int[]> chunks) {
        return chunks.stream().mapToLong(chunk -> chunk.length - 1).sum();
    }
}
