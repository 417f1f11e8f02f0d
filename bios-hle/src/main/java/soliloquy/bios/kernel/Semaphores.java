package soliloquy.bios.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Counting semaphores; waiting threads are served in the order in which they came. Source: ps2sdk {@code kernel.h}. */
final class Semaphores {
    private static final int FAILED = -1;
    private static final int CAPACITY = 256;

    private static final class Semaphore {
        private final ArrayDeque<KernelThread> waiting = new ArrayDeque<>();
        private int count;
        private int maximum;
        private int initial;
        private int attributes;
        private int option;
    }

    private final Threads threads;
    private final KernelMemory memory;
    private final Semaphore[] semaphores = new Semaphore[CAPACITY];

    Semaphores(Threads threads, KernelMemory memory) {
        this.threads = threads;
        this.memory = memory;
    }

    void reset() {
        Arrays.fill(semaphores, null);
    }

    private Semaphore get(int id) {
        return id > 0 && id < CAPACITY ? semaphores[id] : null;
    }

    /** Identifiers start at 1: ps2sdk's C library takes 0 for a failure. */
    int create(int parameters) {
        if (!memory.check(parameters, 24, "CreateSema")) {
            return FAILED;
        }
        int initial = memory.word(parameters + 8);
        if (initial < 0) {
            return FAILED;
        }
        for (int id = 1; id < CAPACITY; id++) {
            if (semaphores[id] == null) {
                Semaphore semaphore = new Semaphore();
                semaphore.maximum = memory.word(parameters + 4);
                semaphore.initial = initial;
                semaphore.count = initial;
                semaphore.attributes = memory.word(parameters + 16);
                semaphore.option = memory.word(parameters + 20);
                semaphores[id] = semaphore;
                return id;
            }
        }
        return FAILED;
    }

    /** Threads that wait go on with -1. */
    int delete(int id) {
        Semaphore semaphore = get(id);
        if (semaphore == null) {
            return FAILED;
        }
        semaphores[id] = null;
        while (!semaphore.waiting.isEmpty()) {
            threads.release(semaphore.waiting.removeFirst(), FAILED);
        }
        return id;
    }

    int signal(int id) {
        Semaphore semaphore = get(id);
        if (semaphore == null) {
            return FAILED;
        }
        if (semaphore.waiting.isEmpty()) {
            semaphore.count++;
        } else {
            threads.release(semaphore.waiting.removeFirst(), id);
        }
        return id;
    }

    int waitFor(int id) {
        Semaphore semaphore = get(id);
        if (semaphore == null) {
            return FAILED;
        }
        if (semaphore.count > 0) {
            semaphore.count--;
        } else {
            semaphore.waiting.addLast(threads.current());
            threads.block(KernelThread.WAIT_SEMAPHORE, id);
        }
        return id;
    }

    /** True if {@link #waitFor} would block. */
    boolean wouldBlock(int id) {
        Semaphore semaphore = get(id);
        return semaphore != null && semaphore.count <= 0;
    }

    int poll(int id) {
        Semaphore semaphore = get(id);
        if (semaphore == null || semaphore.count <= 0) {
            return FAILED;
        }
        semaphore.count--;
        return id;
    }

    int refer(int id, int status) {
        Semaphore semaphore = get(id);
        if (semaphore == null || !memory.check(status, 24, "ReferSemaStatus")) {
            return FAILED;
        }
        memory.word(status, semaphore.count);
        memory.word(status + 4, semaphore.maximum);
        memory.word(status + 8, semaphore.initial);
        memory.word(status + 12, semaphore.waiting.size());
        memory.word(status + 16, semaphore.attributes);
        memory.word(status + 20, semaphore.option);
        return id;
    }

    /** A thread stops waiting without the semaphore's doing. */
    void abandon(KernelThread thread) {
        Semaphore semaphore = get(thread.waitId);
        if (semaphore != null) {
            semaphore.waiting.remove(thread);
        }
    }
}
