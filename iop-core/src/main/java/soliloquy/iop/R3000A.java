package soliloquy.iop;

import soliloquy.machine.InterruptPin;
import soliloquy.machine.StopPoints;

/**
 * The R3000A, the processor of the IOP: its registers, its clock, and how it enters exceptions. Time is counted in cycles of the
 * Emotion Engine, as everywhere in the machine; an instruction takes one cycle of the IOP, which is eight of them.
 */
public final class R3000A {
    /** Where results for register 0 go, and loads that are none; nobody reads it. */
    static final int SINK = 32;

    static final int RA = 31;

    /** General registers. */
    public final int[] gpr = new int[33];

    public int hi;
    public int lo;

    /** Address of the next instruction. */
    public int pc;

    /** Address of the one after it: the target of a branch while {@link #pc} is in its delay slot. */
    int nextPc;

    /** True while the instruction at {@link #pc} is in a delay slot. */
    boolean inDelaySlot;

    /** Register that the load before the next instruction writes after it; {@link #SINK} for none. */
    int loadRegister = SINK;

    int loadValue;

    /** EE cycle from which HI and LO can be read. */
    long hiLoReady;

    long cycles;
    /** The interpreter leaves its loop at this cycle. */
    long deadline;

    private final Cop0 cop0;
    private final StopPoints stops = new StopPoints(IopBus::physical, new StopsChanged());
    private final Interpreter interpreter;
    private ExceptionHandler exceptionHandler;
    private long until;
    private boolean stopped;

    public R3000A(IopBus bus) {
        cop0 = new Cop0(this);
        interpreter = new Interpreter(this, bus);
    }

    public Cop0 cop0() {
        return cop0;
    }

    /** Where a debugger wants the processor to stop. */
    public StopPoints stopPoints() {
        return stops;
    }

    /** The debugger has halted the machine here: going on must not stop at once at a breakpoint in this place. */
    public void restHere() {
        stops.rest(pc, cycles);
    }

    /** True if the next instruction is in the delay slot of a branch that has been executed. */
    public boolean atDelaySlot() {
        return inDelaySlot;
    }

    /** EE cycles that the processor has come to. */
    public long cycles() {
        return cycles;
    }

    /** Installs a kernel in Java; without one, exceptions go to the hardware's vectors. */
    public void exceptionHandler(ExceptionHandler handler) {
        exceptionHandler = handler;
    }

    /** The interrupt input. */
    public InterruptPin interruptPin() {
        return cop0.pin();
    }

    /** Continues at {@code address}, outside any delay slot; a load under way arrives first. */
    public void jump(int address) {
        gpr[loadRegister] = loadValue;
        loadRegister = SINK;
        pc = address;
        nextPc = address + 4;
        inDelaySlot = false;
    }

    /** Makes {@link #run} return after the present instruction. */
    public void stop() {
        stopped = true;
        deadline = Long.MIN_VALUE;
    }

    void recheckInterrupts() {
        deadline = Long.MIN_VALUE;
    }

    /** Executes instructions until the clock reaches {@code untilCycle}, or {@link #stop}. */
    public void run(long untilCycle) {
        until = untilCycle;
        stopped = false;
        while (true) {
            if (cop0.interruptReady()) {
                raise(ExceptionCode.INTERRUPT, pc, inDelaySlot, 0, 0);
                if (stops.stepping()) {
                    stops.interrupt();
                }
            }
            if (stopped || cycles >= until) {
                return;
            }
            deadline = until;
            if (stops.stepping()) {
                interpreter.executeOne();
                stops.stepped();
            } else if (stops.any()) {
                interpreter.loopWithStops(stops);
            } else {
                interpreter.loop();
            }
            if (stops.pending()) {
                stops.tell(pc, cycles);
            }
        }
    }

    /** The interpreter looks at each instruction while there are stops at all. */
    private static final class StopsChanged implements StopPoints.Processor {
        @Override
        public void breakpointChanged(int place) {}

        @Override
        public void watchpointsChanged() {}
    }

    /** Takes the processor off its code between two instructions, as an interrupt does; returns where it goes on later. */
    public int interrupted() {
        int address = inDelaySlot ? pc - 4 : pc;
        jump(address);
        return address;
    }

    /** Lets time pass without instructions: the processor waits for an event. */
    public void idleUntil(long cycle) {
        cycles = Math.max(cycles, cycle);
    }

    /** Enters the exception {@code code} at the instruction at {@code at}. */
    void raise(ExceptionCode code, int at, boolean inDelaySlot, int badAddress, int coprocessor) {
        int vector = cop0.enterException(code, at, inDelaySlot, badAddress, coprocessor);
        jump(vector);
        if (exceptionHandler != null) {
            exceptionHandler.enter(code, cop0.epc(), inDelaySlot, badAddress);
        }
        recheckInterrupts();
    }
}
