package soliloquy.bios.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import soliloquy.bios.ThreadView;
import soliloquy.ee.R5900;

/**
 * Threads: strict priorities, first come first served within one, no time slices. The running thread stays at the head of
 * its queue. Results and states as recorded on hardware by ps2autotests {@code kernel/ee/thread}.
 */
final class Threads {
    static final int FAILED = -1;

    /** Bytes that the kernel keeps free at the top of a stack, where the real one saves the registers. */
    static final int CONTEXT_BYTES = 0x2A0;

    private static final int CAPACITY = 256;
    private static final int PRIORITIES = 128;
    private static final int IDLE_ID = 0;
    private static final int MAIN_ID = 1;

    private final R5900 cpu;
    private final KernelMemory memory;
    private final KernelThread[] threads = new KernelThread[CAPACITY];
    private final List<ArrayDeque<KernelThread>> ready = new ArrayList<>();
    private final KernelThread idle = new KernelThread(IDLE_ID);
    private Semaphores semaphores;
    private KernelThread current = idle;
    private KernelThread lastRun = idle;
    private int mainRoot = KernelMemory.THREAD_RETURN;
    private int heapEnd;

    Threads(R5900 cpu, KernelMemory memory) {
        this.cpu = cpu;
        this.memory = memory;
        for (int i = 0; i < PRIORITIES; i++) {
            ready.add(new ArrayDeque<>());
        }
    }

    void connect(Semaphores waitedFor) {
        semaphores = waitedFor;
    }

    /** Forgets all threads and makes the main one, running, with priority 0. */
    void reset(int entry, int gp, int stackTop) {
        Arrays.fill(threads, null);
        ready.forEach(ArrayDeque::clear);
        idle.priority = PRIORITIES;
        idle.context.start(KernelMemory.IDLE, 0, 0, KernelMemory.INTERRUPT_STACK, 0);
        threads[IDLE_ID] = idle;
        KernelThread main = new KernelThread(MAIN_ID);
        main.function = entry;
        main.gp = gp;
        main.stackSize = 0x1000;
        main.stack = stackTop - main.stackSize;
        threads[MAIN_ID] = main;
        main.state = KernelThread.RUN;
        ready.getFirst().addLast(main);
        main.context.start(entry, 0, gp, stackTop - CONTEXT_BYTES, KernelMemory.THREAD_RETURN);
        current = main;
        lastRun = main;
        mainRoot = KernelMemory.THREAD_RETURN;
        heapEnd = main.stack;
        main.context.restore(cpu);
    }

    KernelThread current() {
        return current;
    }

    /** All threads but the idle one, as debuggers show them. */
    List<ThreadView> views() {
        List<ThreadView> views = new ArrayList<>();
        for (KernelThread thread : threads) {
            if (thread != null && thread != idle) {
                long[] gpr = thread.context.gpr.clone();
                views.add(new ThreadView(
                        thread.id,
                        thread == current,
                        thread.describe(),
                        thread.priority,
                        thread.context.pc,
                        index -> gpr[index]));
            }
        }
        return views;
    }

    boolean idling() {
        return current == idle;
    }

    /** The thread that runs, or while none does the one that ran last. */
    KernelThread lastRun() {
        return idling() ? lastRun : current;
    }

    /** True if no thread will ever run again unless an interrupt wakes one. */
    boolean allDormant() {
        for (KernelThread thread : threads) {
            if (thread != null && thread != idle && thread.state != KernelThread.DORMANT) {
                return false;
            }
        }
        return true;
    }

    private KernelThread get(int id) {
        if (id == 0) {
            return current;
        }
        return id > 0 && id < CAPACITY ? threads[id] : null;
    }

