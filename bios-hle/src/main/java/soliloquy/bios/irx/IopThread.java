package soliloquy.bios.irx;

import java.util.ArrayDeque;
import java.util.Arrays;
import soliloquy.bios.ThreadView;
import soliloquy.iop.R3000A;

/** A thread of the IOP's kernel, with the registers it goes on with. */
public final class IopThread {
    static final int RUN = 0x01;
    static final int READY = 0x02;
    static final int WAIT = 0x04;
    static final int SUSPEND = 0x08;
    static final int WAIT_SUSPEND = 0x0C;
    static final int DORMANT = 0x10;

    static final int V0 = 2;

    final int id;
    final int attributes;
    final int option;
    final int entry;
    final int stack;
    final int stackSize;
    final int initialPriority;
    final int gp;

    int priority;
    int status = DORMANT;
    int wakeups;
    /** What it waits in, or null. */
    WaitQueue queue;
    /** EE cycle at which a delay ends. */
    long due;
    /** Where a wait puts what it brings, if not 0. */
    int resultAddress;
    /** Pattern and mode of a wait for an event flag. */
    int pattern;

    int mode;

    /** How the library calls under way go on, the latest first. */
    final ArrayDeque<Continuation> continuations = new ArrayDeque<>();

    private final int[] registers = new int[32];
    private int hi;
    private int lo;
    private int pc;

    IopThread(int id, int attributes, int option, int entry, int stack, int stackSize, int initialPriority, int gp) {
        this.id = id;
        this.attributes = attributes;
        this.option = option;
        this.entry = entry;
        this.stack = stack;
        this.stackSize = stackSize;
        this.initialPriority = initialPriority;
        this.gp = gp;
    }

    /** Prepares its first instruction; the arguments, at most four, are its function's. */
    void begin(int returnAddress, int... arguments) {
        continuations.clear();
        Arrays.fill(registers, 0);
        System.arraycopy(arguments, 0, registers, 4, arguments.length);
        registers[28] = gp;
        registers[29] = stack + stackSize - 0x28;
        registers[30] = registers[29];
        registers[31] = returnAddress;
        pc = entry;
    }

    /** Moves the stack pointer of a thread that has not begun. */
    void stackPointer(int address) {
        registers[29] = address;
        registers[30] = address;
    }

    /** Keeps the processor's registers; it goes on at {@code address}. */
    void save(R3000A cpu, int address) {
        System.arraycopy(cpu.gpr, 0, registers, 0, registers.length);
        hi = cpu.hi;
        lo = cpu.lo;
        pc = address;
    }

    /** Gives them to the processor. */
    void restore(R3000A cpu) {
        cpu.jump(pc);
        System.arraycopy(registers, 0, cpu.gpr, 0, registers.length);
        cpu.hi = hi;
        cpu.lo = lo;
    }

    /** What it does or waits for, in a few words. */
    private String describe() {
        return switch (status) {
            case RUN -> "running";
            case READY -> "ready";
            case WAIT -> "waiting";
            case SUSPEND -> "suspended";
            case WAIT_SUSPEND -> "waiting, suspended";
            default -> "dormant";
        };
    }

    /** The thread as debuggers show it. */
    ThreadView view(boolean running) {
        int[] gpr = registers.clone();
        return new ThreadView(id, running, describe(), priority, pc, index -> gpr[index]);
    }

    /** It goes on at {@code address} instead. */
    void goesOnAt(int address) {
        pc = address;
    }

    /** What the call that it waits in returns. */
    void result(int value) {
        registers[V0] = value;
    }
}
