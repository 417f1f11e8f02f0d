package soliloquy.pad;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Live input. Any host thread presses and releases; the emulation thread takes the state at its safe points with
 * {@link #take()}, so that what the guest sees changes only there.
 */
public final class PadInput implements ButtonSource {
    private final AtomicInteger held = new AtomicInteger();
    private int taken;

    /** Presses {@code button}; from any thread. */
    public void press(Button button) {
        held.getAndUpdate(mask -> mask | button.mask());
    }

    /** Releases {@code button}; from any thread. */
    public void release(Button button) {
        held.getAndUpdate(mask -> mask & ~button.mask());
    }

    /** Replaces the whole state by a mask of pressed buttons; from any thread. */
    public void hold(int mask) {
        held.set(mask & Button.ALL);
    }

    /** Releases everything, as when the window loses the keyboard; from any thread. */
    public void releaseAll() {
        held.set(0);
    }

    /** Takes the host's state into the machine; emulation thread, at a safe point. */
    public void take() {
        taken = held.getAcquire();
    }

    @Override
    public int pressed() {
        return taken;
    }
}
