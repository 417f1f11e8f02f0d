package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;

/** Threads that wait for one thing, first come first or by priority. */
public final class WaitQueue {
    /** What a thread waits for, as ReferThreadStatus tells it. */
    public static final int SLEEP = 1;

    public static final int DELAY = 2;
    public static final int SEMAPHORE = 3;
    public static final int EVENT_FLAG = 4;
    public static final int MESSAGE_BOX = 5;
    public static final int VARIABLE_POOL = 6;
    public static final int FIXED_POOL = 7;

    final int type;
    /** Number of the object that is waited for. */
    final int id;

    private final boolean byPriority;
    private final List<IopThread> threads = new ArrayList<>();

    /**
     * An empty queue.
     *
     * @param type what is waited for, as ReferThreadStatus tells it
     * @param id number of the object
     * @param byPriority the best thread first instead of the first
     */
    public WaitQueue(int type, int id, boolean byPriority) {
        this.type = type;
        this.id = id;
        this.byPriority = byPriority;
    }

    void add(IopThread thread) {
        int at = threads.size();
        while (byPriority && at > 0 && threads.get(at - 1).priority > thread.priority) {
            at--;
        }
        threads.add(at, thread);
    }

    void remove(IopThread thread) {
        threads.remove(thread);
    }

    /** True if nobody waits. */
    public boolean isEmpty() {
        return threads.isEmpty();
    }

    int size() {
        return threads.size();
    }

    IopThread first() {
        return threads.getFirst();
    }

    /** The threads in their order, as they are now. */
    List<IopThread> all() {
        return List.copyOf(threads);
    }
}
