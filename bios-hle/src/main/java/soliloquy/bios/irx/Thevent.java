package soliloquy.bios.irx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The library thevent: event flags. Source: ps2sdk {@code thevent.h}; ps2autotests kernel/iop/eventflag. */
final class Thevent implements Library {
    private static final int BY_PRIORITY = 1;
    private static final int SEVERAL_MAY_WAIT = 2;
    private static final int MODE_OR = 1;
    private static final int MODE_CLEAR = 0x10;

    private static final class Flag {
        final int attributes;
        final int option;
        final int initial;
        final WaitQueue waiting;
        int bits;

        Flag(int id, int attributes, int option, int initial) {
            this.attributes = attributes;
            this.option = option;
            this.initial = initial;
            bits = initial;
            waiting = new WaitQueue(WaitQueue.EVENT_FLAG, id, (attributes & BY_PRIORITY) != 0);
        }

        boolean meets(int pattern, int mode) {
            return (mode & MODE_OR) != 0 ? (bits & pattern) != 0 : (bits & pattern) == pattern;
        }
    }

    private final ThreadManager threads;
    private final Map<Integer, Flag> flags = new TreeMap<>();

    Thevent(ThreadManager threads) {
        this.threads = threads;
    }

    /** The numbers of what there is. */
    Set<Integer> ids() {
        return flags.keySet();
    }

    @Override
    public String name() {
        return "thevent";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 11 || ordinal == 13 || ordinal == 14;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return ordinal == 7 || ordinal == 9 || ordinal == 14;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int id = call.argument(0);
        if (ordinal == 4) {
            return create(call.word(id), call.word(id + 4), call.word(id + 8));
        }
        Flag flag = flags.get(id);
        if (flag == null) {
            return KernelError.UNKNOWN_EVENT_FLAG;
        }
        int argument = call.argument(1);
        return switch (ordinal) {
            case 5 -> {
                flags.remove(id);
                threads.wakeAll(flag.waiting, KernelError.DELETED);
                yield 0;
            }
            case 6, 7 -> set(call, flag, argument);
            case 8, 9 -> {
                flag.bits &= argument;
                yield 0;
            }
            case 10 -> test(call, flag, argument, true);
            case 11 -> test(call, flag, argument, false);
            default -> refer(call, flag, argument);
        };
    }

    /** CreateEventFlag; its number. */
    int create(int attributes, int option, int bits) {
        int number = threads.newId();
        flags.put(number, new Flag(number, attributes, option, bits));
        return number;
    }

    private int set(ModuleCall call, Flag flag, int bits) {
        flag.bits |= bits;
        for (IopThread thread : flag.waiting.all()) {
            if (flag.meets(thread.pattern, thread.mode)) {
                bring(call, flag, thread.resultAddress, thread.mode);
                threads.wake(thread, 0);
            }
        }
        return 0;
    }

    /** WaitEventFlag and PollEventFlag. */
    private int test(ModuleCall call, Flag flag, int pattern, boolean wait) {
        int mode = call.argument(2);
        if ((mode & ~(MODE_OR | MODE_CLEAR)) != 0) {
            return KernelError.ILLEGAL_MODE;
        }
        if (pattern == 0) {
            return KernelError.EVENT_PATTERN;
        }
        if ((flag.attributes & SEVERAL_MAY_WAIT) == 0 && !flag.waiting.isEmpty()) {
            return KernelError.EVENT_MULTIPLE;
        }
        if (flag.meets(pattern, mode)) {
            bring(call, flag, call.argument(3), mode);
        } else if (wait) {
            IopThread thread = threads.current();
            thread.pattern = pattern;
            thread.mode = mode;
            thread.resultAddress = call.argument(3);
            threads.block(flag.waiting);
        } else {
            return KernelError.EVENT_CONDITION;
        }
        return 0;
    }

    private static void bring(ModuleCall call, Flag flag, int at, int mode) {
        if (at != 0) {
            call.word(at, flag.bits);
        }
        if ((mode & MODE_CLEAR) != 0) {
            flag.bits = 0;
        }
    }

    private static int refer(ModuleCall call, Flag flag, int at) {
        call.word(at, flag.attributes);
        call.word(at + 4, flag.option);
        call.word(at + 8, flag.initial);
        call.word(at + 12, flag.bits);
        call.word(at + 16, flag.waiting.size());
        return 0;
    }
}