    int create(int parameters) {
        if (!memory.check(parameters, 36, "CreateThread")) {
            return FAILED;
        }
        int priority = memory.word(parameters + 0x14);
        if (priority < 0 || priority >= PRIORITIES) {
            return FAILED;
        }
        for (int id = MAIN_ID + 1; id < CAPACITY; id++) {
            if (threads[id] == null) {
                KernelThread thread = new KernelThread(id);
                thread.function = memory.word(parameters + 4);
                thread.stack = memory.word(parameters + 8);
                thread.stackSize = memory.word(parameters + 0xC);
                thread.gp = memory.word(parameters + 0x10);
                thread.initialPriority = priority;
                thread.priority = priority;
                thread.attributes = memory.word(parameters + 0x1C);
                thread.option = memory.word(parameters + 0x20);
                thread.heapEnd = current.heapEnd;
                thread.root = mainRoot;
                threads[id] = thread;
                return id;
            }
        }
        return FAILED;
    }

    int delete(int id) {
        KernelThread thread = id == 0 ? null : get(id);
        if (thread == null || thread == current || thread.state != KernelThread.DORMANT) {
            return FAILED;
        }
        threads[id] = null;
        return id;
    }

    int start(int id, int argument) {
        KernelThread thread = get(id);
        if (thread == null || thread.state != KernelThread.DORMANT) {
            return FAILED;
        }
        thread.context.start(
                thread.function, argument, thread.gp, thread.stackTop() - CONTEXT_BYTES & ~0xF, thread.root);
        thread.wakeupCount = 0;
        makeReady(thread);
        return id;
    }

    void exit() {
        retire(current);
    }

    void exitAndDelete() {
        KernelThread ending = current;
        retire(ending);
        threads[ending.id] = null;
    }

    int terminate(int id) {
        KernelThread thread = id == 0 ? null : get(id);
        if (thread == null || thread == current || thread.state == KernelThread.DORMANT) {
            return FAILED;
        }
        retire(thread);
        return id;
    }

    private void retire(KernelThread thread) {
        ready.get(thread.priority).remove(thread);
        if (thread.waitType == KernelThread.WAIT_SEMAPHORE) {
            semaphores.abandon(thread);
        }
        thread.state = KernelThread.DORMANT;
        thread.waitType = KernelThread.WAIT_NONE;
        thread.wakeupCount = 0;
        thread.priority = thread.initialPriority;
    }

    int changePriority(int id, int priority) {
        KernelThread thread = get(id);
        if (thread == null || thread.state == KernelThread.DORMANT || priority < 0 || priority >= PRIORITIES) {
            return FAILED;
        }
        int old = thread.priority;
        boolean queued = ready.get(old).remove(thread);
        thread.priority = priority;
        if (queued) {
            ready.get(priority).addLast(thread);
        }
        return old;
    }

    int rotate(int priority) {
        if (priority < 0 || priority >= PRIORITIES) {
            return FAILED;
        }
        KernelThread head = ready.get(priority).pollFirst();
        if (head != null) {
            ready.get(priority).addLast(head);
        }
        return priority;
    }

    int releaseWait(int id) {
        KernelThread thread = id == 0 ? null : get(id);
        if (thread == null || (thread.state & KernelThread.WAIT) == 0) {
            return FAILED;
        }
        if (thread.waitType == KernelThread.WAIT_SEMAPHORE) {
            semaphores.abandon(thread);
        }
        release(thread, FAILED);
        return id;
    }

    int sleep() {
        if (current.wakeupCount > 0) {
            current.wakeupCount--;
        } else {
            block(KernelThread.WAIT_SLEEP, 0);
        }
        return current.id;
    }

    int wakeup(int id) {
        KernelThread thread = id == 0 ? null : get(id);
        if (thread == null || thread == current || thread.state == KernelThread.DORMANT) {
            return FAILED;
        }
        if (thread.waitType == KernelThread.WAIT_SLEEP) {
            release(thread, thread.id);
        } else {
            thread.wakeupCount++;
        }
        return id;
    }

    int cancelWakeup(int id) {
        KernelThread thread = get(id);
        if (thread == null || thread.state == KernelThread.DORMANT) {
            return FAILED;
        }
        int count = thread.wakeupCount;
        thread.wakeupCount = 0;
        return count;
    }

