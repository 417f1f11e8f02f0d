package soliloquy.console.debug;

import soliloquy.machine.StopPoints;

/** Why a processor is halted. */
public sealed interface Halt {
    /** It has come to a breakpoint, a watched access, or the end of a step. */
    record Stopped(StopPoints.Stop stop) implements Halt {}

    /** The debugger asked for it. */
    record Asked() implements Halt {}

    /** The console waits for a debugger before the first instruction. */
    record PoweredOn() implements Halt {}

    /** There is nothing before this moment: the console has just been powered on. */
    record AtBeginning() implements Halt {}

    /** The guest cannot go on: {@code reason}, at the instruction at {@code pc}. The console ends when it is let go. */
    record Crashed(String reason, int pc) implements Halt {}
}
