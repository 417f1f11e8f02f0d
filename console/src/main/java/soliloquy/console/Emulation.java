package soliloquy.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.Halt;
import soliloquy.machine.Notices;
import soliloquy.machine.StopPoints;
import soliloquy.pad.ButtonSource;
import soliloquy.pad.PadInput;

/**
 * A run that a debugger can take back: another console is powered on and does the same again up to an earlier moment. That is
 * exact because nothing in a console depends on the host but what {@link Journal} has; it takes as long as the run took so far.
 */
final class Emulation {
    /** Half cycles before a moment in which an instruction before it begins, nearly always. */
    private static final long REACH = 4096;

    /** Powers consoles on that all begin alike. */
    @FunctionalInterface
    interface Power {
        Console on(Consumer<Notices.Notice> noticed, OutputStream text, ButtonSource pad, DebugPort port)
                throws IOException;
    }

    /**
     * What the host does meanwhile.
     *
     * @param safePoint shown the console once in a millisecond of guest time, but not while it does something again
     * @param paced true while the guest may run no faster than a console
     * @param closed true once nobody wants the run any more
     * @param timeoutSeconds host time after which the run ends
     */
    record Host(Consumer<Console> safePoint, BooleanSupplier paced, BooleanSupplier closed, double timeoutSeconds) {}

    private final Power power;
    private final ReplayedText text;
    private final PadInput padInput = new PadInput();
    private final Journal journal = new Journal(padInput);
    private final DebugPort port = new DebugPort();
    private final Set<String> noticed = new HashSet<>();
    private final Consumer<Notices.Notice> listener;
    /** Where instructions begin, as far as that was found out: all from the first of these to the last. */
    private final TreeSet<Long> positions = new TreeSet<>();

    private volatile Console console;
    private DebugPort.Rewind rewind;

    /** Powers the first console on. */
    Emulation(Power power, OutputStream text, Consumer<Notices.Notice> listener) throws IOException {
        this.power = power;
        this.text = new ReplayedText(text);
        this.listener = listener;
        port.rewinder(this::askBack, () -> console.ee().position());
        port.journal(change -> {
            journal.wrote(new Journal.Write(console.ee().position(), change));
            positions.clear();
        });
        console = powerOn();
        connect(console);
    }

    private Console powerOn() throws IOException {
        return power.on(this::notice, text.fromPowerOn(), journal, port);
    }

    private void notice(Notices.Notice notice) {
        if (noticed.add(notice.source() + notice.text())) {
            listener.accept(notice);
        }
    }

    private void connect(Console present) {
        port.connect(
                present.ee().stopPoints(), present.ee()::restHere, present.iop().stopPoints(), present.iop()::restHere);
    }

    /** The console that runs, or ran last. */
    Console console() {
        return console;
    }

    /** What the host's keys do to the pad. */
    PadInput padInput() {
        return padInput;
    }

    DebugPort port() {
        return port;
    }

    /** Runs until there is a reason to stop; with {@code waits} a debugger must let the console go first. */
    StopReason run(Host host, boolean waits) throws IOException {
        if (waits) {
            port.halt(DebugPort.Cpu.EE, new Halt.PoweredOn());
        }
        StopReason reason = loop(console, host).run();
        while (reason instanceof StopReason.Rewound) {
            reason = goBack(host);
        }
        port.end(reason.exitStatus());
        return reason;
    }

    private RunLoop loop(Console present, Host host) {
        return new RunLoop(
                present,
                () -> {
                    journal.take(present.scheduler().now());
                    host.safePoint().accept(present);
                    port.poll();
                },
                host.paced(),
                host.closed(),
                host.timeoutSeconds());
    }

    /** A loop of which the host sees nothing. */
    private RunLoop silently(Console other, Host host) {
        return new RunLoop(
                other, () -> journal.take(other.scheduler().now()), () -> false, host.closed(), host.timeoutSeconds());
    }

    private void askBack(DebugPort.Rewind wanted) {
        rewind = wanted;
        console.stop(new StopReason.Rewound());
    }