    /** A thread that suspends itself keeps running until the next dispatch, which makes it RUN again (recorded). */
    int suspend(int id) {
        KernelThread thread = get(id);
        if (thread == null || thread.state == KernelThread.DORMANT || (thread.state & KernelThread.SUSPEND) != 0) {
            return FAILED;
        }
        if (thread == current) {
            thread.state = KernelThread.SUSPEND;
        } else if (thread.state == KernelThread.WAIT) {
            thread.state = KernelThread.WAIT_SUSPEND;
        } else {
            ready.get(thread.priority).remove(thread);
            thread.state = KernelThread.SUSPEND;
        }
        return thread.id;
    }

    int resume(int id) {
        KernelThread thread = id == 0 ? null : get(id);
        if (thread == null || thread == current || (thread.state & KernelThread.SUSPEND) == 0) {
            return FAILED;
        }
        if (thread.state == KernelThread.WAIT_SUSPEND) {
            thread.state = KernelThread.WAIT;
        } else {
            makeReady(thread);
        }
        return id;
    }

    /** Fills an {@code ee_thread_status_t} unless its address is 0; returns the state. */
    int refer(int id, int status) {
        KernelThread thread = get(id);
        if (thread == null) {
            return FAILED;
        }
        if (status != 0 && memory.check(status, 0x30, "ReferThreadStatus")) {
            int[] words = {
                thread.state,
                thread.function,
                thread.stack,
                thread.stackSize,
                thread.gp,
                thread.initialPriority,
                thread.priority,
                thread.attributes,
                thread.option,
                thread.waitType,
                thread.waitId,
                thread.wakeupCount
            };
            for (int i = 0; i < words.length; i++) {
                memory.word(status + 4 * i, words[i]);
            }
        }
        return thread.state;
    }

    /** SetupThread: the main thread's stack; returns its stack pointer. */
    int setup(int gp, int stack, int size, int root, int memorySize) {
        int top = stack == -1 ? memorySize - 0x1000 : stack + size;
        current.gp = gp;
        current.stack = top - size;
        current.stackSize = size;
        current.root = root != 0 ? root : KernelMemory.THREAD_RETURN;
        mainRoot = current.root;
        return top - CONTEXT_BYTES;
    }

    /** SetupHeap: a size of -1 means up to the main stack. */
    int setupHeap(int base, int size) {
        heapEnd = size == -1 ? current.stack : base + size;
        for (KernelThread thread : threads) {
            if (thread != null) {
                thread.heapEnd = heapEnd;
            }
        }
        return heapEnd;
    }

    int endOfHeap() {
        return heapEnd;
    }

    /** Takes the running thread from the processor until {@link #release}. */
    void block(int waitType, int waitId) {
        ready.get(current.priority).remove(current);
        current.state = KernelThread.WAIT;
        current.waitType = waitType;
        current.waitId = waitId;
    }

    /** Ends a wait; the waiting call returns {@code result}. */
    void release(KernelThread thread, int result) {
        thread.context.set(Registers.V0, result);
        thread.waitType = KernelThread.WAIT_NONE;
        thread.waitId = 0;
        if (thread.state == KernelThread.WAIT_SUSPEND) {
            thread.state = KernelThread.SUSPEND;
        } else {
            makeReady(thread);
        }
    }

    private void makeReady(KernelThread thread) {
        thread.state = KernelThread.READY;
        ready.get(thread.priority).addLast(thread);
    }

    /**
     * Gives the processor to the first thread of the highest priority.
     *
     * @param resumeAddress where the running thread would continue
     * @return where the processor continues
     */
    int dispatch(int resumeAddress) {
        KernelThread next = highest();
        if (next == current) {
            current.state = KernelThread.RUN;
            return resumeAddress;
        }
        if (current.state == KernelThread.RUN || current.state == KernelThread.SUSPEND && current != idle) {
            current.state = KernelThread.READY;
        }
        current.context.save(cpu, resumeAddress);
        if (!idling()) {
            lastRun = current;
        }
        current = next;
        current.state = KernelThread.RUN;
        return current.context.restore(cpu);
    }

    private KernelThread highest() {
        for (ArrayDeque<KernelThread> queue : ready) {
            if (!queue.isEmpty()) {
                return queue.getFirst();
            }
        }
        return idle;
    }
}
