package soliloquy.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * Where a processor stops for a debugger: breakpoints, watchpoints and single steps. All of them stop it before an instruction, so
 * that nothing the guest can see has happened yet. Used by the emulation thread only.
 */
public final class StopPoints {
    /** Which accesses a watchpoint is for. */
    public enum Access {
        READ,
        WRITE,
        ANY;

        /** True if an access of this direction is one of them. */
        public boolean matches(boolean write) {
            return this == ANY || write == (this == WRITE);
        }
    }

    /**
     * Stops the processor before it executes the instruction at an address.
     *
     * @param address as the debugger gave it
     * @param condition asked each time; the processor goes on if it is false
     */
    public record Breakpoint(int address, BooleanSupplier condition) {}

    /**
     * Stops the processor before it loads from or stores to any of some bytes.
     *
     * @param start first address
     * @param length bytes, 1 at least
     */
    public record Watchpoint(int start, int length, Access access) {}

    /** Why the processor stopped. */
    public sealed interface Stop {
        /** It has come to a breakpoint. */
        record AtBreakpoint(int address) implements Stop {}

        /** It is about to access {@code address}. */
        record AtAccess(Watchpoint watchpoint, int address, boolean write) implements Stop {}

        /** It has executed the one instruction asked for. */
        record Stepped() implements Stop {}

        /** Its clock has reached the time asked for. */
        record Arrived() implements Stop {}
    }

    /** The debugger, told on the emulation thread; the processor goes on when it returns. */
    @FunctionalInterface
    public interface Listener {
        void stopped(Stop stop);
    }

    /** The processor, told of what it must look out for. */
    public interface Processor {
        /** A breakpoint was set or removed at {@code place}. */
        void breakpointChanged(int place);

        /** The first watchpoint was set, the last one removed, or others came or went. */
        void watchpointsChanged();
    }

    /** Breakpoints by the places of memory they are in, whatever addresses these are seen at. */
    private final Map<Integer, List<Breakpoint>> breakpoints = new HashMap<>();

    private final List<Watchpoint> watchpoints = new ArrayList<>();
    private final IntUnaryOperator place;
    private final Processor processor;
    private Listener listener = stop -> {};
    private Stop stop;
    private boolean stepping;
    private boolean interrupted;
    private long arrival = Long.MAX_VALUE;
    /** Where the debugger was told of a stop last: going on must not end in the same. */
    private int toldAddress;

    private long toldTime = -1;

    /**
     * @param place the place in memory that an address names; equal for addresses at which the same bytes are seen
     */
    public StopPoints(IntUnaryOperator place, Processor processor) {
        this.place = place;
        this.processor = processor;
    }

    /** Installs the one debugger. */
    public void listener(Listener debugger) {
        listener = debugger;
    }

    /** Sets a breakpoint; several may be at one address. */
    public void add(Breakpoint breakpoint) {
        int at = place.applyAsInt(breakpoint.address());
        breakpoints.computeIfAbsent(at, key -> new ArrayList<>()).add(breakpoint);
        processor.breakpointChanged(at);
    }

    /** Removes a breakpoint; false if it was not set. */
    public boolean remove(Breakpoint breakpoint) {
        int at = place.applyAsInt(breakpoint.address());
        List<Breakpoint> there = breakpoints.get(at);
        if (there == null || !there.remove(breakpoint)) {
            return false;
        }
        if (there.isEmpty()) {
            breakpoints.remove(at);
        }
        processor.breakpointChanged(at);
        return true;
    }

    /** Sets a watchpoint. */
    public void add(Watchpoint watchpoint) {
        watchpoints.add(watchpoint);
        processor.watchpointsChanged();
    }

    /** Removes a watchpoint; false if it was not set. */
    public boolean remove(Watchpoint watchpoint) {
        if (!watchpoints.remove(watchpoint)) {
            return false;
        }
        processor.watchpointsChanged();
        return true;
    }

    /** All watchpoints. */
    public List<Watchpoint> watchpoints() {
        return watchpoints;
    }

    /** Lets the processor execute one instruction more, then stop. */
    public void step() {
        stepping = true;
        interrupted = false;
    }

    /** The processor has taken an interrupt before the instruction asked for by {@link #step}: another one is executed. */
    public void interrupt() {
        interrupted = true;
    }

    /** True if an interrupt came between the last {@link #step} and its instruction. */
    public boolean interrupted() {
        return interrupted;
    }

    /** True if the processor must stop after one instruction. */
    public boolean stepping() {
        return stepping;
    }

    /**
     * Lets the processor stop before the first instruction at which its clock, in the processor's own units, has reached
     * {@code time}; never for the largest value.
     */
    public void arriveAt(long time) {
        arrival = time;
    }

    /** The time that {@link #arriveAt} asked for. */
    public long arrival() {
        return arrival;
    }

    /** That time has come. */
    public void arrived() {
        arrival = Long.MAX_VALUE;
        stop = new Stop.Arrived();
    }

    /** True if there is a breakpoint at {@code place}, as the constructor's function gives places. */
    public boolean isBreakpoint(int place) {
        return !breakpoints.isEmpty() && breakpoints.containsKey(place);
    }

    /** True if there is a breakpoint or watchpoint, so that single instructions have to be looked at. */
    public boolean any() {
        return !breakpoints.isEmpty() || !watchpoints.isEmpty();
    }

    /** True if accesses must be looked at. */
    public boolean watching() {
        return !watchpoints.isEmpty();
    }

    /**
     * True if the processor has to stop before the instruction at {@code address}.
     *
     * @param time the processor's clock
     */
    public boolean stopsAt(int address, long time) {
        if (breakpoints.isEmpty() || told(address, time)) {
            return false;
        }
        List<Breakpoint> there = breakpoints.get(place.applyAsInt(address));
        if (there == null) {
            return false;
        }
        for (Breakpoint breakpoint : there) {
            if (breakpoint.condition().getAsBoolean()) {
                stop = new Stop.AtBreakpoint(address);
                return true;
            }
        }
        return false;
    }

    /** True if the processor has to stop before the instruction at {@code pc}, which accesses {@code bytes} at {@code address}. */
    public boolean stopsAtAccess(int pc, long time, int address, int bytes, boolean write) {
        if (watchpoints.isEmpty() || told(pc, time)) {
            return false;
        }
        int first = place.applyAsInt(address);
        for (Watchpoint watchpoint : watchpoints) {
            int start = place.applyAsInt(watchpoint.start());
            if (watchpoint.access().matches(write) && Integer.compareUnsigned(first - start, watchpoint.length()) < 0
                    || watchpoint.access().matches(write) && Integer.compareUnsigned(start - first, bytes) < 0) {
                stop = new Stop.AtAccess(watchpoint, Math.max(address, watchpoint.start()), write);
                return true;
            }
        }
        return false;
    }

    private boolean told(int address, long time) {
        return time == toldTime && address == toldAddress;
    }

    /** The instruction asked for by {@link #step} has been executed. */
    public void stepped() {
        stepping = false;
        stop = new Stop.Stepped();
    }

    /** True if the processor has stopped and {@link #tell} must be called. */
    public boolean pending() {
        return stop != null;
    }

    /** Tells the debugger of the stop at {@code address}; returns when the processor may go on. */
    public void tell(int address, long time) {
        Stop told = stop;
        stop = null;
        stepping = false;
        rest(address, time);
        listener.stopped(told);
    }

    /** The debugger has the processor at {@code address}: going on from there must not stop there at once. */
    public void rest(int address, long time) {
        toldAddress = address;
        toldTime = time;
    }
}
