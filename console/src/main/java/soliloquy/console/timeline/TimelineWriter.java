package soliloquy.console.timeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import soliloquy.machine.TraceTrack;
import soliloquy.machine.WholeFile;

/** Writes the events of an {@link EventQueue} to a file on a thread of its own. The file is complete JSON at any moment. */
final class TimelineWriter implements Runnable {
    private static final long WAIT_NANOS = 1_000_000;
    private static final int TRACKS = TraceTrack.values().length;
    private static final int NAME_SHIFT = 16;
    private static final int LABEL_SHIFT = 40;

    private final TimelineFile file;
    private final EventQueue queue;
    private final Names names;
    private final TraceJson events = new TraceJson();
    private final TraceJson ending = new TraceJson();
    private final int[] open = new int[TRACKS];
    private final long[] lastTimes = new long[TRACKS];
    private long lastTime;
    private byte[] lastEnding;
    private int lastEndingLength;
    private volatile boolean closing;
    private volatile IOException failure;

    /** Makes the file. */
    TimelineWriter(Path path, String timing, EventQueue queue, Names names) throws IOException {
        this.queue = queue;
        this.names = names;
        ending.ending();
        keepEnding();
        file = new TimelineFile(path, TraceJson.beginning(timing), lastEnding);
    }

    /** Quoted texts by number. One thread adds them, the other reads those that it was told of. */
    static final class Names {
        private volatile byte[][] texts = new byte[64][];
        private int count = 1;

        /** The number of a new text; never 0. */
        int add(String text) {
            if (count == texts.length) {
                texts = Arrays.copyOf(texts, 2 * count);
            }
            texts[count] = TraceJson.quoted(text);
            return count++;
        }

        byte[] text(int number) {
            return texts[number];
        }
    }

    /** What an event is, in one number. */
    static long what(int kind, TraceTrack track, int name, int label) {
        return kind | (long) track.ordinal() << 8 | (long) name << NAME_SHIFT | (long) label << LABEL_SHIFT;
    }

    /** Ends after all that is in the queue. */
    void close() {
        closing = true;
    }

    /** Why events are missing in the file, as a sentence; null if none are. */
    String failure() {
        IOException cause = failure;
        return cause == null
                ? null
                : WholeFile.cannotWrite(file.path(), cause).getMessage() + "; it ends after " + file.length()
                        + " bytes of events";
    }

    @Override
    public void run() {
        try (file) {
            while (true) {
                boolean last = closing;
                EventQueue.Batch batch = queue.filled();
                if (batch != null) {
                    write(batch);
                    queue.written(batch);
                } else if (last) {
                    break;
                } else {
                    LockSupport.parkNanos(WAIT_NANOS);
                }
            }
        } catch (IOException e) {
            failure = e;
        } finally {
            queue.abandon();
        }
    }

    private void write(EventQueue.Batch batch) throws IOException {
        events.clear();
        for (int i = 0; i < batch.length; i += EventQueue.WORDS) {
            event(batch.words[i], batch.words[i + 1], batch.words[i + 2]);
        }
        ending.clear();
        for (int track = 0; track < TRACKS; track++) {
            for (int i = 0; i < open[track]; i++) {
                ending.event(TraceJson.END, track, null, Math.max(lastTime, lastTimes[track]), null, 0);
            }
        }
        ending.ending();
        try {
            file.append(events.bytes(), events.length(), ending.bytes(), ending.length());
        } catch (IOException e) {
            file.restore(lastEnding, lastEndingLength);
            throw e;
        }
        keepEnding();
    }

    private void keepEnding() {
        lastEnding = Arrays.copyOf(ending.bytes(), ending.length());
        lastEndingLength = ending.length();
    }

    private void event(long what, long time, long number) {
        int kind = (int) what & 0xFF;
        int track = (int) what >> 8 & 0xFF;
        int name = (int) (what >> NAME_SHIFT) & 0xFF_FFFF;
        int label = (int) (what >> LABEL_SHIFT);
        lastTime = Math.max(lastTime, time);
        lastTimes[track] = time;
        open[track] += kind == TraceJson.BEGIN ? 1 : kind == TraceJson.END ? -1 : 0;
        events.event(kind, track, names.text(name), time, label == 0 ? null : names.text(label), number);
    }
}
