package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import soliloquy.machine.Clocks;

/** What must hold of the mechanism whatever its constants are. */
class DrivePropertyTest {
    private static final int READ_CD = 0x06;
    private static final int READ_DVD = 0x08;

    @Provide
    Arbitrary<DriveProfile> profiles() {
        return Arbitraries.of(DriveProfile.CD24, DriveProfile.DVD4);
    }

    private static DriveBench bench(DriveProfile profile) {
        DiscType type = profile.equals(DriveProfile.CD24) ? DiscType.PS2_CD : DiscType.PS2_DVD;
        return new DriveBench(Discs.blank(type, profile.totalSectors()));
    }

    private static double read(DriveBench bench, DriveProfile profile, int lsn, int count, int spindle) {
        long start = bench.scheduler.now();
        bench.startRead(profile.equals(DriveProfile.CD24) ? READ_CD : READ_DVD, lsn, count, spindle, 0);
        assertThat(bench.finish()).isZero();
        return Clocks.seconds(bench.scheduler.now() - start);
    }

    @Property
    void longerSeeksTakeLonger(
            @ForAll("profiles") DriveProfile profile,
            @ForAll @DoubleRange(min = 0, max = 34) double one,
            @ForAll @DoubleRange(min = 0, max = 34) double other) {
        SeekCurve curve = profile.seek();
        double less = Math.min(one, other);
        double more = Math.max(one, other);
        assertThat(curve.seconds(less)).isLessThanOrEqualTo(curve.seconds(more));
        // Continuous: no step where the curve's two parts meet. The root is steepest at 0.
        assertThat(curve.seconds(less + 1e-9) - curve.seconds(less)).isLessThan(2e-6);
    }

    @Property
    void theTimeOfSectorsIsTheIntegralOverTheRate(
            @ForAll("profiles") DriveProfile profile,
            @ForAll @IntRange(max = 340_000) int from,
            @ForAll @IntRange(min = 1, max = 20_000) int count,
            @ForAll @IntRange(max = 5) int speed,
            @ForAll boolean cav) {
        int spindle = speed | (cav ? 0x80 : 0);
        int steps = 400;
        double integral = 0;
        for (int i = 0; i < steps; i++) {
            double middle = from + count * (i + 0.5) / steps;
            integral += (double) count / steps / profile.rate(spindle, middle);
        }
        // The midpoint rule is exact to the second derivative of the rate; where the spindle's limit ends, to a step.
        assertThat(profile.passSeconds(spindle, from, from + count))
                .isCloseTo(integral, within(1e-3 * integral / steps + 1e-9));
    }

    @Property(tries = 100)
    void aSequentialReadHasTheThroughputOfTheProfile(
            @ForAll("profiles") DriveProfile profile,
            @ForAll @IntRange(max = 350_000) int lsn,
            @ForAll @IntRange(min = 2, max = 3000) int count,
            @ForAll @IntRange(max = 5) int code) {
        DriveBench bench = bench(profile);
        int speed = Math.min(code, profile.speeds().size());
        read(bench, profile, lsn, 1, speed);
        double expected = profile.passSeconds(speed, lsn + 1, lsn + count);
        // Each sector ends at a whole cycle.
        assertThat(read(bench, profile, lsn + 1, count - 1, speed)).isCloseTo(expected, within(2.0 / Clocks.EE_HZ));
    }

    @Property(tries = 300)
    void waitingForTheSectorNeverTakesATurn(
            @ForAll("profiles") DriveProfile profile,
            @ForAll @IntRange(max = 359_999) int from,
            @ForAll @IntRange(max = 359_999) int to,
            @ForAll @IntRange(max = 100_000_000) int pause) {
        DriveBench bench = bench(profile);
        read(bench, profile, from, 1, 0);
        bench.pass(pause);
        long before = bench.drive.statistics().seekCycles();
        double time = read(bench, profile, to, 1, 0);
        double moved = Clocks.seconds(bench.drive.statistics().seekCycles() - before);
        double turn = 1 / profile.revolutionsPerSecond(0, to);
        double way = Math.abs(profile.geometry().radius(to) - profile.geometry().radius(from));
        double longest = profile.seek().seconds(way + 20 * profile.geometry().trackPitch());
        assertThat(moved).isLessThan(longest + turn);
        assertThat(time).isLessThan(longest + 2 * turn + profile.passSeconds(0, to, to + 1));
    }

    @Property(tries = 50)
    void theSameReadsTakeTheSameTime(
            @ForAll @IntRange(max = 300_000) int first, @ForAll @IntRange(max = 300_000) int second) {
        DriveBench one = bench(DriveProfile.CD24);
        DriveBench other = bench(DriveProfile.CD24);
        for (DriveBench bench : new DriveBench[] {one, other}) {
            read(bench, DriveProfile.CD24, first, 3, 0);
            read(bench, DriveProfile.CD24, second, 3, 4);
            read(bench, DriveProfile.CD24, first, 3, 1);
        }
        assertThat(one.scheduler.now()).isEqualTo(other.scheduler.now());
        assertThat(one.drive.statistics()).isEqualTo(other.drive.statistics());
    }
}
