package soliloquy.console.profile;

import soliloquy.bios.ElfFile;
import soliloquy.bios.kernel.Kernel;
import soliloquy.console.Console;
import soliloquy.ee.EeSampler;
import soliloquy.ee.R5900;

/**
 * Looks at the call stack of the EE at fixed intervals of the guest time in which it computes, and whenever it has waited. The samples
 * are the same in every run, since neither the host nor the guest has a part in when they are taken.
 */
public final class StackSampler implements EeSampler {
    /** Calls that are followed at most. */
    public static final int DEEPEST = 64;

    private static final int KERNEL_END = 0x0008_0000;
    private static final int PHYSICAL = 0x1FFF_FFFF;
    private static final int SP = 2 * 29;

    private final Console console;
    private final R5900 ee;
    private final Kernel kernel;
    private final StackListener listener;
    private final long period;
    private final int[] waitingStack = new int[DEEPEST + 2];
    private final FunctionNames names;
    private final int[] addresses = new int[DEEPEST];
    private final int[] stack = new int[DEEPEST + 2];
    private ElfFile program;
    private GuestCode code;
    private int waitingDepth;
    private long last;
    private long waitedSince;
    private boolean waited;
    private int waitedAt;
    private long waitedSp;

    /**
     * A sampler that is not yet at work.
     *
     * @param names gets the functions of the guest's programs
     * @param period EE cycles of computing between two samples
     */
    public StackSampler(Console console, FunctionNames names, long period, StackListener listener) {
        this.console = console;
        this.names = names;
        this.period = period;
        this.listener = listener;
        ee = console.ee();
        kernel = console.kernel();
    }

    /** Takes samples from now on. */
    public void start() {
        last = ee.cycles();
        ee.sample(this, period);
    }

    /** Takes a last sample, for what has passed since the one before. */
    public void end() {
        ee.sample(null, 0);
        sample(ee.cycles());
    }

    @Override
    public long sample(long cycle) {
        followProgram();
        long cycles = cycle - last - waitedSince;
        last = cycle;
        waitedSince = 0;
        if (cycles > 0) {
            listener.ran(cycle, cycles, stack, put(stack, 0, ee.pc, ee.gpr));
        }
        return period;
    }

    @Override
    public void waited(long from, long until) {
        followProgram();
        waitedSince += until - from;
        boolean idle = Kernel.waitsAt(ee.pc);
        long[] gpr = idle ? kernel.waitingRegisters() : ee.gpr;
        int at = idle ? kernel.waitingAt() : ee.pc;
        boolean same = waited && at == waitedAt && gpr[SP] == waitedSp;
        if (!same) {
            waited = true;
            waitedAt = at;
            waitedSp = gpr[SP];
            waitingStack[0] = FunctionNames.WAITING;
            waitingDepth = put(waitingStack, 1, at, gpr);
        }
        listener.waited(from, until, waitingStack, waitingDepth, same);
    }

    private void followProgram() {
        if (kernel.program() != program) {
            program = kernel.program();
            code = new GuestCode(program, names, console.eeMemory());
            waited = false;
        }
    }

    /** Puts the functions at {@code pc} and around it into {@code stack} from {@code from} on; returns where they end. */
    private int put(int[] stack, int from, int pc, long[] gpr) {
        int to = from;
        if (code == null) {
            stack[to++] = unknown(pc);
            return to;
        }
        int count = code.callers(pc, gpr, addresses);
        for (int i = 0; i < count; i++) {
            int function = code.function(i == 0 ? pc : addresses[i] - 8);
            if (function != GuestCode.NONE) {
                stack[to++] = function;
            } else if (Kernel.endsHandler(addresses[i])) {
                stack[to++] = FunctionNames.INTERRUPT;
            } else if (i == 0) {
                stack[to++] = unknown(pc);
            }
        }
        return to;
    }

    private int unknown(int pc) {
        int physical = pc & PHYSICAL;
        return physical < KERNEL_END ? FunctionNames.KERNEL : names.place(physical);
    }
}
