package soliloquy.console.gdb;

import soliloquy.bios.ThreadView;
import soliloquy.console.debug.DebugPort;
import soliloquy.machine.StopPoints;

/**
 * A step as a user means it: the thread's next instruction, or those of a line. Interrupt handlers and other threads that the
 * processor turns to meanwhile run through.
 */
final class StepPlan {
    /** What is to be done after a stop of the processor. */
    enum Next {
        /** It is for the debugger. */
        REPORT,
        /** The step is not complete: the processor goes on. */
        GO_ON
    }

    private final Target target;
    private final DebugPort port;
    private final StopPoints stops;
    private final int thread;
    private final int start;
    private final int end;
    private final boolean inHandler;
    private int pc;
    private int stackPointer;
    /** Where the thread comes back; null unless that is waited for. */
    private StopPoints.Breakpoint comeback;
    /** True if the instruction has not been executed yet when the thread comes back. */
    private boolean stepsThen;

    /** A step of the running thread that ends outside {@code start} to {@code end - 1}; with both equal, after one instruction. */
    StepPlan(Target target, DebugPort port, int start, int end) {
        this.target = target;
        this.port = port;
        this.start = start;
        this.end = end;
        stops = port.stops(target.cpu());
        thread = target.threadId();
        inHandler = target.handling();
    }

    /** Lets the processor execute an instruction. */
    void step() {
        pc = target.pc();
        stackPointer = target.stackPointer();
        port.step(target.cpu());
    }

    /** The processor has stopped. */
    Next stopped(StopPoints.Stop stop) {
        if (comeback != null) {
            boolean back = stop.equals(new StopPoints.Stop.AtBreakpoint(comeback.address()));
            cancel();
            if (!back) {
                return Next.REPORT;
            }
            if (stepsThen) {
                step();
                return Next.GO_ON;
            }
            return inRange();
        }
        if (!(stop instanceof StopPoints.Stop.Stepped)) {
            return Next.REPORT;
        }
        boolean handling = target.handling() && !inHandler;
        if (handling && stops.interrupted()) {
            return waitAt(pc, stackPointer, true);
        }
        if (handling || target.threadId() != thread) {
            for (ThreadView view : target.threads()) {
                if (view.id() == thread && !view.state().equals("dormant")) {
                    return waitAt(view.pc(), 0, false);
                }
            }
            return Next.REPORT;
        }
        return inRange();
    }

    private Next inRange() {
        if (Integer.compareUnsigned(target.pc() - start, end - start) < 0) {
            step();
            return Next.GO_ON;
        }
        return Next.REPORT;
    }

    /** @param sp value of the stack pointer there; 0 for any */
    private Next waitAt(int address, int sp, boolean thenSteps) {
        stepsThen = thenSteps;
        comeback = new StopPoints.Breakpoint(
                address,
                () -> target.threadId() == thread
                        && target.handling() == inHandler
                        && (sp == 0 || target.stackPointer() == sp));
        stops.add(comeback);
        port.resume(target.cpu());
        return Next.GO_ON;
    }

    /** Gives the step up. */
    void cancel() {
        if (comeback != null) {
            stops.remove(comeback);
            comeback = null;
        }
    }
}
