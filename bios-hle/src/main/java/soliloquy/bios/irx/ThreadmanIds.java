package soliloquy.bios.irx;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** GetThreadmanIdList: the numbers of the kernel's objects. Source: ps2sdk {@code iop/system/threadman}, {@code xthbase.h}. */
final class ThreadmanIds {
    private static final int THREADS = 1;
    private static final int FIRST_OBJECTS = 2;
    private static final int SLEEPING = 7;
    private static final int DELAYED = 8;
    private static final int DORMANT = 9;

    private final ThreadManager threads;
    private final List<Supplier<Set<Integer>>> objects;

    /** @param objects give the numbers of semaphores, event flags, message boxes, and pools of variable and of fixed blocks */
    ThreadmanIds(ThreadManager threads, List<Supplier<Set<Integer>>> objects) {
        this.threads = threads;
        this.objects = objects;
    }

    /**
     * Puts numbers at {@code buffer}; how many, or an error.
     *
     * @param type 1 to 9, or the number of an object for the threads that wait for it
     * @param most numbers that {@code buffer} has room for
     * @param count where it is told how many there are
     */
    int put(ModuleCall call, int type, int buffer, int most, int count) {
        Collection<Integer> ids = ids(type);
        if (ids == null) {
            return KernelError.ILLEGAL_TYPE;
        }
        int written = 0;
        for (int id : ids) {
            if (written < most) {
                call.word(buffer + 4 * written++, id);
            }
        }
        if (count != 0) {
            call.word(count, ids.size());
        }
        return written;
    }

    /** The numbers of a type, or null if there is no such type. */
    private Collection<Integer> ids(int type) {
        return switch (type) {
            case THREADS -> threads.all().stream().map(thread -> thread.id).toList();
            case 2, 3, 4, 5, 6 -> objects.get(type - FIRST_OBJECTS).get();
            case SLEEPING -> waiting(WaitQueue.SLEEP);
            case DELAYED -> waiting(WaitQueue.DELAY);
            case DORMANT ->
                threads.all().stream()
                        .filter(thread -> thread.status == IopThread.DORMANT)
                        .map(thread -> thread.id)
                        .toList();
            default -> waitingFor(type);
        };
    }

    private List<Integer> waiting(int type) {
        return threads.all().stream()
                .filter(thread -> thread.queue != null && thread.queue.type == type)
                .map(thread -> thread.id)
                .toList();
    }

    private List<Integer> waitingFor(int object) {
        if (objects.stream().noneMatch(ids -> ids.get().contains(object))) {
            return null;
        }
        return threads.all().stream()
                .filter(thread -> thread.queue != null && thread.queue.id == object)
                .findFirst()
                .map(thread ->
                        thread.queue.all().stream().map(waiter -> waiter.id).toList())
                .orElse(List.of());
    }
}
