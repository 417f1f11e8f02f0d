package soliloquy.bios.irx;

import soliloquy.iop.IopBus;
import soliloquy.iop.IopIntc;
import soliloquy.iop.IopTimers;

/**
 * The library timrman: hands out the hardware timers and calls the handlers of those that are set up through it. A timer's number
 * holds its place and its address. Source: ps2sdk {@code iop/system/timrman}.
 */
final class Timrman implements Library {
    private static final int TIMERS = 6;
    /** The order in which timers are handed out. */
    private static final int[] ORDER = {2, 5, 4, 3, 0, 1};
    /** What each timer can count: 1 the system clock, 2 pixels, 4 lines, 8 held. */
    private static final int[] SOURCES = {0xB, 0xD, 1, 5, 1, 1};

    private static final int[] PRESCALES = {1, 1, 8, 1, 256, 256};
    private static final int SYSTEM_CLOCK = 1;

    private static final int MODE = 4;
    private static final int COMPARE = 8;

    private static final int ZERO_RETURN = 1 << 3;
    private static final int COMPARE_IRQ = 1 << 4;
    private static final int OVERFLOW_IRQ = 1 << 5;
    private static final int REPEAT = 1 << 6;
    private static final int EXTERNAL = 1 << 8;
    private static final int COMPARE_REACHED = 1 << 11;
    private static final int OVERFLOWN = 1 << 12;

    /** In the configuration of a timer that has been set up. */
    private static final int SET_UP = 0x8000_0000;

    private static final class Timer {
        int users;
        int mode;
        int configuration;
        int compare;
        int compareHandler;
        int compareArgument;
        int overflowHandler;
        int overflowArgument;
        boolean handled;

        void clear() {
            configuration = 0;
            compareHandler = 0;
            overflowHandler = 0;
        }

        /** Mode bits that the handlers ask for. */
        int interrupts() {
            return (compareHandler == 0 ? 0 : ZERO_RETURN | COMPARE_IRQ | REPEAT)
                    | (overflowHandler == 0 ? 0 : OVERFLOW_IRQ | REPEAT);
        }
    }

    private final IopKernel kernel;
    private final IopBus bus;
    private final Timer[] timers = new Timer[TIMERS];

    Timrman(IopKernel kernel, IopBus bus) {
        this.kernel = kernel;
        this.bus = bus;
        for (int i = 0; i < TIMERS; i++) {
            timers[i] = new Timer();
        }
    }

    @Override
    public void reset() {
        for (Timer timer : timers) {
            timer.clear();
            timer.users = 0;
            timer.mode = 0;
        }
    }

    @Override
    public String name() {
        return "timrman";
    }

    @Override
    public int functions() {
        return 28;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 12 || ordinal == 16 || ordinal == 17 || ordinal >= 20 && ordinal <= 24;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return ordinal > 6 && ordinal != 22;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        if (ordinal == 4) {
            return allocate(first, second, call.argument(2));
        } else if (ordinal == 5) {
            return refer(first, second, call.argument(2), call.argument(3));
        }
        int index = (first >>> 28) - 1;
        if (index < 0 || index >= TIMERS) {
            return KernelError.ILLEGAL_TIMER;
        }
        Timer timer = timers[index];
        return switch (ordinal) {
            case 6 -> free(index, timer);
            case 7 -> mode(index, timer, second);
            case 8 -> bus.read16(address(index) + MODE);
            case 9 -> set(index, 0, second);
            case 10 -> get(index, 0);
            case 11 -> set(index, COMPARE, second);
            case 12 -> get(index, COMPARE);
            case 16 -> line(index);
            case 17 -> timer.mode;
            case 20, 21 -> handler(call, timer, ordinal == 20);
            case 22 -> setUp(index, timer, second, call.argument(2), call.argument(3));
            case 23 -> start(index, timer);
            default -> stop(index, timer);
        };
    }

    private static int address(int index) {
        return index < 3 ? IopTimers.BASE + 0x10 * index : IopTimers.BASE2 + 0x10 * (index - 3);
    }

    private static int line(int index) {
        return index < 3 ? IopIntc.TIMER0 + index : IopIntc.TIMER3 + index - 3;
    }

    private static int size(int index) {
        return index < 3 ? 16 : 32;
    }

    /** A number holds the address of the timer in KSEG1 without its last digit. */
    private static int number(int index) {
        return index + 1 << 28 | (address(index) | 0xA000_0000) >>> 4;
    }

    private int set(int index, int register, int value) {
        bus.write32(address(index) + register, value);
        return 0;
    }

