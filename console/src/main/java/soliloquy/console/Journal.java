package soliloquy.console;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import soliloquy.pad.ButtonSource;
import soliloquy.pad.PadInput;

/**
 * What came into the machine from outside, and when: with it a second console does what the first did. The pad it plays as well. Used by
 * the emulation thread only.
 */
final class Journal implements ButtonSource {
    /** A debugger changed the machine when the EE's clock was at {@code position} half cycles. */
    record Write(long position, Consumer<Console> change) {}

    private final PadInput live;
    /** Buttons held from an EE cycle on. */
    private final TreeMap<Long, Integer> held = new TreeMap<>();

    private final List<Write> writes = new ArrayList<>();
    private long recordedUntil;
    private int pressed;

    Journal(PadInput live) {
        this.live = live;
    }

    /** At a safe point at EE cycle {@code now}: what was held at this time before, or else what the host holds now. */
    void take(long now) {
        if (now < recordedUntil) {
            var entry = held.floorEntry(now);
            pressed = entry == null ? 0 : entry.getValue();
            return;
        }
        live.take();
        if (live.pressed() != pressed || held.isEmpty()) {
            held.put(now, live.pressed());
        }
        pressed = live.pressed();
        recordedUntil = now + 1;
    }

    @Override
    public int pressed() {
        return pressed;
    }

    /** A debugger changed the machine. */
    void wrote(Write write) {
        writes.add(write);
    }

    /** What debuggers changed up to {@code position}. */
    List<Write> writesUntil(long position) {
        return writes.stream().filter(write -> write.position() <= position).toList();
    }

    /** The machine goes on from {@code position}: what was changed later has not been. */
    void forgetWritesAfter(long position) {
        writes.removeIf(write -> write.position() > position);
    }
}
