package soliloquy.cdvd;

import java.util.List;
import soliloquy.machine.Clocks;

/**
 * How fast the drive's mechanism is with one medium. Where sectors lie is the standards' ({@link DiscGeometry}), the speeds are the
 * console's, and the durations are anchored at the figures PCSX2 arrived at (pcsx2/CDVD/CDVD.cpp and CDVD_internal.h). No
 * measurement of a console is known, so these are estimates. docs/drive.md derives the model.
 *
 * @param name shown to users beside every time that depends on it
 * @param sectorsPerSecond at 1x: 75 (CD) or 675 (DVD)
 * @param geometry of a disc of this medium
 * @param speeds multiples of 1x for spindle codes 1, 2, ...; the last is the maximum, which code 0 selects
 * @param seek the head's movement
 * @param spinUpSeconds from standstill
 * @param stopSeconds to standstill
 * @param secondsPerRpm of a change of spindle speed
 * @param readAheadSectors sectors the drive buffers
 * @param detectSeconds from closing the tray to knowing the type of the disc
 * @param settleSeconds from there until the drive is ready
 */
public record DriveProfile(
        String name,
        double sectorsPerSecond,
        DiscGeometry geometry,
        List<Integer> speeds,
        SeekCurve seek,
        double spinUpSeconds,
        double stopSeconds,
        double secondsPerRpm,
        int readAheadSectors,
        double detectSeconds,
        double settleSeconds) {
    /** Keeps its own copy of the speeds. */
    public DriveProfile {
        speeds = List.copyOf(speeds);
    }

    /** Spindle parameter bit 7: constant angular velocity. */
    static final int SPINDLE_CAV = 0x80;

    /** Spindle parameter bits 0 to 4: the code of the speed. */
    static final int SPINDLE_SPEED = 0x1F;

    /** A fast seek of PCSX2, which has two kinds of them: estimate. */
    private static final double FAST_SEEK_SECONDS = 0.030;

    /** A full seek of PCSX2, taken as the mean of seeks between random places: estimate. */
    private static final double FULL_SEEK_SECONDS = 0.100;

    /** PCSX2's limit of fast seeks of a CD in sectors; the curve has it at the inner edge: estimate. */
    private static final int CD_FAST_SEEK_SECTORS = 4371;

    /** The same of a DVD: estimate. */
    private static final int DVD_FAST_SEEK_SECTORS = 14_764;

    /** From standstill, PCSX2: estimate. */
    private static final double SPIN_UP_SECONDS = 1 / 3.0;

    /** To standstill, PCSX2: estimate. */
    private static final double STOP_SECONDS = 1 / 6.0;

    /** PCSX2's {@link #SPIN_UP_SECONDS} over the 6060 revolutions per minute it gives a DVD: estimate. */
    private static final double SECONDS_PER_RPM = 0.055e-3;

    /** PCSX2: estimate. */
    private static final int READ_AHEAD_SECTORS = 16;

    /** PCSX2: estimate. */
    private static final double DETECT_SECONDS = 3;

    /** PCSX2: estimate. */
    private static final double SETTLE_SECONDS = 2;

    /** CD at up to 24x, which it reaches at the outer edge. */
    public static final DriveProfile CD24 =
            turning("CD 24x", 75, DiscGeometry.CD, List.of(1, 2, 4, 12, 24), CD_FAST_SEEK_SECTORS);

    /** Single-layer DVD at up to 4x, which it reaches at the outer edge. */
    public static final DriveProfile DVD4 =
            turning("DVD 4x", 675, DiscGeometry.DVD, List.of(1, 2, 4), DVD_FAST_SEEK_SECTORS);

    /** A drive that does not exist: a word of a sector on every IOP cycle, no seeks, so that DMA is the limit. */
    public static final DriveProfile INSTANT = new DriveProfile(
            "instant drive",
            Clocks.IOP_HZ / (DiscImage.SECTOR_BYTES / 4.0),
            DiscGeometry.NONE,
            List.of(1),
            SeekCurve.NONE,
            0,
            0,
            0,
            READ_AHEAD_SECTORS,
            0,
            0);

    private static DriveProfile turning(
            String name, double sectorsPerSecond, DiscGeometry geometry, List<Integer> speeds, int fastSeekSectors) {
        // Between two random places lies a third of the way on average.
        SeekCurve seek = new SeekCurve(
                geometry.radius(fastSeekSectors) - geometry.innerRadius(),
                FAST_SEEK_SECONDS,
                (geometry.outerRadius() - geometry.innerRadius()) / 3,
                FULL_SEEK_SECONDS);
        return new DriveProfile(
                name,
                sectorsPerSecond,
                geometry,
                speeds,
                seek,
                SPIN_UP_SECONDS,
                STOP_SECONDS,
                SECONDS_PER_RPM,
                READ_AHEAD_SECTORS,
                DETECT_SECONDS,
                SETTLE_SECONDS);
    }

    /** The profile of the console's drive for a medium. */
    public static DriveProfile forType(DiscType type) {
        return switch (type) {
            case PS2_CD -> CD24;
            case PS2_DVD -> DVD4;
        };
    }

    /** The profile of a drive whose spindle and head take {@code factor} times as long for everything. */
    DriveProfile slower(double factor) {
        return new DriveProfile(
                name + ", " + factor + " times slower",
                sectorsPerSecond / factor,
                geometry,
                speeds,
                seek.slower(factor),
                spinUpSeconds * factor,
                stopSeconds * factor,
                secondsPerRpm * factor,
                readAheadSectors,
                detectSeconds * factor,
                settleSeconds * factor);
    }

    /** Sectors of a full disc. */
    public int totalSectors() {
        return geometry.sectors();
    }

    /** Sectors per second at {@code lsn} for the spindle byte of a read command. */
    public double rate(int spindle, double lsn) {
        double share = geometry.radius(lsn) / geometry.outerRadius();
        return sectorsPerSecond
                * (constantAngularVelocity(spindle)
                        ? speed(spindle) * share
                        : Math.min(speed(spindle), maximumSpeed() * share));
    }

    /** Revolutions of the spindle per second at {@code lsn}; 0 if the disc does not turn. */
    public double revolutionsPerSecond(int spindle, double lsn) {
        return geometry.turns() ? rate(spindle, lsn) / geometry.sectorsPerTurn(lsn) : 0;
    }

    /**
     * Seconds in which the sectors from {@code from} up to and without {@code to} pass under the head: the integral of 1 over
     * {@link #rate}. At constant angular velocity that is the turns between them; at constant linear velocity, the sectors, where
     * the spindle's highest speed does not limit it.
     */
    public double passSeconds(int spindle, double from, double to) {
        if (!geometry.turns()) {
            return (to - from) / rate(spindle, from);
        }
        double limit = constantAngularVelocity(spindle) ? to : clvFrom(spindle);
        double turned = geometry.turns(Math.min(to, limit)) - geometry.turns(Math.min(from, limit));
        double linear = Math.max(to, limit) - Math.max(from, limit);
        return turned / revolutionsPerSecond(spindle, Math.min(from, limit))
                + linear / (sectorsPerSecond * speed(spindle));
    }

    /** Where the spindle no longer turns at its highest speed when it reads at constant linear velocity. */
    private double clvFrom(int spindle) {
        return geometry.lsnAt(geometry.outerRadius() * speed(spindle) / maximumSpeed());
    }

    /** True if two spindle bytes mean the same speed at every place. */
    boolean sameSpeed(int spindle, int other) {
        return speed(spindle) == speed(other) && constantAngularVelocity(spindle) == constantAngularVelocity(other);
    }

    private double speed(int spindle) {
        int code = spindle & SPINDLE_SPEED;
        return code == 0 ? maximumSpeed() : speeds.get(Math.min(code, speeds.size()) - 1);
    }

    private double maximumSpeed() {
        return speeds.getLast();
    }

    private static boolean constantAngularVelocity(int spindle) {
        return (spindle & SPINDLE_CAV) != 0 || (spindle & SPINDLE_SPEED) == 0;
    }
}