    private int get(int index, int register) {
        return bus.read32(address(index) + register);
    }

    private int mode(int index, Timer timer, int mode) {
        timer.mode = mode;
        return set(index, MODE, mode & 0xFFFF);
    }

    private int allocate(int source, int size, int prescale) {
        for (int index : ORDER) {
            Timer timer = timers[index];
            if (timer.users == 0
                    && (SOURCES[index] & source) != 0
                    && size(index) == size
                    && PRESCALES[index] >= prescale) {
                mode(index, timer, 0);
                timer.users = 1;
                timer.clear();
                return number(index);
            }
        }
        return KernelError.NO_TIMER;
    }

    private int refer(int source, int size, int mode, int mask) {
        for (int index = 0; index < TIMERS; index++) {
            Timer timer = timers[index];
            if (timer.users != 0
                    && timer.mode != 0
                    && (SOURCES[index] & source) != 0
                    && size(index) == size
                    && (timer.mode & mask) == mode) {
                timer.users++;
                return number(index);
            }
        }
        return KernelError.NO_TIMER;
    }

    private int free(int index, Timer timer) {
        if (timer.users == 0) {
            return KernelError.ILLEGAL_TIMER;
        }
        timer.users--;
        if (timer.users == 0) {
            mode(index, timer, 0);
            timer.clear();
        }
        return 0;
    }

    /** SetTimerHandler: timer, compare value, handler, argument; SetOverflowHandler: timer, handler, argument. */
    private static int handler(ModuleCall call, Timer timer, boolean compare) {
        if (timer.mode != 0) {
            return KernelError.TIMER_NOT_IN_USE;
        }
        if (compare) {
            timer.compare = call.argument(1);
            timer.compareHandler = call.argument(2);
            timer.compareArgument = call.argument(3);
        } else {
            timer.overflowHandler = call.argument(1);
            timer.overflowArgument = call.argument(2);
        }
        return 0;
    }

    private int setUp(int index, Timer timer, int source, int gate, int prescale) {
        if (timer.mode != 0) {
            return KernelError.TIMER_BUSY;
        }
        if (gate != 0 && (gate & 1) == 0 || gate < 0 || gate > 7) {
            return KernelError.ILLEGAL_MODE;
        }
        if (source != SYSTEM_CLOCK && source != 2 && source != 4) {
            return KernelError.ILLEGAL_SOURCE;
        }
        int divider = switch (prescale) {
            case 0, 1 -> 0;
            case 8 -> index >= 3 ? 0x2000 : 0x200;
            case 16 -> 0x4000;
            case 256 -> 0x6000;
            default -> -1;
        };
        if (divider < 0) {
            return KernelError.ILLEGAL_PRESCALE;
        }
        timer.configuration = gate | SET_UP | divider | (source == SYSTEM_CLOCK ? 0 : EXTERNAL);
        return 0;
    }

    private int start(int index, Timer timer) {
        if (timer.mode != 0) {
            return KernelError.TIMER_BUSY;
        }
        if (timer.configuration == 0) {
            return KernelError.TIMER_NOT_SET_UP;
        }
        set(index, MODE, 0);
        if (timer.compareHandler != 0) {
            set(index, COMPARE, timer.compare);
        }
        int interrupts = timer.interrupts();
        if (interrupts != 0 && !timer.handled) {
            timer.handled = true;
            kernel.handle(line(index), () -> interrupted(index, timer));
        }
        return mode(index, timer, timer.configuration | interrupts);
    }

    private int stop(int index, Timer timer) {
        return timer.mode == 0 ? KernelError.TIMER_NOT_IN_USE : mode(index, timer, 0);
    }

    /** A handler that returns 0 stops the timer; what that of the compare value returns is the next. */
    private void interrupted(int index, Timer timer) {
        if ((timer.mode & (COMPARE_IRQ | OVERFLOW_IRQ)) == 0) {
            return;
        }
        int status = bus.read16(address(index) + MODE);
        if ((status & OVERFLOWN) != 0 && timer.overflowHandler != 0) {
            kernel.interrupt(
                    timer.overflowHandler, result -> returned(index, timer, result), timer.overflowArgument, 0);
        }
        if ((status & COMPARE_REACHED) != 0 && timer.compareHandler != 0) {
            kernel.interrupt(
                    timer.compareHandler,
                    result -> {
                        if (result != 0) {
                            set(index, COMPARE, result);
                        }
                        returned(index, timer, result);
                    },
                    timer.compareArgument,
                    0);
        }
    }

    private void returned(int index, Timer timer, int result) {
        if (result == 0) {
            mode(index, timer, 0);
        }
    }
}
