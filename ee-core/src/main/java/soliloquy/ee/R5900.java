package soliloquy.ee;

import soliloquy.machine.InterruptPin;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;
import soliloquy.machine.StopPoints;

/**
 * The R5900, the processor of the Emotion Engine: its registers, its clock, and how it enters exceptions. The registers are public
 * because the parts of the processor, and the kernel in Java, work on them directly.
 */
public final class R5900 {
    /** Index of LO and LO1 (the next) in {@link #gpr}. */
    public static final int LO = 64;
    /** Index of HI and HI1 (the next) in {@link #gpr}. */
    public static final int HI = 66;
    /** Index of the return address, register 31. */
    static final int RA = 2 * 31;
    /** Where results for register 0 go; nobody reads it. */
    static final int SINK = 70;

    private static final int VECTOR_COMMON = 0x8000_0180;
    private static final int VECTOR_INTERRUPT = 0x8000_0200;
    private static final int VECTOR_TLB_REFILL = 0x8000_0000;

    /** General registers: the low 64 bits of register r at {@code 2 * r}, the high at {@code 2 * r + 1}; then LO, LO1, HI, HI1. */
    public final long[] gpr = new long[72];

    /** Shift amount of the funnel shift, in bytes (0 to 15). */
    public int sa;

    /** FPU registers, as bits. */
    public final int[] fpr = new int[32];

    /** FPU accumulator, as bits. */
    public int acc;

    /** FPU control and status. */
    public int fcr31;

    /** Address of the next instruction. */
    public int pc;

    /** Address of the one after it: the target of a branch while {@link #pc} is in its delay slot. */
    int nextPc;

    /** {@link #clock} after the last branch: the instruction that follows it is in its delay slot. */
    long branchClock = -1;

    /** Address of the instruction whose memory access is under way. */
    int accessPc;

    /** Upper half of the quadword that compiled code has just loaded from a device. */
    long quadHigh;

    /** Half cycles since power-on, since two instructions can share a cycle. Every instruction takes one at least. */
    long clock;
    /** {@link #clock} before the present instruction, where {@link #accessPc} is right. */
    long begun;
    /** The interpreter leaves its loop at this {@link #clock}. */
    long deadline;
    /** {@link #deadline} without what only debuggers want: where waiting ends. */
    long waitsUntil;
    /** Compiled code stops at this {@link #clock} if the deadline is later. */
    long sliceEnd = Long.MAX_VALUE;

    private final EeBus bus;
    private final Scheduler scheduler;
    private final Notices notices;
    private final Cop0 cop0;
    private final Fpu fpu;
    private final Mmi mmi;
    private final Vu0Registers vu0 = new Vu0Registers();
    private final StopPoints stops;
    private final Interpreter interpreter;
    private ExceptionHandler exceptionHandler;
    private long until;
    private boolean stopped;
    private EeSampler sampler;
    /** The {@link #clock} at which the sampler looks again. */
    private long nextSample = Long.MAX_VALUE;

    private InstructionListener instructionListener;
    /** The instruction that the listener is to be told of, while {@link #showing}. */
    private int shownAt;

    private int shownWord;
    private long shownCycle;
    private boolean showing;

