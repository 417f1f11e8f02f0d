package soliloquy.console.debug;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;
import soliloquy.console.Console;
import soliloquy.machine.StopPoints;

/**
 * The way into the machine for debuggers. Other threads only hand in requests; the emulation thread answers them between two
 * instructions of the guest: once in a millisecond of guest time while the console runs, at once while it is halted. Nothing
 * that the guest can see depends on when that is. The console runs while no processor is halted.
 */
public final class DebugPort {
    /** The processors that a debugger can hold. */
    public enum Cpu {
        EE,
        IOP
    }

    private static final int MOST_REQUESTS = 4096;
    private static final long LOOK_AT_HOST_MILLIS = 50;

    private final MpscBlockingConsumerArrayQueue<Runnable> requests =
            new MpscBlockingConsumerArrayQueue<>(MOST_REQUESTS);
    private final Map<Cpu, StopPoints> stops = new EnumMap<>(Cpu.class);
    private final Map<Cpu, Runnable> rests = new EnumMap<>(Cpu.class);
    private final Map<Cpu, DebugClient> clients = new EnumMap<>(Cpu.class);
    private final EnumSet<Cpu> halted = EnumSet.noneOf(Cpu.class);
    private final EnumSet<Cpu> asked = EnumSet.noneOf(Cpu.class);
    private BooleanSupplier abandoned = () -> false;
    private boolean serving;
    private volatile boolean ended;

    private Consumer<Rewind> rewinder = wanted -> {};
    private boolean rewinds;
    private LongSupplier position = () -> 0;
    private Consumer<Consumer<Console>> journal = change -> {};

    /** How far back a debugger wants to go. */
    public enum Back {
        /** By one instruction. */
        STEP,
        /** To the last stop. */
        CONTINUE
    }

    /**
     * A debugger wants an earlier state of the machine.
     *
     * @param from the EE's clock now, in half cycles
     * @param stops sets on another machine what the debugger wants to stop at
     */
    public record Rewind(Back kind, long from, Consumer<Console> stops) {}

    /**
     * Connects the port to a machine, in place of the one before.
     *
     * @param restEe tells the EE that it is halted where it is, so that going on does not stop there at once
     * @param restIop the same for the IOP
     */
    public void connect(StopPoints ee, Runnable restEe, StopPoints iop, Runnable restIop) {
        connect(Cpu.EE, ee, restEe);
        connect(Cpu.IOP, iop, restIop);
        clients.values().forEach(DebugClient::moved);
    }

    /**
     * Lets debuggers go back.
     *
     * @param wayBack has the present machine end, so that an earlier state takes its place
     * @param clock of the EE, in half cycles
     */
    public void rewinder(Consumer<Rewind> wayBack, LongSupplier clock) {
        rewinder = wayBack;
        position = clock;
        rewinds = true;
    }

    /** Tells {@code changes} of everything that a debugger changes in the machine, so that it can be done again. */
    public void journal(Consumer<Consumer<Console>> changes) {
        journal = changes;
    }

    /** A debugger has changed the machine by {@code change}. */
    public void changed(Consumer<Console> change) {
        journal.accept(change);
    }

    /** The IOP was changed: that cannot be done again at the same moment. */
    public void cannotRewind() {
        rewinds = false;
    }

    /** True if {@link #rewind} works. */
    public boolean rewinds() {
        return rewinds;
    }

    /** Goes back, with all processors; {@link DebugClient#halted} follows. */
    public void rewind(Back kind, Consumer<Console> stopsOfDebugger) {
        rewinder.accept(new Rewind(kind, position.getAsLong(), stopsOfDebugger));
        halted.clear();
    }

    private void connect(Cpu cpu, StopPoints points, Runnable rest) {
        stops.put(cpu, points);
        rests.put(cpu, rest);
        points.listener(stop -> halt(cpu, new Halt.Stopped(stop)));
    }

    /** Halts end by themselves when {@code test} becomes true: nobody is left who could end them. */
    public void abandonWhen(BooleanSupplier test) {
        abandoned = test;
    }

    /**
     * Has {@code request} run on the emulation thread. From any thread.
     *
     * @return false if the console has ended or takes no more requests
     */
    public boolean submit(Runnable request) {
        return !ended && requests.offer(request);
    }

    /** Attaches a debugger to a processor; false if there is one. On the emulation thread, as all that follows. */
    public boolean attach(Cpu cpu, DebugClient client) {
        return clients.putIfAbsent(cpu, client) == null;
    }

    /** Detaches the debugger of {@code cpu}, which runs on; its breakpoints must have been removed. */
    public void detach(Cpu cpu) {
        clients.remove(cpu);
        asked.remove(cpu);
        halted.remove(cpu);
    }

    /** The breakpoints and watchpoints of {@code cpu}. */
    public StopPoints stops(Cpu cpu) {
        return stops.get(cpu);
    }

    /** True while {@code cpu} is halted. */
    public boolean isHalted(Cpu cpu) {
        return halted.contains(cpu);
    }

    /** Halts {@code cpu} at the next safe point, which is now if the console is halted already. */
    public void ask(Cpu cpu) {
        if (!halted.contains(cpu)) {
            asked.add(cpu);
        }
    }

    /** Lets {@code cpu} go on. The console runs once all of them may. */
    public void resume(Cpu cpu) {
        halted.remove(cpu);
    }

    /** Lets {@code cpu} execute one instruction. */
    public void step(Cpu cpu) {
        stops.get(cpu).step();
        halted.remove(cpu);
    }

    /** Serves the requests that have come in, and halts if one of them asks for that. The console calls it at safe points. */
    public void poll() {
        Runnable request;
        while ((request = requests.poll()) != null) {
            request.run();
        }
        for (Cpu cpu : Cpu.values()) {
            if (asked.contains(cpu)) {
                halt(cpu, new Halt.Asked());
            }
        }
    }

    /** Halts {@code cpu} and serves requests until all processors may go on. */
    public void halt(Cpu cpu, Halt halt) {
        asked.remove(cpu);
        DebugClient client = clients.get(cpu);
        if (client == null && !(halt instanceof Halt.PoweredOn)) {
            return;
        }
        halted.add(cpu);
        rests.get(cpu).run();
        if (client != null) {
            client.halted(halt);
        }
        if (!serving) {
            serve();
        }
    }

    private void serve() {
        serving = true;
        try {
            while (!halted.isEmpty() && !abandoned.getAsBoolean()) {
                Runnable request = requests.poll(LOOK_AT_HOST_MILLIS, TimeUnit.MILLISECONDS);
                if (request != null) {
                    request.run();
                }
                for (Cpu cpu : Cpu.values()) {
                    if (asked.remove(cpu)) {
                        halted.add(cpu);
                        rests.get(cpu).run();
                        clients.get(cpu).halted(new Halt.Asked());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            serving = false;
            halted.clear();
        }
    }

    /** The console has ended: tells the debuggers and serves what they have asked before. */
    public void end(int exitStatus) {
        ended = true;
        clients.values().forEach(client -> client.ended(exitStatus));
        Runnable request;
        while ((request = requests.poll()) != null) {
            request.run();
        }
    }
}
