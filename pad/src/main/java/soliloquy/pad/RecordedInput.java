package soliloquy.pad;

import java.util.List;
import java.util.function.LongSupplier;

/** Input played from a list: the same guest time sees the same buttons in every run. */
public final class RecordedInput implements ButtonSource {
    /**
     * From {@code cycle} on these buttons are pressed.
     *
     * @param cycle guest time in EE cycles since power-on
     * @param pressed mask of {@link Button#mask()} bits
     */
    public record Change(long cycle, int pressed) {}

    private final List<Change> changes;
    private final LongSupplier now;
    private int next;
    private int pressed;

    /**
     * Plays {@code changes}, which must be in order of time.
     *
     * @param now the present in EE cycles, that is {@code scheduler::now}
     */
    public RecordedInput(List<Change> changes, LongSupplier now) {
        for (int i = 1; i < changes.size(); i++) {
            if (changes.get(i).cycle() < changes.get(i - 1).cycle()) {
                throw new IllegalArgumentException("recorded input is not in order of time at entry " + i);
            }
        }
        this.changes = List.copyOf(changes);
        this.now = now;
    }

    @Override
    public int pressed() {
        long present = now.getAsLong();
        while (next < changes.size() && changes.get(next).cycle() <= present) {
            pressed = changes.get(next++).pressed() & Button.ALL;
        }
        return pressed;
    }
}
