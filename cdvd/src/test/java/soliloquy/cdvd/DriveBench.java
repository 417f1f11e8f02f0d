package soliloquy.cdvd;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Notices;
import soliloquy.machine.Notices.Notice;
import soliloquy.machine.Scheduler;

/** A drive on the bench: registers by offset, time that passes on demand, and a DMA channel that keeps what it takes. */
final class DriveBench {
    final Scheduler scheduler = new Scheduler();
    final List<Notice> notices = new ArrayList<>();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final List<Integer> blocks = new ArrayList<>();
    final Drive drive;
    int interrupts;
    boolean channelEnabled = true;
    int slice = Integer.MAX_VALUE;

    DriveBench() {
        drive = new Drive(scheduler, () -> interrupts++, new Notices(notices::add));
        drive.onAvailable(this::pull);
    }

    DriveBench(DiscImage disc) {
        this();
        drive.insert(disc);
    }

    /** What the channel does when it may: takes everything, a slice at a time. */
    void pull() {
        if (channelEnabled && drive.available() > 0) {
            blocks.add(drive.available());
            while (drive.available() > 0) {
                byte[] bytes = new byte[Math.min(slice, drive.available())];
                drive.read(bytes, 0, bytes.length);
                received.writeBytes(bytes);
            }
        }
    }

    int get(int register) {
        return (int) drive.read(Drive.BASE + register, 1);
    }

    void set(int register, int value) {
        drive.write(Drive.BASE + register, 1, value);
    }

    /** Starts an N-command without waiting for it. */
    void start(int command, int... parameters) {
        for (int parameter : parameters) {
            set(0x05, parameter);
        }
        set(0x04, command);
    }

    /** Starts READ_CD (06) or READ_DVD (08), or a command with the same parameters. */
    void startRead(int command, int lsn, int count, int spindle, int pattern) {
        start(
                command,
                lsn,
                lsn >> 8,
                lsn >> 16,
                lsn >>> 24,
                count,
                count >> 8,
                count >> 16,
                count >>> 24,
                0,
                spindle,
                pattern);
    }

    /** Runs an N-command to its interrupt, acknowledges that and returns the error code. */
    int run(int command, int... parameters) {
        start(command, parameters);
        return finish();
    }

    /** Lets time pass up to the interrupt of the running command, acknowledges it and returns the error code. */
    int finish() {
        int before = interrupts;
        while (interrupts == before) {
            if (!step()) {
                throw new AssertionError("the command never completes");
            }
        }
        set(0x08, 1);
        return get(0x06);
    }

    /** Lets time pass up to the next event; false if there is none. */
    boolean step() {
        if (scheduler.nextEventTime() == Scheduler.NEVER) {
            return false;
        }
        scheduler.advanceTo(scheduler.nextEventTime());
        scheduler.fireDue();
        return true;
    }

    /** Lets {@code cycles} pass. */
    void pass(long cycles) {
        long end = scheduler.now() + cycles;
        while (scheduler.nextEventTime() <= end) {
            step();
        }
        scheduler.advanceTo(end);
    }

    /** Runs an S-command and returns its result bytes. */
    int[] ask(int command, int... parameters) {
        for (int parameter : parameters) {
            set(0x17, parameter);
        }
        set(0x16, command);
        List<Integer> result = new ArrayList<>();
        while ((get(0x17) & 0x40) == 0) {
            result.add(get(0x18));
        }
        return result.stream().mapToInt(Integer::intValue).toArray();
    }
}
