package soliloquy.bios.irx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import soliloquy.bios.ThreadView;
import soliloquy.iop.R3000A;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TraceEvent;

/**
 * The IOP's threads: which runs, which are ready, which wait. The best priority runs (1 is best); a thread gives way only to a
 * better one or when it waits. Source: ps2sdk {@code iop/system/threadman}; ps2autotests kernel/iop/thread.
 */
public final class ThreadManager {
    /** The caller itself, in calls that take a thread. */
    static final int SELF = 0;
    /** Worst priority that a thread may have; the one below it is the idle loop's. */
    static final int WORST_PRIORITY = 126;

    private static final int FIRST_PRIORITY = 8;
    /** GetThreadmanIdList takes smaller numbers for types of objects. */
    private static final int FIRST_ID = 11;

    private final R3000A cpu;
    private final Scheduler scheduler;
    private final int idleAddress;
    private final Map<Integer, IopThread> threads = new TreeMap<>();
    private final List<ArrayDeque<IopThread>> ready = new ArrayList<>();
    private final WaitQueue sleepers = new WaitQueue(WaitQueue.SLEEP, 0, false);
    private final WaitQueue delayed = new WaitQueue(WaitQueue.DELAY, 0, false);
    private final IopThread idle = new IopThread(0, 0, 0, 0, 0, 0, WORST_PRIORITY, 0);
    private IopThread current;
    private final LongConsumer alarm;
    private int nextId = FIRST_ID;
    private boolean dispatching = true;
    private boolean interrupted;

    /**
     * @param scheduler told which thread has the processor, for timelines
     * @param idleAddress where the branch-to-itself stands that runs when no thread can
     * @param alarm told the EE cycle at which {@link #wakeDelayed} must be called
     */
    ThreadManager(R3000A cpu, Scheduler scheduler, int idleAddress, LongConsumer alarm) {
        this.cpu = cpu;
        this.scheduler = scheduler;
        this.idleAddress = idleAddress;
        this.alarm = alarm;
        for (int i = 0; i <= WORST_PRIORITY; i++) {
            ready.add(new ArrayDeque<>());
        }
        idle.priority = WORST_PRIORITY;
    }

    /** Makes what the processor does now the first thread. */
    void adopt() {
        current = new IopThread(newId(), 0, 0, 0, 0, 0, FIRST_PRIORITY, 0);
        current.priority = FIRST_PRIORITY;
        current.status = IopThread.RUN;
        threads.put(current.id, current);
    }

    /** A number for a new object; never 0, and not used before. */
    int newId() {
        int id = nextId;
        nextId += 2;
        return id;
    }

    /** All threads, as debuggers show them. */
    List<ThreadView> views() {
        return threads.values().stream()
                .map(thread -> thread.view(thread == current))
                .toList();
    }

    /** Number of the running thread; 0 if none runs. */
    int currentId() {
        return current == null ? 0 : current.id;
    }

    /** True while a thread runs. */
    boolean runs() {
        return current != null;
    }

    /** True while a thread runs, or could. */
    boolean active() {
        return current != null || best() != null;
    }

    /** An interrupt handler begins or ends; while it runs, nothing waits and threads do not switch. */
    void interrupted(boolean handling) {
        interrupted = handling;
    }

    /** A call of the running thread goes on elsewhere than where it came from. */
    void goesOnAt(int address) {
        if (current != null && !interrupted) {
            current.goesOnAt(address);
        }
    }

    /** The running thread; while none runs, one that stands for the idle loop and whose waits and ends are nothing. */
    IopThread current() {
        return current == null ? idle : current;
    }

    /** The thread {@code id}, {@link #SELF} included, or null. */
    IopThread find(int id) {
        return id == SELF ? current : threads.get(id);
    }

    /** All threads, in the order in which they were made. */
    Collection<IopThread> all() {
        return threads.values();
    }

    void add(IopThread thread) {
        threads.put(thread.id, thread);
    }

    void remove(IopThread thread) {
        threads.remove(thread.id);
    }

    /** Turns thread switches off and on; returns what it was. */
    boolean dispatching(boolean enabled) {
        boolean was = dispatching;
        dispatching = enabled;
        return was;
    }

    void makeReady(IopThread thread) {
        thread.status = IopThread.READY;
        ready.get(thread.priority).addLast(thread);
    }

    /** The running thread waits in {@code queue}; the call it makes returns what {@link #wake} says. */
    public void block(WaitQueue queue) {
        if (current == null || interrupted) {
            return;
        }
        current.status = IopThread.WAIT;
        current.queue = queue;
        queue.add(current);
    }

    void sleep() {
        block(sleepers);
    }

    void delayUntil(long cycle) {
        current().due = cycle;
        block(delayed);
        alarm.accept(cycle);
    }

