package soliloquy.console.gdb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import soliloquy.machine.StopPoints;

/**
 * The breakpoints and watchpoints that the debugger wants. It takes all of them out at each stop and puts them back before it goes
 * on; the processor hears only of what has changed then.
 */
final class StopList {
    private StopPoints stops;
    private Target target;
    /** Addresses of breakpoints with their conditions. */
    private final Map<Integer, Predicate<Target>> wanted = new HashMap<>();

    private final Map<Integer, StopPoints.Breakpoint> set = new HashMap<>();
    private final Set<StopPoints.Watchpoint> wantedWatchpoints = new HashSet<>();
    private final Set<StopPoints.Watchpoint> setWatchpoints = new HashSet<>();

    StopList(StopPoints stops, Target target) {
        moved(stops, target);
    }

    /** The processor is another one now, without any stops. */
    void moved(StopPoints stopsNow, Target targetNow) {
        stops = stopsNow;
        target = targetNow;
        set.clear();
        setWatchpoints.clear();
    }

    /** Sets all that is wanted on another processor, for good. */
    void setOn(StopPoints others, Target other) {
        wanted.forEach(
                (address, condition) -> others.add(new StopPoints.Breakpoint(address, () -> condition.test(other))));
        wantedWatchpoints.forEach(others::add);
    }

    /** True if the debugger knows of a breakpoint at {@code address}. */
    boolean wants(int address) {
        return wanted.containsKey(address);
    }

    void want(int address, Predicate<Target> condition) {
        wanted.put(address, condition);
    }

    void unwant(int address) {
        wanted.remove(address);
    }

    void want(StopPoints.Watchpoint watchpoint) {
        wantedWatchpoints.add(watchpoint);
    }

    void unwant(StopPoints.Watchpoint watchpoint) {
        wantedWatchpoints.remove(watchpoint);
    }

    /** Sets what is wanted and removes the rest. */
    void apply() {
        for (StopPoints.Breakpoint breakpoint : Set.copyOf(set.values())) {
            if (!wanted.containsKey(breakpoint.address())) {
                stops.remove(breakpoint);
                set.remove(breakpoint.address());
            }
        }
        for (int address : wanted.keySet()) {
            if (!set.containsKey(address)) {
                // asked through the map: a new condition for an old place is no reason to compile anew
                StopPoints.Breakpoint breakpoint = new StopPoints.Breakpoint(
                        address,
                        () -> wanted.getOrDefault(address, any -> false).test(target));
                set.put(address, breakpoint);
                stops.add(breakpoint);
            }
        }
        for (StopPoints.Watchpoint watchpoint : Set.copyOf(setWatchpoints)) {
            if (!wantedWatchpoints.contains(watchpoint)) {
                stops.remove(watchpoint);
                setWatchpoints.remove(watchpoint);
            }
        }
        for (StopPoints.Watchpoint watchpoint : wantedWatchpoints) {
            if (setWatchpoints.add(watchpoint)) {
                stops.add(watchpoint);
            }
        }
    }

    /** Removes everything. */
    void clear() {
        wanted.clear();
        wantedWatchpoints.clear();
        apply();
    }
}
