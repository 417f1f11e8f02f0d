package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import soliloquy.machine.Clocks;
import soliloquy.machine.Scheduler;

/**
 * Times against the spirals of ECMA-130 and ECMA-267, worked out here once more: all sectors are as long, so that 24x at 58 mm is
 * 24x * 25/58 at 25 mm (CD) and 4x at 58 mm is 4x * 24/58 at 24 mm (DVD). The spindle's speed follows from the rate and from the
 * circumference of the spiral.
 */
class DriveTimingTest {
    private static final int READ_CD = 0x06;
    private static final int READ_DVD = 0x08;
    private static final int MAXIMUM = 0;

    private static final int CD_SECTORS = 360_000;
    private static final int DVD_SECTORS = 2_298_496;

    /** Millimetres of a DVD's spiral that a sector takes: the area over the pitch and the sectors. */
    private static final double DVD_SECTOR = Math.PI * (58 * 58 - 24 * 24) / 0.74e-3 / DVD_SECTORS;

    private static final double CD_SECTOR = Math.PI * (58 * 58 - 25 * 25) / 1.5e-3 / CD_SECTORS;

    /** Seconds of a turn at constant angular velocity: 4x at the outer edge. */
    private static final double DVD_TURN = 2 * Math.PI * 58 / DVD_SECTOR / (4 * 675);

    private static final double CD_TURN = 2 * Math.PI * 58 / CD_SECTOR / (24 * 75);

    private static DriveBench dvd() {
        return new DriveBench(Discs.blank(DiscType.PS2_DVD, DVD_SECTORS));
    }

    private static DriveBench cd() {
        return new DriveBench(Discs.blank(DiscType.PS2_CD, CD_SECTORS));
    }

    private static double read(DriveBench bench, int command, int lsn, int count, int spindle) {
        long start = bench.scheduler.now();
        bench.startRead(command, lsn, count, spindle, 0);
        assertThat(bench.finish()).isZero();
        return Clocks.seconds(bench.scheduler.now() - start);
    }

    @Test
    void theEdgesOfTheDiscsGiveTheRatesOfTheirRadii() {
        assertThat(DriveProfile.CD24.rate(MAXIMUM, 0)).isCloseTo(24 * 75 * 25 / 58.0, within(1e-9));
        assertThat(DriveProfile.CD24.rate(MAXIMUM, CD_SECTORS)).isCloseTo(24 * 75, within(1e-9));
        assertThat(DriveProfile.DVD4.rate(MAXIMUM, 0)).isCloseTo(4 * 675 * 24 / 58.0, within(1e-9));
        assertThat(DriveProfile.DVD4.rate(MAXIMUM, DVD_SECTORS)).isCloseTo(4 * 675, within(1e-9));
        // PCSX2 allows constant linear velocity up to 10.3x on a CD and up to 1.6x on a DVD.
        assertThat(DriveProfile.CD24.rate(5, 0) / 75).isCloseTo(10.3, within(0.1));
        assertThat(DriveProfile.DVD4.rate(3, 0) / 675).isCloseTo(1.6, within(0.1));
    }

    @Test
    void theSpindleOfADvdTurnsAsFastAsTheStandardImplies() {
        // 570 revolutions per minute at the outer edge at 1x (PCSX2), four times that at 4x.
        assertThat(DriveProfile.DVD4.revolutionsPerSecond(MAXIMUM, 0) * 60).isCloseTo(4 * 570, within(12.0));
        assertThat(DriveProfile.DVD4.revolutionsPerSecond(MAXIMUM, 0)).isCloseTo(1 / DVD_TURN, within(1e-6));
    }

    @Test
    void theInnerEdgeOfADvd() {
        // At power-on the disc stands at the angle of LSN 0.
        assertThat(read(dvd(), READ_DVD, 0, 1117, MAXIMUM)).isCloseTo(1, within(1e-3));
    }

