package soliloquy.gs.window;

import org.jctools.queues.SpscArrayQueue;
import soliloquy.machine.Frame;

/** Frames on their way from the emulation thread to the window, and back for reuse. Neither side ever waits for the other. */
public final class FrameQueue {
    private static final int FRAMES = 4;

    private final SpscArrayQueue<Frame> full = new SpscArrayQueue<>(FRAMES);
    private final SpscArrayQueue<Frame> empty = new SpscArrayQueue<>(FRAMES);

    public FrameQueue() {
        for (int i = 0; i < FRAMES; i++) {
            empty.add(new Frame());
        }
    }

    /** A frame to fill, or null while the window has not shown those before. Emulation thread. */
    public Frame next() {
        return empty.poll();
    }

    /** Hands a filled frame to the window. Emulation thread. */
    public void publish(Frame frame) {
        full.add(frame);
    }

    /** The newest frame, or null if there is none since the last call; older ones go back. Window thread. */
    Frame newest() {
        Frame newest = full.poll();
        for (Frame later = newest; later != null; later = full.poll()) {
            if (!later.equals(newest)) {
                empty.add(newest);
                newest = later;
            }
        }
        return newest;
    }

    /** Gives back a frame that {@link #newest} returned. Window thread. */
    void giveBack(Frame frame) {
        empty.add(frame);
    }
}
