package soliloquy.console.timeline;

import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.SpscArrayQueue;

/**
 * Events on their way from the emulation thread to the one that writes them: arrays of {@link #WORDS} longs an event, which go back and
 * forth. The memory is bounded: when all arrays are full, the emulation waits for the writer.
 */
final class EventQueue {
    /** Longs of an event: what it is, when, and its number. */
    static final int WORDS = 3;

    private static final int EVENTS = 4096;
    private static final int ARRAYS = 16;
    private static final long WAIT_NANOS = 200_000;

    /** Some events, of which {@code length} longs are in use. */
    static final class Batch {
        final long[] words = new long[WORDS * EVENTS];
        int length;

        boolean isFull() {
            return length == words.length;
        }

        void add(long what, long time, long number) {
            words[length] = what;
            words[length + 1] = time;
            words[length + 2] = number;
            length += WORDS;
        }
    }

    private final SpscArrayQueue<Batch> filled = new SpscArrayQueue<>(ARRAYS);
    private final SpscArrayQueue<Batch> empty = new SpscArrayQueue<>(ARRAYS);
    private volatile boolean abandoned;

    EventQueue() {
        for (int i = 0; i < ARRAYS; i++) {
            empty.offer(new Batch());
        }
    }

    /** For the emulation thread: a batch to fill; null once nobody writes any more. */
    Batch empty() {
        while (true) {
            Batch batch = empty.poll();
            if (batch != null || abandoned) {
                return batch;
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    /** For the emulation thread: hands over a batch. */
    void put(Batch batch) {
        if (!filled.offer(batch)) {
            throw new IllegalStateException("more batches than there are");
        }
    }

    /** For the writer: the next batch, or null. */
    Batch filled() {
        return filled.poll();
    }

    /** For the writer: a batch can be used again. */
    void written(Batch batch) {
        batch.length = 0;
        empty.offer(batch);
    }

    /** For the writer: it takes no more. */
    void abandon() {
        abandoned = true;
    }
}
