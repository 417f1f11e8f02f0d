package soliloquy.bios.irx;

import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import soliloquy.machine.Clocks;

/** The library thbase: threads. Source: ps2sdk {@code thbase.h}, {@code iop/system/threadman}; ps2autotests kernel/iop/thread. */
final class Thbase implements Library {
    /** Where a thread's function returns to, which ends it. */
    private final int exitAddress;

    private static final int ATTRIBUTES = 0x0300_0008;
    private static final int SMALLEST_STACK = 304;
    private static final int MICROSECONDS = 1_000_000;
    /** What a stack is filled with before its first use. */
    private static final int UNUSED = -1;
    /** Bytes of the structures of ReferSystemStatus and ReferThreadRunStatus. */
    private static final int SYSTEM_STATUS_BYTES = 64;

    private static final int RUN_STATUS_BYTES = 44;
    /** Room on a new stack above its first frame. */
    private static final int ARGUMENT_AREA = 0x28;

    private final ThreadManager threads;
    private final IntUnaryOperator allocate;
    private final IntConsumer release;
    private final LongSupplier cycles;
    private final Alarms alarms;
    private final int statusFlag;
    private final ThreadmanIds ids;

    /**
     * @param allocate memory for stacks: takes bytes, gives an address or 0
     * @param release takes it back
     * @param cycles the processor's clock, in EE cycles
     * @param statusFlag the event flag that GetSystemStatusFlag tells
     * @param ids what GetThreadmanIdList tells
     */
    Thbase(
            ThreadManager threads,
            int exitAddress,
            IntUnaryOperator allocate,
            IntConsumer release,
            LongSupplier cycles,
            Alarms alarms,
            int statusFlag,
            ThreadmanIds ids) {
        this.threads = threads;
        this.exitAddress = exitAddress;
        this.allocate = allocate;
        this.release = release;
        this.cycles = cycles;
        this.alarms = alarms;
        this.statusFlag = statusFlag;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "thbase";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 47;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return switch (ordinal) {
            case 11, 15, 17, 19, 23, 26, 28, 30, 32, 36, 38 -> true; // the functions called i...
            case 12, 13, 34, 39, 40, 41, 43 -> true;
            default -> false;
        };
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int a = call.argument(0);
        int b = call.argument(1);
        return switch (ordinal) {
            case 4 -> create(call, a);
            case 5 -> delete(a);
            case 6 -> start(a, b);
            case 7 -> startWithArguments(call, a, b);
            case 8 -> exit(false);
            case 9 -> exit(true);
            case 10, 11 -> terminate(a);
            case 12 -> threads.dispatching(false) ? 0 : -1;
            case 13 -> threads.dispatching(true) ? -1 : 0;
            case 14, 15 -> changePriority(a, b);
            case 16, 17 -> rotate(a);
            case 18, 19 -> releaseWait(a);
            case 20 -> threads.current().id;
            case 22, 23 -> refer(call, a, b);
            case 24 -> sleep();
            case 25, 26 -> wakeup(a);
            case 27, 28 -> cancelWakeup(a);
            case 29, 30 -> suspend(a);
            case 31, 32 -> resume(a);
            case 33 -> delay(a);
            case 34 -> {
                long clock = clock();
                call.word(a, (int) clock);
                call.word(a + 4, (int) (clock >> 32));
                yield 0;
            }
            case 35, 36 -> alarms.set(call.word(a) & 0xFFFF_FFFFL | (long) call.word(a + 4) << 32, b, call.argument(2));
            case 37, 38 -> alarms.cancel(a, b);
            case 39 -> {
                long clock = Integer.toUnsignedLong(a) * Clocks.IOP_HZ / MICROSECONDS;
                call.word(b, (int) clock);
                call.word(b + 4, (int) (clock >> 32));
                yield 0;
            }
            case 40 -> {
                long clock = call.word(a) & 0xFFFF_FFFFL | (long) call.word(a + 4) << 32;
                call.word(b, (int) (clock / Clocks.IOP_HZ));
                call.word(call.argument(2), (int) (clock % Clocks.IOP_HZ * MICROSECONDS / Clocks.IOP_HZ));
                yield 0;
            }
            case 41 -> statusFlag;
            case 42 -> threads.current().priority;
            case 43 -> (int) clock();
            case 44 -> systemStatus(call, a, b);
            case 45 -> runStatus(call, a, b, call.argument(2));
            case 46 -> stackFree(call, a);
            case 47 -> ids.put(call, a, b, call.argument(2), call.argument(3));
            default -> stackFree(call, ThreadManager.SELF); // 21 CheckThreadStack
        };
    }

