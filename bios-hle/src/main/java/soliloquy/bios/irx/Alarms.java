package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import soliloquy.machine.Clocks;

/** Alarms of thbase: functions that run as interrupts after a time, and again after what they return. Source: ps2sdk {@code thbase.h}. */
final class Alarms {
    /** Does something at an EE cycle. */
    interface Timer {
        void at(long cycle, Runnable body);
    }

    /** Runs a module's function as an interrupt. */
    interface Interrupt {
        void call(int function, java.util.function.IntConsumer returned, int first, int second);
    }

    private static final int MOST = 32;

    /** The number tells alarms apart that are set, cancelled and set again. */
    private record Alarm(int number, int function, int argument) {}

    private final Timer timer;
    private final Interrupt interrupt;
    private final LongSupplier now;
    private final List<Alarm> alarms = new ArrayList<>();
    private int nextNumber;

    /** @param now the present EE cycle */
    Alarms(Timer timer, Interrupt interrupt, LongSupplier now) {
        this.timer = timer;
        this.interrupt = interrupt;
        this.now = now;
    }

    /** SetAlarm: {@code ticks} of the IOP's clock from now. */
    int set(long ticks, int function, int argument) {
        if (alarms.stream().anyMatch(alarm -> alarm.function == function && alarm.argument == argument)) {
            return KernelError.HANDLER_EXISTS;
        }
        if (alarms.size() >= MOST) {
            return KernelError.NO_MEMORY;
        }
        Alarm alarm = new Alarm(nextNumber++, function, argument);
        alarms.add(alarm);
        arm(alarm, ticks);
        return 0;
    }

    /** CancelAlarm. */
    int cancel(int function, int argument) {
        return alarms.removeIf(alarm -> alarm.function == function && alarm.argument == argument)
                ? 0
                : KernelError.NO_HANDLER;
    }

    private void arm(Alarm alarm, long ticks) {
        timer.at(now.getAsLong() + Math.max(1, ticks) * Clocks.EE_CYCLES_PER_IOP_CYCLE, () -> {
            if (alarms.contains(alarm)) {
                interrupt.call(alarm.function, next -> again(alarm, next), alarm.argument, 0);
            }
        });
    }

    private void again(Alarm alarm, int next) {
        if (next == 0) {
            alarms.remove(alarm);
        } else {
            arm(alarm, Integer.toUnsignedLong(next));
        }
    }
}