    /** Ends the wait of the first thread in {@code queue}, if there is one; its call returns {@code result}. */
    public void wakeFirst(WaitQueue queue, int result) {
        if (!queue.isEmpty()) {
            wake(queue.first(), result);
        }
    }

    /** Ends the wait of {@code thread}; its call returns {@code result}. */
    void wake(IopThread thread, int result) {
        thread.queue.remove(thread);
        thread.queue = null;
        thread.result(result);
        if (thread.status == IopThread.WAIT_SUSPEND) {
            thread.status = IopThread.SUSPEND;
        } else {
            makeReady(thread);
        }
    }

    /** Ends the wait of all threads in {@code queue}. */
    public void wakeAll(WaitQueue queue, int result) {
        queue.all().forEach(thread -> wake(thread, result));
    }

    /** Takes {@code thread} out of whatever it is in and makes it dormant. */
    void end(IopThread thread) {
        if (thread.queue != null) {
            thread.queue.remove(thread);
            thread.queue = null;
        }
        ready.get(Math.clamp(thread.priority, 0, WORST_PRIORITY)).remove(thread);
        thread.continuations.clear();
        thread.status = IopThread.DORMANT;
        thread.wakeups = 0;
    }

    void suspend(IopThread thread) {
        ready.get(thread.priority).remove(thread);
        thread.status = thread.status == IopThread.WAIT ? IopThread.WAIT_SUSPEND : IopThread.SUSPEND;
    }

    void resume(IopThread thread) {
        if (thread.status == IopThread.WAIT_SUSPEND) {
            thread.status = IopThread.WAIT;
        } else {
            makeReady(thread);
        }
    }

    void changePriority(IopThread thread, int priority) {
        if (thread.status == IopThread.READY) {
            ready.get(thread.priority).remove(thread);
            thread.priority = priority;
            makeReady(thread);
        } else {
            thread.priority = priority;
        }
    }

    /** The first ready thread of {@code priority} becomes the last; among them counts the running one. */
    void rotate(int priority) {
        ArrayDeque<IopThread> queue = ready.get(priority);
        if (current != null && current.status == IopThread.RUN && current.priority == priority && !queue.isEmpty()) {
            makeReady(current);
        } else if (!queue.isEmpty()) {
            queue.addLast(queue.removeFirst());
        }
    }

    /**
     * Chooses who runs on. The running thread's call is over: it goes on at {@code address}, if it does; the processor's registers
     * are its.
     */
    void dispatch(int address) {
        IopThread best = best();
        if (current != null && current.status == IopThread.RUN) {
            if (best == null || !dispatching || best.priority >= current.priority) {
                cpu.jump(address);
                return;
            }
            current.status = IopThread.READY;
            ready.get(current.priority).addFirst(current);
        }
        switchTo(best);
    }

    /** An interrupt handler has ended: the thread it interrupted goes on at {@code address}, or a better one does. */
    void endInterrupt(int address) {
        if (current != null) {
            current.restore(cpu);
        }
        dispatch(address);
    }

    /** Keeps the registers of the running thread for when it is chosen again; before anything changes its state. */
    void save(int address) {
        if (current != null) {
            current.save(cpu, address);
        }
    }

    /** The running thread's call is over, if it did not begin to wait: should another thread run first, this is how it goes on. */
    void returned(int result, int address) {
        if (current != null && (current.status == IopThread.RUN || current.status == IopThread.READY)) {
            current.save(cpu, address);
            current.result(result);
        }
    }

    private IopThread best() {
        for (ArrayDeque<IopThread> queue : ready) {
            if (!queue.isEmpty()) {
                return queue.getFirst();
            }
        }
        return null;
    }

    private void switchTo(IopThread thread) {
        if (current != null) {
            scheduler.trace().end(TraceEvent.IOP_THREAD, cpu.cycles(), 0);
        }
        if (thread != null) {
            scheduler.trace().begin(TraceEvent.IOP_THREAD, cpu.cycles(), thread.id);
        }
        current = thread;
        if (thread == null) {
            cpu.jump(idleAddress);
        } else {
            ready.get(thread.priority).remove(thread);
            thread.status = IopThread.RUN;
            thread.restore(cpu);
        }
    }

    /** Ends the delays that are due. */
    void wakeDelayed(long now) {
        for (IopThread thread : delayed.all()) {
            if (thread.due <= now) {
                wake(thread, 0);
            }
        }
    }

    /** Lets a better thread take over between two instructions, as at the end of an interrupt. */
    void preempt() {
        IopThread best = best();
        if (best != null && (current == null || dispatching && best.priority < current.priority)) {
            int address = cpu.interrupted();
            save(address);
            dispatch(address);
        }
    }
}