    @Test
    void theOuterEdgeOfADvdGives2700SectorsASecond() {
        DriveBench bench = dvd();
        int lsn = DVD_SECTORS - 2700;
        bench.run(0x05, lsn, lsn >> 8, lsn >> 16, lsn >>> 24);
        bench.pass(Clocks.cycles(1));
        assertThat(read(bench, READ_DVD, lsn, 2700, MAXIMUM) + 16 / 2700.0)
                .isCloseTo(1 + DVD_TURN / 2, within(DVD_TURN / 2 + 1e-3));
    }

    @Test
    void aSequentialReadTakesTheSumOfItsSectors() {
        double expected = 0;
        for (int lsn = 0; lsn < 20_000; lsn++) {
            double radius = Math.sqrt(24 * 24 + lsn * DVD_SECTOR * 0.74e-3 / Math.PI);
            expected += 1 / (675 * 4 * radius / 58);
        }
        assertThat(read(dvd(), READ_DVD, 0, 20_000, MAXIMUM)).isCloseTo(expected, within(1e-4));
    }

    @Test
    void sequentialChunksTakeNoLongerThanOneRead() {
        DriveBench whole = dvd();
        DriveBench chunks = dvd();
        double one = read(whole, READ_DVD, 0, 1600, MAXIMUM);
        double many = 0;
        for (int lsn = 0; lsn < 1600; lsn += 16) {
            many += read(chunks, READ_DVD, lsn, 16, MAXIMUM);
        }
        assertThat(many).isCloseTo(one, within(1e-6));
        assertThat(chunks.drive.statistics().seeks()).isZero();
    }

    @Test
    void theDriveReadsSixteenSectorsAheadAndThenHoldsItsTrack() {
        DriveBench bench = dvd();
        read(bench, READ_DVD, 0, 1, MAXIMUM);
        assertThat(bench.scheduler.nextEventTime()).as("idle").isEqualTo(Scheduler.NEVER);
        bench.pass(Clocks.cycles(1));
        assertThat(bench.drive.statistics().sectorsRead()).isEqualTo(17);
        assertThat(read(bench, READ_DVD, 1, 16, MAXIMUM)).isZero();
        assertThat(bench.drive.statistics().sectorsRead()).isEqualTo(17);
        long start = bench.scheduler.now();
        double next = read(bench, READ_DVD, 17, 1, MAXIMUM);
        // LSN 17 comes by when the disc has turned to its angle again; the disc has turned since power-on.
        double angle = angle(17) - Clocks.seconds(start) / DVD_TURN;
        assertThat(next)
                .isCloseTo(
                        (angle - Math.floor(angle)) * DVD_TURN + angle(18) * DVD_TURN - angle(17) * DVD_TURN,
                        within(1e-6));
    }

    /** Turns of a DVD's spiral before a sector. */
    private static double angle(int lsn) {
        return (Math.sqrt(24 * 24 + lsn * DVD_SECTOR * 0.74e-3 / Math.PI) - 24) / 0.74e-3;
    }

    @Test
    void constantLinearVelocity() {
        DriveBench bench = cd();
        read(bench, READ_CD, 0, 720, MAXIMUM);
        // 1x is 75 sectors a second; the change of speed costs 0.055 ms per RPM, and up to a turn until the sector
        // comes by.
        double turn = 2 * Math.PI * 25 / CD_SECTOR / 75;
        double change = 0.055e-3 * (60 / CD_TURN - 60 / turn);
        assertThat(read(bench, READ_CD, 720, 75, 1)).isCloseTo(1 + change + turn / 2, within(turn / 2));
        assertThat(read(bench, READ_CD, 795, 75, 1)).isCloseTo(1, within(1e-6));
        assertThat(DriveProfile.CD24.rate(4, CD_SECTORS)).as("12x").isEqualTo(12 * 75);
        assertThat(DriveProfile.CD24.rate(4, 0))
                .as("as fast as the spindle goes")
                .isCloseTo(775.9, within(0.1));
    }

