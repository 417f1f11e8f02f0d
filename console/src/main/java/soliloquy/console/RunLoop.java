package soliloquy.console;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.Scheduler;

/**
 * Runs a console on the emulation thread: the EE to the next event, then the events that are due. Once in two milliseconds of guest
 * time it looks at the host: has the time allowed run out, was the window closed, must it wait for the host's clock.
 */
final class RunLoop {
    private static final long POLL_CYCLES = Clocks.EE_HZ / 500;
    /** EE cycles that one processor may be ahead of the other while both execute. */
    private static final long SHARED_SLICE = 1024;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** How far guest time may run behind before a run at console speed gives up catching up. */
    private static final long FURTHEST_BEHIND_NANOS = NANOS_PER_SECOND / 10;

    private final Console console;
    private final Runnable safePoint;
    private final BooleanSupplier paced;
    private final BooleanSupplier closed;
    private final double timeoutSeconds;
    private long startNanos;
    private long paceNanos;
    private long paceCycles;

    /**
     * @param safePoint what the host does at each poll, between two instructions of the guest
     * @param paced true while the guest may run no faster than a console
     * @param closed true once the user has closed the window
     */
    RunLoop(Console console, Runnable safePoint, BooleanSupplier paced, BooleanSupplier closed, double timeoutSeconds) {
        this.console = console;
        this.safePoint = safePoint;
        this.paced = paced;
        this.closed = closed;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Runs until there is a reason to stop. */
    StopReason run() {
        Scheduler scheduler = console.scheduler();
        startNanos = System.nanoTime();
        resetPace(startNanos);
        console.debugPort().abandonWhen(this::abandoned);
        scheduler.handle(EventType.HOST_POLL, (time, payload) -> poll());
        scheduler.scheduleIn(EventType.HOST_POLL, POLL_CYCLES, 0);
        while (console.stopReason() == null) {
            if (console.iopRunning()) {
                console.idleIop();
                console.ee().run(Math.min(scheduler.nextEventTime(), scheduler.now() + SHARED_SLICE));
                console.runIop();
            } else {
                console.ee().run(scheduler.nextEventTime());
            }
            scheduler.fireDue();
        }
        return console.stopReason();
    }

    private boolean abandoned() {
        return console.stopReason() != null
                || closed.getAsBoolean()
                || System.nanoTime() - startNanos > timeoutSeconds * NANOS_PER_SECOND;
    }

    private void poll() {
        console.scheduler().scheduleIn(EventType.HOST_POLL, POLL_CYCLES, 0);
        safePoint.run();
        long now = System.nanoTime();
        if ((now - startNanos) > timeoutSeconds * NANOS_PER_SECOND) {
            console.stop(new StopReason.TimedOut(timeoutSeconds));
        } else if (closed.getAsBoolean()) {
            console.stop(new StopReason.Closed());
        } else if (paced.getAsBoolean()) {
            waitForHost(now);
        } else {
            resetPace(now);
        }
    }

    private void waitForHost(long now) {
        long guestNanos = (long) (Clocks.seconds(console.scheduler().now() - paceCycles) * NANOS_PER_SECOND);
        long ahead = guestNanos - (now - paceNanos);
        if (ahead > 0) {
            LockSupport.parkNanos(ahead);
        } else if (-ahead > FURTHEST_BEHIND_NANOS) {
            resetPace(now);
        }
    }

    private void resetPace(long now) {
        paceNanos = now;
        paceCycles = console.scheduler().now();
    }
}