    private StopReason goBack(Host host) throws IOException {
        long target = switch (rewind.kind()) {
            case STEP -> before(rewind.from(), host);
            case CONTINUE -> lastStopBefore(rewind.from(), host);
        };
        if (host.closed().getAsBoolean()) {
            return new StopReason.Closed();
        }
        Halt halt = target < 0 ? new Halt.AtBeginning() : new Halt.Stopped(new StopPoints.Stop.Stepped());
        Console earlier = powerOn();
        journal.forgetWritesAfter(Math.max(0, target));
        playTo(earlier, Math.max(0, target), () -> {
            console = earlier;
            connect(earlier);
            port.halt(DebugPort.Cpu.EE, halt);
        });
        return loop(earlier, host).run();
    }

    /** Lets {@code other} do what was done before, and calls {@code then} once its EE has come to {@code target}. */
    private void playTo(Console other, long target, Runnable then) {
        StopPoints points = other.ee().stopPoints();
        Deque<Journal.Write> writes = new ArrayDeque<>(journal.writesUntil(target));
        points.listener(stop -> {
            change(other, writes);
            if (other.ee().position() >= target) {
                then.run();
            } else {
                points.arriveAt(writes.isEmpty() ? target : writes.peek().position());
            }
        });
        points.arriveAt(writes.isEmpty() ? target : writes.peek().position());
    }

    /** Does again what a debugger changed up to now. */
    private static void change(Console other, Deque<Journal.Write> writes) {
        while (!writes.isEmpty() && writes.peek().position() <= other.ee().position()) {
            writes.remove().change().accept(other);
        }
    }

    /** Where the instruction before {@code position} begins; -1 if there is none. */
    private long before(long position, Host host) throws IOException {
        if (positions.isEmpty() || positions.first() >= position || positions.last() < position) {
            for (long reach = REACH; ; reach *= 16) {
                long start = Math.max(0, position - reach);
                findPositions(start, position, host);
                if (start == 0 || positions.first() < position || host.closed().getAsBoolean()) {
                    break;
                }
            }
        }
        Long found = positions.lower(position);
        return found == null ? -1 : found;
    }

    private void findPositions(long start, long end, Host host) throws IOException {
        Console other = another();
        StopPoints points = other.ee().stopPoints();
        positions.clear();
        playTo(other, start, () -> {
            Deque<Journal.Write> writes = new ArrayDeque<>(journal.writesUntil(end));
            points.listener(stop -> lookAt(other, end, writes));
            lookAt(other, end, writes);
        });
        silently(other, host).run();
    }

    private void lookAt(Console other, long end, Deque<Journal.Write> writes) {
        change(other, writes);
        positions.add(other.ee().position());
        if (other.ee().position() >= end) {
            other.stop(new StopReason.Closed());
        } else {
            other.ee().stopPoints().step();
        }
    }

    /** Where the processor would have stopped last before {@code position} with the debugger's stops of now; -1 if nowhere. */
    private long lastStopBefore(long position, Host host) throws IOException {
        Console other = another();
        long[] last = {-1};
        playTo(other, 0, () -> {
            StopPoints points = other.ee().stopPoints();
            rewind.stops().accept(other);
            Deque<Journal.Write> writes = new ArrayDeque<>(journal.writesUntil(position));
            points.listener(stop -> {
                long at = other.ee().position();
                change(other, writes);
                if (at >= position) {
                    other.stop(new StopReason.Closed());
                } else if (stop instanceof StopPoints.Stop.Arrived) {
                    points.arriveAt(writes.isEmpty() ? position : writes.peek().position());
                } else {
                    last[0] = at;
                }
            });
            points.arriveAt(writes.isEmpty() ? position : writes.peek().position());
        });
        silently(other, host).run();
        return last[0];
    }

    /** A console that nobody hears of. */
    private Console another() throws IOException {
        return power.on(notice -> {}, OutputStream.nullOutputStream(), journal, new DebugPort());
    }
}
