package soliloquy.cdvd;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import soliloquy.machine.Clocks;
import soliloquy.machine.Scheduler;

/** The real-time clock, which lives beside the drive: a configured time plus guest time; never the host's clock. */
final class DriveClock {
    /** 2000-03-04, the day the console was first sold. */
    private static final LocalDateTime DEFAULT = LocalDateTime.of(2000, 3, 4, 0, 0);

    private final Scheduler scheduler;
    private LocalDateTime atPowerOn = DEFAULT;

    DriveClock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void set(LocalDateTime time) {
        atPowerOn = time;
    }

    private Duration elapsed() {
        return Duration.ofSeconds(scheduler.now() / Clocks.EE_HZ);
    }

    /** Appends second, minute, hour, 0, day, month, year as S-command 08 returns them. */
    void read(ByteQueue result) {
        LocalDateTime now = atPowerOn.plus(elapsed());
        result.put(Bcd.of(now.getSecond()));
        result.put(Bcd.of(now.getMinute()));
        result.put(Bcd.of(now.getHour()));
        result.put(0);
        result.put(Bcd.of(now.getDayOfMonth()));
        result.put(Bcd.of(now.getMonthValue()));
        result.put(Bcd.of(now.getYear() % 100));
    }

    /** Takes the same bytes from S-command 09; false if they are no time. */
    boolean write(ByteQueue parameters) {
        try {
            LocalDateTime now = LocalDateTime.of(
                    2000 + Bcd.value(parameters.get(6)),
                    Bcd.value(parameters.get(5)),
                    Bcd.value(parameters.get(4)),
                    Bcd.value(parameters.get(2)),
                    Bcd.value(parameters.get(1)),
                    Bcd.value(parameters.get(0)));
            atPowerOn = now.minus(elapsed());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
