package soliloquy.llm.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.Progress;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.machine.InputException;

/** Runs a model over chunks of a text, on several threads where memory has room for an engine each. */
final class ChunkRun {
    /** Told of the logits behind every token but the last of a chunk; for different chunks by different threads. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads the logits that predict the token at {@code place + 1}.
         *
         * @param chunk index of the chunk
         * @param place of the last token in it
         */
        void read(int chunk, int place, float[] logits) throws IOException;
    }

    private ChunkRun() {}

    /** Runs all chunks; progress counts tokens. */
    static void run(Path model, Mode mode, List<int[]> chunks, Reader reader, Progress progress) throws IOException {
        AtomicInteger next = new AtomicInteger();
        int threads = Math.min(threads(model), chunks.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    try {
                        work(model, mode, chunks, next, reader, progress);
                        return null;
                    } finally {
                        // After a failure the others have nothing left to take.
                        if (next.get() < chunks.size()) {
                            next.set(chunks.size());
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                await(worker);
            }
        }
    }

    private static void await(Future<?> worker) throws IOException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void work(
            Path model, Mode mode, List<int[]> chunks, AtomicInteger next, Reader reader, Progress progress)
            throws IOException {
        ReferenceEngine engine;
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            engine = new ReferenceEngine(checkpoint, mode.arithmetic());
        }
        for (int index = next.getAndIncrement(); index < chunks.size(); index = next.getAndIncrement()) {
            int[] chunk = chunks.get(index);
            engine.reset();
            for (int place = 0; place + 1 < chunk.length; place++) {
                engine.accept(chunk[place]);
                float[] logits = engine.logits();
                requireFinite(model, logits, place);
                reader.read(index, place, logits);
                progress.advance(1);
            }
        }
    }

    private static void requireFinite(Path model, float[] logits, int place) throws InputException {
        for (int id = 0; id < logits.length; id++) {
            if (!Float.isFinite(logits[id])) {
                throw new InputException(model + ": logit " + id + " behind token " + place + " of a chunk is "
                        + logits[id] + "; expected finite numbers");
            }
        }
    }

    /** Each engine has all weights in single precision; two thirds of the heap may be weights. */
    private static int threads(Path model) throws IOException {
        long bytes;
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            bytes = 4 * checkpoint.config().parameters();
        }
        long room = Runtime.getRuntime().maxMemory() / 3 * 2 / bytes;
        return (int) Math.max(1, Math.min(room, Runtime.getRuntime().availableProcessors()));
    }
}