    private long clock() {
        return cycles.getAsLong() / Clocks.EE_CYCLES_PER_IOP_CYCLE;
    }

    private int create(ModuleCall call, int parameters) {
        int attributes = call.word(parameters);
        int entry = call.word(parameters + 8);
        int stackSize = call.word(parameters + 12);
        int priority = call.word(parameters + 16);
        if ((attributes & ~ATTRIBUTES) != 0) {
            return KernelError.ILLEGAL_ATTRIBUTE;
        }
        if (priority < 1 || priority > ThreadManager.WORST_PRIORITY) {
            return KernelError.ILLEGAL_PRIORITY;
        }
        if ((entry & 3) != 0) {
            return KernelError.ILLEGAL_ENTRY;
        }
        if (Integer.compareUnsigned(stackSize, SMALLEST_STACK) < 0) {
            return KernelError.ILLEGAL_STACK_SIZE;
        }
        int stack = allocate.applyAsInt(stackSize);
        if (stack == 0) {
            return KernelError.NO_MEMORY;
        }
        for (int i = 0; i + 4 <= stackSize; i += 4) {
            call.word(stack + i, UNUSED);
        }
        IopThread thread = new IopThread(
                threads.newId(),
                attributes,
                call.word(parameters + 4),
                entry,
                stack,
                stackSize,
                priority,
                call.register(28));
        threads.add(thread);
        return thread.id;
    }

    private int delete(int id) {
        IopThread thread = threads.find(id);
        if (id == ThreadManager.SELF) {
            return KernelError.ILLEGAL_THREAD;
        }
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        if (thread.status != IopThread.DORMANT) {
            return KernelError.NOT_DORMANT;
        }
        threads.remove(thread);
        release.accept(thread.stack);
        return 0;
    }