    @Test
    void aSectorOfTheSameTurnComesByWithoutASeek() {
        DriveBench bench = dvd();
        // 29 sectors of 5.15 mm fit into the circumference of 24 mm.
        assertThat(read(bench, READ_DVD, 29, 1, MAXIMUM)).isCloseTo(30 / 1117.2, within(1e-4));
        assertThat(bench.drive.statistics().seeks()).isZero();
        assertThat(read(dvd(), READ_DVD, 30, 1, MAXIMUM)).isLessThan(2.1 * DVD_TURN);
    }

    @Test
    void theSeekCurveGoesThroughItsAnchors() {
        SeekCurve cd = DriveProfile.CD24.seek();
        SeekCurve dvd = DriveProfile.DVD4.seek();
        assertThat(cd.seconds(DiscGeometry.CD.radius(4371) - 25)).isCloseTo(0.030, within(1e-9));
        assertThat(dvd.seconds(DiscGeometry.DVD.radius(14_764) - 24)).isCloseTo(0.030, within(1e-9));
        assertThat(cd.seconds(33 / 3.0)).isCloseTo(0.100, within(1e-9));
        assertThat(dvd.seconds(34 / 3.0)).isCloseTo(0.100, within(1e-9));
        assertThat(cd.seconds(0)).isZero();
        // PCSX2's comment estimates long seeks at 120 to 160 ms.
        assertThat(cd.seconds(33)).isBetween(0.120, 0.170);
        assertThat(dvd.seconds(34)).isBetween(0.120, 0.170);
    }

    @Test
    void seeksAreCountedAndTimed() {
        DriveBench bench = dvd();
        read(bench, READ_DVD, 1_000_000, 1, MAXIMUM);
        read(bench, READ_DVD, 0, 1, MAXIMUM);
        read(bench, READ_DVD, 100, 1, MAXIMUM);
        DriveStatistics statistics = bench.drive.statistics();
        assertThat(statistics.seeks()).isEqualTo(3);
        double moves = 2 * DriveProfile.DVD4.seek().seconds(DiscGeometry.DVD.radius(1_000_000) - 24);
        assertThat(Clocks.seconds(statistics.seekCycles())).isBetween(moves, moves + 0.010 + 3 * DVD_TURN);
    }

    @Test
    void aStoppedDriveSpinsUp() {
        DriveBench bench = dvd();
        assertThat(bench.run(0x03)).isZero();
        assertThat(bench.get(0x0A)).isEqualTo(0x00);
        double time = read(bench, READ_DVD, 0, 1, MAXIMUM);
        assertThat(time).isBetween(1 / 3.0 + 1 / 1118.0, 1 / 3.0 + 1 / 1117.0 + DVD_TURN);
        assertThat(bench.drive.statistics().spinUps()).isEqualTo(1);
    }

    @Test
    void theInstantDriveIsLimitedByTheBusOnly() {
        DriveBench bench = dvd();
        bench.drive.profile(DriveProfile.INSTANT);
        read(bench, READ_DVD, 2_000_000, 1, MAXIMUM);
        // A word in every IOP cycle: 512 words for 2048 bytes.
        assertThat(read(bench, READ_DVD, 5, 1000, MAXIMUM)).isCloseTo(1000 * 512 / 36_864_000.0, within(1e-6));
    }

    @Test
    void changingTheSpindlesSpeedTakesTime() {
        DriveBench bench = cd();
        long start = bench.scheduler.now();
        assertThat(bench.run(0x0F, 1)).isZero();
        double slow = 1 / (2 * Math.PI * 25 / CD_SECTOR / 75);
        assertThat(Clocks.seconds(bench.scheduler.now() - start))
                .isCloseTo(0.055e-3 * 60 * (1 / CD_TURN - slow), within(1e-6));
    }
}
