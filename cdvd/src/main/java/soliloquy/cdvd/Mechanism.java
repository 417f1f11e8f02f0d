package soliloquy.cdvd;

import java.util.List;
import soliloquy.machine.Clocks;
import soliloquy.machine.Scheduler;

/**
 * Spindle, head and read-ahead buffer of the drive, in guest time. The head reads on behind the last wanted sector until the buffer
 * is full, then holds its track, jumping back once in a revolution; what it has read by a certain time is worked out when somebody
 * asks, so an idle drive needs no events. Where the disc stands follows from the time it has turned.
 */
final class Mechanism {
    private final Spindle spindle = new Spindle();
    private DriveProfile profile = DriveProfile.DVD4;
    private Faults faults = new Faults(List.of());
    private int sectorCount;
    private boolean spinning;
    private int control;

    /** Buffered are the sectors from {@code first} to {@code first + buffered - 1}; the head is at the next. */
    private int first;

    private int buffered;

    /** When the sector under the head is complete, or {@link Scheduler#NEVER} while the head holds its track. */
    private long sectorDone = Scheduler.NEVER;

    /** The head has been reading without a break since {@code runStart}, from {@code runFirst} on. */
    private long runStart;

    private int runFirst;

    /** Tries that a sector gets, tries that the one under the head has had, and whether they were all. */
    private int tries = 1;

    private int failedTries;
    private boolean gaveUp;

    private long heldSince;
    private long sectorsRead;
    private long seeks;
    private long spinUps;
    private long seekCycles;
    private long readCycles;
    private long heldCycles;
    private long limitCycles;
    private long retries;
    private long failedSectors;

    void profile(DriveProfile newProfile) {
        profile = newProfile;
    }

    DriveProfile profile() {
        return profile;
    }

    void faults(Faults newFaults) {
        faults = newFaults;
    }

    boolean spinning() {
        return spinning;
    }

    /** The spindle byte of the last command that had one. */
    int control() {
        return control;
    }

    /** A disc of so many sectors is in place and turns, the head at LSN 0. */
    void load(long now, int sectors) {
        sectorCount = sectors;
        spinning = true;
        place(0);
        heldSince = now;
        spindle.turn(now, 0, turnsPerSecond());
    }

    /** The spindle stops; the buffer is lost. */
    void stop() {
        spinning = false;
        place(0);
        spindle.turn(0, 0, 0);
    }

    /** The head holds the track before {@code lsn}, with nothing buffered. */
    private void place(int lsn) {
        first = lsn;
        buffered = 0;
        sectorDone = Scheduler.NEVER;
        forgetTries();
    }

    private void forgetTries() {
        failedTries = 0;
        gaveUp = false;
    }

    /** Starts the spindle and returns the cycles that takes. */
    long spinUp(long now) {
        spinning = true;
        spinUps++;
        place(0);
        long cycles = Clocks.cycles(profile.spinUpSeconds());
        seekCycles += cycles;
        spindle.change(now, cycles, turnsPerSecond());
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
        return !buffers(lsn) && !comesBy(lsn);
    }

    private boolean buffers(int lsn) {
        return lsn >= first && lsn <= first + buffered;
    }

    /** True if {@code lsn} is at most a turn of the spiral ahead of the head. */
    private boolean comesBy(int lsn) {
        int head = first + buffered;
        DiscGeometry geometry = profile.geometry();
        return lsn == head || geometry.turns() && lsn > head && geometry.turns(lsn) - geometry.turns(head) < 1;
    }

    /**
     * Goes to {@code lsn} and reads on from there.
     *
     * @param newControl the spindle byte to read with
     * @param newTries passes of a sector after which the drive gives it up
     * @return the cycles until the head is on its track: 0 if the sector is buffered or comes by on the same track
     */
    long seek(long now, int lsn, int newControl, int newTries) {
        advance(now);
        tries = newTries;
        forgetTries();
        boolean sameSpeed = profile.sameSpeed(control, newControl);
        if (sameSpeed && buffers(lsn)) {
            buffered -= lsn - first;
            first = lsn;
            if (sectorDone == Scheduler.NEVER) {
                resume(now);
            }
            return 0;
        }
        if (sameSpeed && comesBy(lsn)) {
            boolean holding = sectorDone == Scheduler.NEVER;
            first = lsn;
            buffered = 0;
            if (holding) {
                resume(now);
            } else {
                read();
            }
            return 0;
        }
        return move(now, lsn, newControl);
    }

    private long move(long now, int lsn, int newControl) {
        DiscGeometry geometry = profile.geometry();
        int head = first + buffered;
        double millimetres = 0;
        if (!comesBy(lsn)) {
            // Also a sector of the same turn that has passed takes a jump back over one track.
            millimetres = Math.max(Math.abs(geometry.radius(lsn) - geometry.radius(head)), geometry.trackPitch());
            seeks++;
        }
        double seconds = Math.max(profile.seek().seconds(millimetres), speedChange(newControl, head, lsn));
        long cycles = Clocks.cycles(seconds);
        double turns = turnsAt(now);
        spindle.turn(now, turns, turnsPerSecond());
        control = newControl;
        spindle.change(now, cycles, profile.revolutionsPerSecond(control, lsn));
        seekCycles += cycles;
        if (sectorDone == Scheduler.NEVER) {
            heldCycles += now - heldSince;
        }
        heldSince = now + cycles;
        place(lsn);
        resume(now + cycles);
        return cycles;
    }