    private int start(int id, int argument) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        if (thread.status != IopThread.DORMANT) {
            return KernelError.NOT_DORMANT;
        }
        thread.priority = thread.initialPriority;
        thread.begin(exitAddress, argument);
        threads.makeReady(thread);
        return 0;
    }

    /** StartThreadArgs: the octets at the third argument go to the top of the stack, where a1 points; a0 is their number. */
    private int startWithArguments(ModuleCall call, int id, int octets) {
        IopThread thread = threads.find(id);
        if (id == ThreadManager.SELF) {
            return KernelError.ILLEGAL_THREAD;
        }
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        if (thread.status != IopThread.DORMANT) {
            return KernelError.NOT_DORMANT;
        }
        int source = call.argument(2);
        int room = source == 0 ? 0 : Math.clamp(octets, 0, thread.stackSize / 2) + 7 & ~7;
        int at = thread.stack + (thread.stackSize & ~7) - room;
        for (int i = 0; i < Math.min(octets, room); i++) {
            call.octet(at + i, call.octet(source + i));
        }
        thread.priority = thread.initialPriority;
        thread.begin(exitAddress, octets, at);
        thread.stackPointer(at - ARGUMENT_AREA);
        threads.makeReady(thread);
        return 0;
    }

    /** ExitThread and ExitDeleteThread; also what a thread's function returns to. */
    int exit(boolean delete) {
        IopThread thread = threads.current();
        threads.end(thread);
        if (delete) {
            threads.remove(thread);
            release.accept(thread.stack);
        }
        return 0;
    }

    private int terminate(int id) {
        IopThread thread = threads.find(id);
        int error = errorOfOther(thread);
        if (error != 0) {
            return error;
        }
        if (thread.status == IopThread.DORMANT) {
            return KernelError.DORMANT;
        }
        threads.end(thread);
        return 0;
    }

    /** The error of a call that is for another thread than the caller; 0 if {@code thread} is one. */
    private int errorOfOther(IopThread thread) {
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        return thread == threads.current() ? KernelError.ILLEGAL_THREAD : 0;
    }

    private int changePriority(int id, int priority) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        if (thread.status == IopThread.DORMANT) {
            return KernelError.DORMANT;
        }
        if (priority < 0 || priority > ThreadManager.WORST_PRIORITY) {
            return KernelError.ILLEGAL_PRIORITY;
        }
        threads.changePriority(thread, priority == 0 ? threads.current().priority : priority);
        return 0;
    }

    private int rotate(int priority) {
        if (priority < 0 || priority > ThreadManager.WORST_PRIORITY) {
            return KernelError.ILLEGAL_PRIORITY;
        }
        threads.rotate(priority == 0 ? threads.current().priority : priority);
        return 0;
    }

    private int releaseWait(int id) {
        IopThread thread = threads.find(id);
        int error = errorOfOther(thread);
        if (error != 0) {
            return error;
        }
        if (thread.queue == null) {
            return KernelError.NOT_WAITING;
        }
        threads.wake(thread, KernelError.RELEASED);
        return 0;
    }

    private int refer(ModuleCall call, int id, int at) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        int[] fields = {
            thread.attributes,
            thread.option,
            thread.status,
            thread.entry,
            thread.stack,
            thread.stackSize,
            thread.gp,
            thread.initialPriority,
            thread.priority,
            thread.queue == null ? 0 : thread.queue.type,
            thread.queue == null ? 0 : thread.queue.id,
            thread.wakeups
        };
        for (int i = 0; i < fields.length; i++) {
            call.word(at + 4 * i, fields[i]);
        }
        return 0;
    }

    /** ReferSystemStatus: called by a thread, a timer of 32 bits; the times and counts are not kept. */
    private static int systemStatus(ModuleCall call, int at, int size) {
        if (size < SYSTEM_STATUS_BYTES) {
            return -1;
        }
        clear(call, at, SYSTEM_STATUS_BYTES);
        call.word(at + 4, Integer.SIZE);
        return 0;
    }

    private int runStatus(ModuleCall call, int id, int at, int size) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        if (size < RUN_STATUS_BYTES) {
            return KernelError.ILLEGAL_SIZE;
        }
        clear(call, at, RUN_STATUS_BYTES);
        call.word(at, thread.status);
        call.word(at + 4, thread.priority);
        call.word(at + 8, thread.queue == null ? 0 : thread.queue.type);
        call.word(at + 12, thread.queue == null ? 0 : thread.queue.id);
        call.word(at + 16, thread.wakeups);
        return 0;
    }

    private static void clear(ModuleCall call, int at, int bytes) {
        for (int i = 0; i < bytes; i += 4) {
            call.word(at + i, 0);
        }
    }

    /** The bytes at the bottom of the stack that no thread has written to. */
    private int stackFree(ModuleCall call, int id) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        int free = 0;
        while (free < thread.stackSize && call.word(thread.stack + free) == UNUSED) {
            free += 4;
        }
        return free;
    }

    int sleep() {
        IopThread thread = threads.current();
        if (thread.wakeups > 0) {
            thread.wakeups--;
        } else {
            threads.sleep();
        }
        return 0;
    }

    int wakeup(int id) {
        IopThread thread = threads.find(id);
        int error = errorOfOther(thread);
        if (error != 0) {
            return error;
        }
        if (thread.status == IopThread.DORMANT) {
            return KernelError.DORMANT;
        }
        if (thread.queue != null && thread.queue.type == WaitQueue.SLEEP) {
            threads.wake(thread, 0);
        } else {
            thread.wakeups++;
        }
        return 0;
    }

    private int cancelWakeup(int id) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        int wakeups = thread.wakeups;
        thread.wakeups = 0;
        return wakeups;
    }

    private int suspend(int id) {
        IopThread thread = threads.find(id);
        int error = errorOfOther(thread);
        if (error != 0) {
            return error;
        }
        if (thread.status == IopThread.DORMANT) {
            return KernelError.DORMANT;
        }
        if ((thread.status & IopThread.SUSPEND) == 0) {
            threads.suspend(thread);
        }
        return 0;
    }

    private int resume(int id) {
        IopThread thread = threads.find(id);
        if (thread == null) {
            return KernelError.UNKNOWN_THREAD;
        }
        if ((thread.status & IopThread.SUSPEND) == 0) {
            return KernelError.NOT_SUSPENDED;
        }
        threads.resume(thread);
        return 0;
    }

    private int delay(int microseconds) {
        threads.delayUntil(cycles.getAsLong()
                + Integer.toUnsignedLong(microseconds) * (Clocks.EE_HZ / 1000) / (MICROSECONDS / 1000));
        return 0;
    }
}
