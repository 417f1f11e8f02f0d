package soliloquy.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a guest did that the emulator wants to tell its user: typed, told once for each kind, place and subject, and counted.
 * Used by the emulation thread only.
 */
public final class Notices {
    /** The four classes of notices. */
    public enum Kind {
        /** The guest asked for something that does not exist on the console. */
        UNHANDLED,
        /** The console has it, this emulator does not yet. */
        UNIMPLEMENTED,
        /** Allowed, but almost certainly a mistake of the guest. */
        UNUSUAL,
        /** Emulated from estimates that no hardware record confirms. */
        UNVERIFIED
    }

    /**
     * One notice.
     *
     * @param source the chip or module, for example {@code "GS"}
     * @param pc program counter of the processor that caused it, or 0 where none did
     * @param text one sentence naming the thing, the address and what was expected
     */
    public record Notice(Kind kind, String source, int pc, String text) {}

    /** Different notices that are kept. A guest can cause any number; these are more than anybody reads. */
    public static final int MOST = 1000;

    private final Map<Notice, Integer> counts = new HashMap<>();
    private final List<Notice> inOrder = new ArrayList<>();
    private final Consumer<Notice> listener;

    /** Notices that are told to {@code listener} the first time they occur. */
    public Notices(Consumer<Notice> listener) {
        this.listener = listener;
    }

    /** Reports a notice; repeats are only counted, and beyond {@link #MOST} different ones only known ones are. */
    public void report(Kind kind, String source, int pc, String text) {
        Notice notice = new Notice(kind, source, pc, text);
        if (inOrder.size() >= MOST && !counts.containsKey(notice)) {
            notice = new Notice(
                    Kind.UNUSUAL, "console", 0, "more than " + MOST + " different notices; further ones are not told");
        }
        if (counts.merge(notice, 1, Integer::sum) == 1) {
            inOrder.add(notice);
            listener.accept(notice);
        }
    }

    /** All notices in the order of their first occurrence. */
    public List<Notice> all() {
        return List.copyOf(inOrder);
    }

    /** How often {@code notice} occurred. */
    public int count(Notice notice) {
        return counts.getOrDefault(notice, 0);
    }
}
