package soliloquy.cdvd;

import java.util.List;
import soliloquy.machine.Clocks;

/**
 * How fast the drive's mechanism is with one medium. The figures of {@link #CD24} and {@link #DVD4} are those PCSX2
 * arrived at (pcsx2/CDVD/CDVD.cpp and CDVD_internal.h); no measurement of a console is known, so all of them are estimates.
 *
 * @param name shown to users beside every time that depends on it
 * @param sectorsPerSecond at 1x: 75 (CD) or 675 (DVD)
 * @param totalSectors of a full disc; the position of a sector on the radius is its share of them
 * @param speeds multiples of 1x for spindle codes 1, 2, ...; the last is the maximum, which code 0 selects
 * @param clvCap highest multiple of 1x at constant linear velocity
 * @param innerFraction share of the full rate at LSN 0 when the spindle turns at constant angular velocity (CAV)
 * @param revolutionsPerMinute of the spindle at 1x at the inner edge; 0: no rotational latency
 * @param spinUpSeconds from standstill
 * @param stopSeconds to standstill
 * @param secondsPerRpm of a change of spindle speed
 * @param contiguousSectors a jump forward shorter than this is read through, not sought
 * @param fastSeekSectors a jump shorter than this is a fast seek
 * @param fastSeekSeconds duration of a fast seek
 * @param fullSeekSeconds duration of any longer seek
 * @param readAheadSectors sectors the drive buffers
 * @param detectSeconds from closing the tray to knowing the type of the disc
 * @param settleSeconds from there until the drive is ready
 */
public record DriveProfile(
        String name,
        double sectorsPerSecond,
        int totalSectors,
        List<Integer> speeds,
        double clvCap,
        double innerFraction,
        double revolutionsPerMinute,
        double spinUpSeconds,
        double stopSeconds,
        double secondsPerRpm,
        int contiguousSectors,
        int fastSeekSectors,
        double fastSeekSeconds,
        double fullSeekSeconds,
        int readAheadSectors,
        double detectSeconds,
        double settleSeconds) {
    /** Keeps its own copy of the speeds. */
    public DriveProfile {
        speeds = List.copyOf(speeds);
    }

    /** Spindle parameter bit 7: constant angular velocity. */
    static final int SPINDLE_CAV = 0x80;

    private static final int SPINDLE_SPEED = 0x1F;

    /** CD at up to 24x: 720 sectors a second at LSN 0, 1800 at the outer edge. */
    public static final DriveProfile CD24 = new DriveProfile(
            "CD 24x",
            75,
            360_000,
            List.of(1, 2, 4, 12, 24),
            10.3,
            0.40,
            497,
            1 / 3.0,
            1 / 6.0,
            0.055e-3,
            8,
            4371,
            0.030,
            0.100,
            16,
            3,
            2);

    /** Single-layer DVD at up to 4x: 1080 sectors a second at LSN 0, 2700 at the outer edge. */
    public static final DriveProfile DVD4 = new DriveProfile(
            "DVD 4x",
            675,
            2_298_496,
            List.of(1, 2, 4),
            1.6,
            0.40,
            1515,
            1 / 3.0,
            1 / 6.0,
            0.055e-3,
            16,
            14_764,
            0.030,
            0.100,
            16,
            3,
            2);

    /** A drive that does not exist: a word of a sector on every IOP cycle, no seeks, so that DMA is the limit. */
    public static final DriveProfile INSTANT = new DriveProfile(
            "instant drive",
            Clocks.IOP_HZ / (DiscImage.SECTOR_BYTES / 4.0),
            2_298_496,
            List.of(1),
            1,
            1,
            0,
            0,
            0,
            0,
            1,
            Integer.MAX_VALUE,
            0,
            0,
            16,
            0,
            0);

    /** The profile of the console's drive for a medium. */
    public static DriveProfile forType(DiscType type) {
        return switch (type) {
            case PS2_CD -> CD24;
            case PS2_DVD -> DVD4;
        };
    }

    /** Sectors per second at {@code lsn} for the spindle byte of a read command. */
    public double rate(int spindle, int lsn) {
        double speed = speed(spindle);
        return constantAngularVelocity(spindle)
                ? sectorsPerSecond * speed * radius(lsn)
                : sectorsPerSecond * Math.min(speed, clvCap);
    }

    /** Revolutions of the spindle per minute at {@code lsn}; 0 if the profile knows no rotation. */
    public double revolutionsPerMinute(int spindle, int lsn) {
        double speed = speed(spindle);
        return constantAngularVelocity(spindle)
                ? revolutionsPerMinute * speed
                : revolutionsPerMinute * Math.min(speed, clvCap) * innerFraction / radius(lsn);
    }

    private double speed(int spindle) {
        int code = spindle & SPINDLE_SPEED;
        return speeds.get((code == 0 ? speeds.size() : Math.min(code, speeds.size())) - 1);
    }

    private static boolean constantAngularVelocity(int spindle) {
        return (spindle & SPINDLE_CAV) != 0 || (spindle & SPINDLE_SPEED) == 0;
    }

    /** Share of the outer edge's rate at constant angular velocity. */
    private double radius(int lsn) {
        return innerFraction + (1 - innerFraction) * Math.min(1, lsn / (double) totalSectors);
    }
}