    /** The speed of a CHANGE_SPINDLE command; returns the cycles until the disc turns with it. */
    long changeSpeed(long now, int newControl) {
        advance(now);
        if (!spinning || profile.sameSpeed(control, newControl)) {
            control = newControl;
            return 0;
        }
        int head = first + buffered;
        long cycles = Clocks.cycles(speedChange(newControl, head, head));
        spindle.turn(now, turnsAt(now), turnsPerSecond());
        control = newControl;
        place(head);
        spindle.change(now, cycles, turnsPerSecond());
        return cycles;
    }

    private double speedChange(int newControl, int from, int to) {
        return 60
                * profile.secondsPerRpm()
                * Math.abs(profile.revolutionsPerSecond(newControl, to) - profile.revolutionsPerSecond(control, from));
    }

    /** When {@code lsn}, the next wanted sector, is in the buffer or has failed once more; not before {@code now}. */
    long ready(long now) {
        advance(now);
        return buffered > 0 ? now : sectorDone;
    }

    /** True if the next wanted sector is in the buffer. */
    boolean holds(long now) {
        advance(now);
        return buffered > 0;
    }

    /** True if the next wanted sector failed as often as a command allows. */
    boolean gaveUp() {
        return buffered == 0 && gaveUp;
    }

    /** Takes the oldest sector out of the buffer. */
    void take(long now) {
        if (!holds(now)) {
            throw new IllegalStateException("sector " + first + " is not in the buffer");
        }
        limitCycles += Clocks.cycles(profile.passSeconds(0, first, first + 1));
        first++;
        buffered--;
        if (sectorDone == Scheduler.NEVER && !gaveUp) {
            resume(now);
        }
    }

    /** The head leaves its hold at {@code time}, as soon as the sector it wants comes by. */
    private void resume(long time) {
        int lsn = first + buffered;
        if (buffered < profile.readAheadSectors() && lsn < sectorCount) {
            heldCycles += Math.max(0, time - heldSince);
            long latency = spindle.until(time, profile.geometry().turns(lsn));
            seekCycles += latency;
            startRun(time + latency, lsn);
        }
    }

    private void startRun(long time, int lsn) {
        runStart = time;
        runFirst = lsn;
        read();
    }

    private void advance(long now) {
        while (sectorDone <= now) {
            long passed = sectorDone;
            int lsn = first + buffered;
            readCycles += Clocks.cycles(profile.passSeconds(control, lsn, lsn + 1));
            if (faults.passFails(lsn)) {
                passFailed(passed, lsn);
            } else {
                buffered++;
                sectorsRead++;
                failedTries = 0;
                if (buffered < profile.readAheadSectors() && lsn + 1 < sectorCount) {
                    read();
                } else {
                    hold(passed, lsn + 1);
                }
            }
        }
    }

    /** The drive waits for the sector to come by again, or gives it up. */
    private void passFailed(long passed, int lsn) {
        failedTries++;
        hold(passed, lsn + 1);
        if (failedTries >= tries) {
            gaveUp = true;
            failedSectors++;
        } else {
            retries++;
            resume(passed);
        }
    }

    /** Stops reading where {@code lsn} begins; the disc turns on under the head. */
    private void hold(long time, int lsn) {
        spindle.turn(time, profile.geometry().turns(lsn), turnsPerSecond());
        sectorDone = Scheduler.NEVER;
        heldSince = time;
    }

    /** The sector under the head is read when the run that began at {@code runStart} comes to its end. */
    private void read() {
        int lsn = first + buffered;
        sectorDone = lsn < sectorCount
                ? runStart + Math.max(1, Clocks.cycles(profile.passSeconds(control, runFirst, lsn + 1)))
                : Scheduler.NEVER;
    }

    private double turnsPerSecond() {
        return profile.revolutionsPerSecond(control, first + buffered);
    }

    /** Turns of the disc at a time: while the head reads, where it is on the spiral. */
    private double turnsAt(long now) {
        if (sectorDone == Scheduler.NEVER) {
            return spindle.turns(now);
        }
        return profile.geometry().turns(first + buffered + 1) - Clocks.seconds(sectorDone - now) * turnsPerSecond();
    }

    DriveState state(long now, String command, String status, int wanted, int remaining) {
        advance(now);
        return new DriveState(
                command,
                status,
                spinning,
                first + buffered,
                first,
                buffered,
                profile.readAheadSectors(),
                wanted,
                remaining,
                profile.name());
    }

    DriveStatistics statistics(long now, long idle, long delivered, long bytes) {
        advance(now);
        long holding = spinning && sectorDone == Scheduler.NEVER ? Math.max(0, now - heldSince) : 0;
        return new DriveStatistics(
                sectorsRead,
                delivered,
                bytes,
                seeks,
                spinUps,
                seekCycles,
                readCycles,
                heldCycles + holding,
                idle,
                limitCycles,
                retries,
                failedSectors,
                faults.hits());
    }
}