    public R5900(EeBus bus, Scheduler scheduler, Notices notices) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.notices = notices;
        bus.place(() -> accessPc);
        cop0 = new Cop0(this, scheduler);
        fpu = new Fpu(this);
        mmi = new Mmi(this);
        stops = new StopPoints(bus::physical, new StopsChanged());
        interpreter = new Interpreter(this, bus);
        scheduler.onNearerDeadline(this::nearer);
    }

    public Cop0 cop0() {
        return cop0;
    }

    public Vu0Registers vu0() {
        return vu0;
    }

    Fpu fpu() {
        return fpu;
    }

    Mmi mmi() {
        return mmi;
    }

    Notices notices() {
        return notices;
    }

    /** Where a debugger wants the processor to stop. */
    public StopPoints stopPoints() {
        return stops;
    }

    /** The debugger has halted the machine here: going on must not stop at once at a breakpoint in this place. */
    public void restHere() {
        stops.rest(pc, clock);
    }

    /** The processor's clock in half cycles, which tells every two instructions apart. */
    public long position() {
        return clock;
    }

    /** True if the next instruction is in the delay slot of a branch that has been executed. */
    public boolean atDelaySlot() {
        return branchClock == clock;
    }

    /** EE cycles since power-on; one in which the first of two instructions was issued is counted. */
    public long cycles() {
        return cycles(clock);
    }

    private static long cycles(long halfCycles) {
        return halfCycles + 1 >> 1;
    }

    /** Compiled code's look at COP0's Count, at {@code time} in half cycles. */
    int countAt(long time) {
        return cop0.countAt(cycles(time));
    }

    /** Installs a kernel in Java; without one, exceptions go to the hardware's vectors. */
    public void exceptionHandler(ExceptionHandler handler) {
        exceptionHandler = handler;
    }

    /** The interrupt inputs: 0 is INT0 (from INTC), 1 is INT1 (from DMAC). */
    public InterruptPin interruptPin(int line) {
        return cop0.pin(line);
    }

    /** The condition of BC0T and BC0F, driven by the DMA controller (CPCOND0). */
    public void dmaCondition(java.util.function.BooleanSupplier condition) {
        interpreter.dmaCondition(condition);
    }

    /** Counts cycles by {@code profile} from now on; at first it is {@link TimingProfile#PIPELINE}. Caches are empty then. */
    public void timing(TimingProfile profile) {
        bus.timeAccesses(profile == TimingProfile.CACHE);
        interpreter.timing(profile);
    }

    /** What the caches have done since the profile was set; all 0 in profiles without. */
    public CacheCounts cacheCounts() {
        MemoryTiming timing = bus.timing();
        return timing == null
                ? new CacheCounts(0, 0, 0, 0)
                : new CacheCounts(
                        timing.fetchMisses(), timing.dataMisses(), timing.prefetches(), timing.linesWritten());
    }

    /** The kernel writes dirty lines of the data cache back, or drops all of its lines, or both; what that costs passes. */
    public void flushData(boolean writes, boolean drops) {
        if (bus.timing() != null) {
            pass(bus.timing().flushData(writes, drops, clock));
        }
    }

    /** The kernel drops all lines of the instruction cache. */
    public void flushInstructions() {
        if (bus.timing() != null) {
            bus.timing().flushInstructions();
        }
    }

    /** Has {@code newSampler} look at the processor in {@code cycles} cycles, waiting not counted, and then as it says; null: nobody. */
    public void sample(EeSampler newSampler, long cycles) {
        sampler = newSampler;
        nextSample = newSampler == null ? Long.MAX_VALUE : clock + 2 * cycles;
    }

    /** The processor has waited since {@code from}, on this {@link #clock}. */
    void waited(long from) {
        if (sampler != null && clock > from) {
            nextSample += clock - from;
            sampler.waited(from + 1 >> 1, cycles());
        }
    }

    /** Shows every instruction to {@code listener}, or no longer where it is null. Compiled code shows none: see {@link #recompile}. */
    public void listen(InstructionListener listener) {
        instructionListener = listener;
    }

    /** Whether hot code is compiled to JVM bytecode, as it is at first; otherwise all is interpreted. The results are the same. */
    public void recompile(boolean on) {
        interpreter.recompiler().enable(on);
    }

    /** Compiles whatever is seen once, for tests. */
    void compileEagerly() {
        interpreter.compileEagerly();
    }

    /** Whether hot regions get a second form; drops what is compiled. */
    void secondForms(SecondForm use) {
        interpreter.recompiler().secondForms(use);
    }

    /** Compiles second forms of all regions with what is known of their jumps now, for tests. */
    void renewSecondForms() {
        interpreter.recompiler().renewSecondForms();
    }

    /** Number of regions of guest code that are compiled now. */
    public int regions() {
        return interpreter.recompiler().size();
    }

    /** How many were compiled since power-on. */
    long regionsCompiled() {
        return interpreter.recompiler().compiled();
    }

    /** The region that begins at {@code address}; null if there is none. */
    Region regionAt(int address) {
        return interpreter.recompiler().at(address);
    }

    /** How much the recompiler knows of addresses. */
    int addressesKnown() {
        return interpreter.recompiler().known();
    }

    /** How many second forms of regions were compiled since power-on. */
    long secondFormsCompiled() {
        return interpreter.recompiler().secondFormsCompiled();
    }

    /** Bytes of JVM code in them. */
    public int regionBytes() {
        return interpreter.recompiler().codeBytes();
    }

    /** Bytes of guest code in them, each counted once. */
    public int regionGuestBytes() {
        return interpreter.recompiler().guestBytes();
    }

    /** Continues at {@code address}, outside any delay slot. */
    public void jump(int address) {
        pc = address;
        nextPc = address + 4;
        branchClock = -1;
    }

    /** Leaves the exception level and continues at {@code address}. */
    public void returnFromException(int address) {
        cop0.leaveException();
        jump(address);
    }

    /** Makes {@link #run} return after the present instruction. */
    public void stop() {
        stopped = true;
        deadline = Long.MIN_VALUE;
        waitsUntil = Long.MIN_VALUE;
    }

    /** Forgets what was decoded and compiled. */
    void forgetCode() {
        interpreter.forgetDecoded();
    }

    void recheckInterrupts() {
        deadline = Long.MIN_VALUE;
        waitsUntil = Long.MIN_VALUE;
    }

    private void nearer(long time) {
        until = Math.min(until, time);
        deadline = Math.min(deadline, halves(time));
        waitsUntil = Math.min(waitsUntil, halves(time));
    }

    /** {@code cycles} as half cycles; beyond what the clock can hold, never. */
    private static long halves(long cycles) {
        return cycles > Long.MAX_VALUE >> 1 ? Long.MAX_VALUE : cycles << 1;
    }

    /** Executes instructions until the clock reaches {@code untilCycle} (or a nearer event), or {@link #stop}. */
    public void run(long untilCycle) {
        until = untilCycle;
        stopped = false;
        while (true) {
            if (clock >= nextSample) {
                nextSample = clock + 2 * sampler.sample(cycles());
            }
            if (cop0.interruptReady()) {
                raise(ExceptionCode.INTERRUPT, pc, branchClock == clock, 0);
                if (stops.stepping()) {
                    stops.interrupt();
                }
            }
            if (stopped || clock >= halves(until)) {
                break;
            }
            waitsUntil = halves(until);
            deadline = Math.min(Math.min(waitsUntil, stops.arrival()), nextSample);
            boolean stepped = stops.stepping();
            try {
                stepped = instructionListener == null ? execute(stepped) : executeShown(stepped);
            } catch (GuestException e) {
                raise(e.code, accessPc, inDelaySlot(), e.badAddress);
            }
            if (stepped) {
                stops.stepped();
            }
            if (clock >= stops.arrival()) {
                stops.arrived();
            }
            if (stops.pending()) {
                stops.tell(pc, clock);
            }
        }
        scheduler.advanceTo(cycles());
    }

    /** Executes until the deadline, or one instruction for a debugger that is {@code stepping}; true if that was executed. */
    private boolean execute(boolean stepping) {
        if (cop0.performance().countsInstructions()) {
            return executeCounted() && stepping;
        }
        if (stepping) {
            return interpreter.executeAlone();
        }
        interpreter.loop();
        return false;
    }

    /** The same for one instruction, in sight of the listener. */
    private boolean executeShown(boolean stepping) {
        if (interpreter.fetchMisses()) {
            return false;
        }
        shownAt = pc;
        shownWord = bus.peek32(pc);
        shownCycle = cycles();
        showing = true;
        long before = clock;
        deadline = Math.min(deadline, clock + 1);
        boolean stepped = execute(stepping);
        showing &= clock != before; // else a debugger stopped the processor before it
        show();
        return stepped;
    }

    /** Tells the listener of the present instruction, once. */
    private void show() {
        if (showing) {
            showing = false;
            instructionListener.executed(shownAt, shownWord, shownCycle);
        }
    }

    /** One instruction, in sight of the performance counters; false if there was none, because fetching it takes time. */
    private boolean executeCounted() {
        if (interpreter.fetchMisses()) {
            return false;
        }
        Instruction row = Decoder.decode(bus.peek32(pc));
        boolean inDelaySlot = branchClock == clock;
        int mode = cop0.mode();
        long before = clock;
        long longest = before + interpreter.longestGuessedRight(pc);
        deadline = clock + 1;
        waitsUntil = deadline;
        if (stops.stepping()) {
            interpreter.executeAlone();
        } else {
            interpreter.loop();
        }
        if (stops.pending()) {
            return false;
        }
        if (row != Instruction.SYSCALL && row != Instruction.BREAK) { // which are not completed: they raise
            boolean guessedWrong = row != null && row.has(Instruction.Trait.BRANCH) && clock > longest;
            cop0.performance().completed(row, inDelaySlot, mode, clock - before, guessedWrong);
        }
        return true;
    }

    /** Makes the processor look out for what a debugger is interested in. */
    private final class StopsChanged implements StopPoints.Processor {
        @Override
        public void breakpointChanged(int place) {
            interpreter.breakpointChanged(place);
        }

        @Override
        public void watchpointsChanged() {
            bus.watchPages(stops.watchpoints());
            interpreter.forgetDecoded();
        }
    }

    /** Enters the exception {@code code} at the instruction at {@code at}. */
    void raise(ExceptionCode code, int at, boolean inDelaySlot, int badAddress) {
        show();
        enter(code, at, inDelaySlot, badAddress);
        if (instructionListener != null) {
            instructionListener.entered(code);
        }
    }

    private void enter(ExceptionCode code, int at, boolean inDelaySlot, int badAddress) {
        scheduler.advanceTo(cycles());
        boolean nested = (cop0.status() & Cop0.STATUS_EXL) != 0;
        cop0.enterException(code, at, inDelaySlot, badAddress);
        if (exceptionHandler != null) {
            exceptionHandler.enter(code, inDelaySlot ? at - 4 : at, inDelaySlot, badAddress);
        } else if (code == ExceptionCode.INTERRUPT) {
            jump(VECTOR_INTERRUPT);
        } else if (!nested && (code == ExceptionCode.TLB_REFILL_LOAD || code == ExceptionCode.TLB_REFILL_STORE)) {
            jump(VECTOR_TLB_REFILL);
        } else {
            jump(VECTOR_COMMON);
        }
    }

    /** True if the present instruction, the one at {@link #accessPc}, is in a delay slot. */
    boolean inDelaySlot() {
        return branchClock == begun;
    }

    /**
     * Compiled code's load from a device at an aligned address of its page.
     *
     * @param at the instruction
     * @param before the clock before it
     * @param cycles half cycles it takes otherwise
     */
    long loadFromDevice(int address, int bytes, int at, long before, int cycles) {
        beginAccess(at, before, cycles);
        return interpreter.loadFromDevice(address, bytes);
    }

    /** Compiled code's store to a device. */
    void storeToDevice(int address, int bytes, long value, int at, long before, int cycles) {
        beginAccess(at, before, cycles);
        interpreter.storeToDevice(address, bytes, value);
    }

    /** The same for a quadword: its lower half; the upper one is in {@link #quadHigh}. */
    long loadQuadFromDevice(int address, int at, long before, int cycles) {
        beginAccess(at, before, cycles);
        return interpreter.loadQuadFromDevice(address);
    }

    /** Compiled code's store of a quadword to a device. */
    void storeQuadToDevice(int address, long low, long high, int at, long before, int cycles) {
        beginAccess(at, before, cycles);
        interpreter.storeQuadToDevice(address, low, high);
    }

    private void beginAccess(int at, long before, int cycles) {
        accessPc = at;
        begun = before;
        clock = before + cycles;
    }

    /** Half cycles that may pass in compiled code before the deadline or the end of the slice, at most 2^30. */
    int clockToDeadline() {
        long end = Math.min(deadline, sliceEnd);
        return end <= clock ? 0 : (int) Math.min(end - clock, 1 << 30);
    }

    /** Lets half cycles pass inside an instruction. */
    void pass(int halfCycles) {
        clock += halfCycles;
    }

    /** Lets half cycles pass before the next instruction. */
    void passBefore(int halfCycles) {
        if (branchClock == clock) {
            branchClock += halfCycles;
        }
        clock += halfCycles;
    }

    /** Lets time pass inside an instruction, until {@code cycle}. */
    void waitUntil(long cycle) {
        clock = Math.max(clock, cycle << 1);
    }

    /** Brings the scheduler to the processor's clock, before an access that may reach a device. */
    void reachScheduler() {
        scheduler.advanceTo(cycles());
    }

    EeBus bus() {
        return bus;
    }

    /** Quotient of a division as the hardware gives it: by zero -1, or 1 for a negative dividend. */
    static int quotient(int dividend, int divisor) {
        if (divisor == 0) {
            return dividend < 0 ? 1 : -1;
        }
        return dividend / divisor; // of the most negative integer by -1: itself, as on the hardware
    }

    /** The same of an unsigned division: by zero all ones. */
    static int quotientUnsigned(int dividend, int divisor) {
        return divisor == 0 ? -1 : Integer.divideUnsigned(dividend, divisor);
    }

    /** Remainder of an unsigned division: by zero the dividend. */
    static int remainderUnsigned(int dividend, int divisor) {
        return divisor == 0 ? dividend : Integer.remainderUnsigned(dividend, divisor);
    }

    /** Remainder of a division as the hardware gives it: by zero the dividend. */
    static int remainder(int dividend, int divisor) {
        return divisor == 0 ? dividend : dividend % divisor;
    }
}
