package soliloquy.bios.irx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The library thsemap: semaphores. Source: ps2sdk {@code thsemap.h}. */
final class Thsemap implements Library {
    private static final int BY_PRIORITY = 1;

    private static final class Semaphore {
        final int attributes;
        final int option;
        final int initial;
        final int maximum;
        final WaitQueue waiting;
        int count;

        Semaphore(int id, int attributes, int option, int initial, int maximum) {
            this.attributes = attributes;
            this.option = option;
            this.initial = initial;
            this.maximum = maximum;
            count = initial;
            waiting = new WaitQueue(WaitQueue.SEMAPHORE, id, (attributes & BY_PRIORITY) != 0);
        }
    }

    private final ThreadManager threads;
    private final Map<Integer, Semaphore> semaphores = new TreeMap<>();

    Thsemap(ThreadManager threads) {
        this.threads = threads;
    }

    /** The numbers of what there is. */
    Set<Integer> ids() {
        return semaphores.keySet();
    }

    @Override
    public String name() {
        return "thsemap";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 9 || ordinal == 11 || ordinal == 12;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return ordinal == 7 || ordinal == 12;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int id = call.argument(0);
        if (ordinal == 4) {
            int number = threads.newId();
            semaphores.put(
                    number,
                    new Semaphore(number, call.word(id), call.word(id + 4), call.word(id + 8), call.word(id + 12)));
            return number;
        }
        Semaphore semaphore = semaphores.get(id);
        if (semaphore == null) {
            return KernelError.UNKNOWN_SEMAPHORE;
        }
        return switch (ordinal) {
            case 5 -> {
                semaphores.remove(id);
                threads.wakeAll(semaphore.waiting, KernelError.DELETED);
                yield 0;
            }
            case 6, 7 -> signal(semaphore);
            case 8 -> take(semaphore, true);
            case 9 -> take(semaphore, false);
            default -> refer(call, semaphore, call.argument(1));
        };
    }

    private int signal(Semaphore semaphore) {
        if (!semaphore.waiting.isEmpty()) {
            threads.wake(semaphore.waiting.first(), 0);
        } else if (semaphore.count >= semaphore.maximum) {
            return KernelError.SEMAPHORE_OVERFLOW;
        } else {
            semaphore.count++;
        }
        return 0;
    }

    private int take(Semaphore semaphore, boolean wait) {
        if (semaphore.count > 0) {
            semaphore.count--;
        } else if (wait) {
            threads.block(semaphore.waiting);
        } else {
            return KernelError.SEMAPHORE_ZERO;
        }
        return 0;
    }

    private static int refer(ModuleCall call, Semaphore semaphore, int at) {
        call.word(at, semaphore.attributes);
        call.word(at + 4, semaphore.option);
        call.word(at + 8, semaphore.initial);
        call.word(at + 12, semaphore.maximum);
        call.word(at + 16, semaphore.count);
        call.word(at + 20, semaphore.waiting.size());
        return 0;
    }
}
