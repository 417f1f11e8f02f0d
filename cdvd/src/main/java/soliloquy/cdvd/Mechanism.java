package soliloquy.cdvd;

import soliloquy.machine.Clocks;
import soliloquy.machine.Scheduler;

/**
 * Spindle, head and read-ahead buffer of the drive, in guest time. The head reads on behind the last wanted sector until
 * the buffer is full, then holds its track; what it has read by a certain time is worked out when somebody asks, so an idle
 * drive needs no events.
 */
final class Mechanism {
    private DriveProfile profile = DriveProfile.DVD4;
    private int sectorCount;
    private boolean spinning;
    private int spindle;

    /** Buffered are the sectors from {@code first} to {@code first + buffered - 1}; the head is at the next. */
    private int first;

    private int buffered;

    /** When the sector under the head is complete, or {@link Scheduler#NEVER} while the head holds its track. */
    private long sectorDone = Scheduler.NEVER;

    private long sectorPeriod;
    private long sectorsRead;
    private long seeks;
    private long spinUps;
    private long seekCycles;
    private long readCycles;

    void profile(DriveProfile newProfile) {
        profile = newProfile;
    }

    DriveProfile profile() {
        return profile;
    }

    boolean spinning() {
        return spinning;
    }

    /** The spindle byte of the last command that had one. */
    int spindle() {
        return spindle;
    }

    void spindle(int control) {
        spindle = control;
    }

    /** A disc of so many sectors is in place and turns, the head at LSN 0. */
    void load(int sectors) {
        sectorCount = sectors;
        spinning = true;
        hold(0);
    }

    /** The spindle stops; the buffer is lost. */
    void stop() {
        spinning = false;
        hold(0);
    }

    private void hold(int lsn) {
        first = lsn;
        buffered = 0;
        sectorDone = Scheduler.NEVER;
    }

    /** Starts the spindle and returns the cycles that takes. */
    long spinUp() {
        spinning = true;
        spinUps++;
        hold(0);
        long cycles = Clocks.cycles(profile.spinUpSeconds());
        seekCycles += cycles;
        return cycles;
    }

    /** LSN under the head. */
    int head(long now) {
        advance(now);
        return first + buffered;
    }

    /** True if going to {@code lsn} takes a movement of the head. */
    boolean needsSeek(long now, int lsn) {
        advance(now);
        return !buffers(lsn) && Math.abs(lsn - (first + buffered)) >= profile.contiguousSectors();
    }

    private boolean buffers(int lsn) {
        return lsn >= first && lsn <= first + buffered;
    }

    /**
     * Goes to {@code lsn} and reads on from there.
     *
     * @return the cycles until the head is on its track: 0 if the sector is buffered or comes by reading on
     */
    long seek(long now, int lsn, int newSpindle) {
        advance(now);
        int head = first + buffered;
        boolean sameSpeed = newSpindle == spindle;
        if (sameSpeed && buffers(lsn)) {
            boolean full = sectorDone == Scheduler.NEVER;
            buffered -= lsn - first;
            first = lsn;
            if (full) {
                resume(now);
            }
            return 0;
        }
        double change = sameSpeed
                ? 0
                : profile.secondsPerRpm()
                        * Math.abs(profile.revolutionsPerMinute(newSpindle, lsn)
                                - profile.revolutionsPerMinute(spindle, head));
        int distance = Math.abs(lsn - head);
        boolean near = distance < profile.contiguousSectors();
        if (sameSpeed && near && lsn > head) {
            long start = sectorDone == Scheduler.NEVER ? now + rotationalLatency() : sectorDone - sectorPeriod;
            for (int passed = head; passed < lsn; passed++) {
                start += period(passed);
            }
            first = lsn;
            buffered = 0;
            read(start);
            return 0;
        }
        spindle = newSpindle;
        double move = 0;
        if (!near) {
            seeks++;
            move = distance < profile.fastSeekSectors() ? profile.fastSeekSeconds() : profile.fullSeekSeconds();
        }
        first = lsn;
        buffered = 0;
        long cycles = Clocks.cycles(change + move) + rotationalLatency();
        seekCycles += cycles;
        read(now + cycles);
        return cycles;
    }

    /** When {@code lsn}, the next wanted sector, is in the buffer; not before {@code now}. */
    long ready(long now) {
        advance(now);
        return buffered > 0 ? now : sectorDone;
    }

    /** Takes the oldest sector out of the buffer. */
    void take(long now) {
        advance(now);
        if (buffered == 0) {
            throw new IllegalStateException("sector " + first + " is not in the buffer");
        }
        first++;
        buffered--;
        if (sectorDone == Scheduler.NEVER) {
            resume(now);
        }
    }

    /** The head leaves its hold: the sector it wants comes by after half a revolution on average. */
    private void resume(long now) {
        if (buffered < profile.readAheadSectors() && first + buffered < sectorCount) {
            long latency = rotationalLatency();
            seekCycles += latency;
            read(now + latency);
        }
    }

    private void advance(long now) {
        while (sectorDone <= now) {
            buffered++;
            sectorsRead++;
            readCycles += sectorPeriod;
            read(sectorDone);
        }
    }

    /** Reads the sector under the head from {@code start} on, if there is room for it and it exists. */
    private void read(long start) {
        int lsn = first + buffered;
        if (buffered >= profile.readAheadSectors() || lsn >= sectorCount) {
            sectorDone = Scheduler.NEVER;
            return;
        }
        sectorPeriod = period(lsn);
        sectorDone = start + sectorPeriod;
    }

    private long period(int lsn) {
        return Math.max(1, Clocks.cycles(1 / profile.rate(spindle, lsn)));
    }

    /** Half a revolution, the mean: where on the track the head arrives is not known. */
    private long rotationalLatency() {
        double revolutionsPerMinute = profile.revolutionsPerMinute(spindle, first + buffered);
        return revolutionsPerMinute == 0 ? 0 : Clocks.cycles(0.5 * 60 / revolutionsPerMinute);
    }

    DriveStatistics statistics(long delivered, long bytes) {
        return new DriveStatistics(sectorsRead, delivered, bytes, seeks, spinUps, seekCycles, readCycles);
    }
}
