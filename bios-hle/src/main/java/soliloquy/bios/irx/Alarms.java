package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import soliloquy.machine.Clocks;

/**
 * The alarms of thbase: functions of modules that run as interrupts when their time has come, and again after as many cycles as they
 * return. Source: ps2sdk {@code iop/system/threadman}.
 */
final class Alarms {
    /** The shortest time, 100 microseconds, in IOP cycles. */
    private static final long SHORTEST = Clocks.IOP_HZ / 10_000;

    private static final class Alarm {
        final int function;
        final int argument;
        long due;
        boolean cancelled;

        Alarm(int function, int argument) {
            this.function = function;
            this.argument = argument;
        }
    }

    private final IopTime time;
    private final Consumer<InterruptCall> interrupt;
    private final List<Alarm> alarms = new ArrayList<>();

    /** @param interrupt runs a module's function as an interrupt handler does */
    Alarms(IopTime time, Consumer<InterruptCall> interrupt) {
        this.time = time;
        this.interrupt = interrupt;
    }

    /** SetAlarm: calls {@code function} after {@code iopCycles}. */
    int set(long iopCycles, int function, int argument) {
        if (find(function, argument) != null) {
            return KernelError.HANDLER_EXISTS;
        }
        Alarm alarm = new Alarm(function, argument);
        alarm.due = time.now();
        alarms.add(alarm);
        schedule(alarm, iopCycles);
        return 0;
    }

    /** CancelAlarm. */
    int cancel(int function, int argument) {
        Alarm alarm = find(function, argument);
        if (alarm == null) {
            return KernelError.NO_HANDLER;
        }
        alarm.cancelled = true;
        alarms.remove(alarm);
        return 0;
    }

    private Alarm find(int function, int argument) {
        for (Alarm alarm : alarms) {
            if (alarm.function == function && alarm.argument == argument) {
                return alarm;
            }
        }
        return null;
    }

    private void schedule(Alarm alarm, long iopCycles) {
        long cycles = iopCycles < 0 ? Long.MAX_VALUE >> 16 : Math.clamp(iopCycles, SHORTEST, Long.MAX_VALUE >> 16);
        alarm.due += cycles * Clocks.EE_CYCLES_PER_IOP_CYCLE;
        time.at(alarm.due, () -> {
            if (!alarm.cancelled) {
                interrupt.accept(
                        new InterruptCall(alarm.function, result -> returned(alarm, result), alarm.argument, 0));
            }
        });
    }

    private void returned(Alarm alarm, int result) {
        if (alarm.cancelled) {
            return;
        }
        if (result == 0) {
            alarms.remove(alarm);
        } else {
            schedule(alarm, Integer.toUnsignedLong(result));
        }
    }
}
