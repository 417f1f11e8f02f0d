package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import soliloquy.machine.Clocks;

/** Times against the formulas of the hardware facts (section 7.4), worked out here once more. */
class DriveTimingTest {
    private static final int READ_CD = 0x06;
    private static final int READ_DVD = 0x08;
    private static final int MAXIMUM = 0;

    /** Half of 9.90 ms, a revolution at 6060 RPM. */
    private static final double DVD_HALF_TURN = 30.0 / 6060;

    /** A blank disc of any size. */
    private static DiscImage blank(DiscType type, int sectors) {
        return new DiscImage() {
            @Override
            public int sectorCount() {
                return sectors;
            }

            @Override
            public DiscType type() {
                return type;
            }

            @Override
            public void read(int lsn, byte[] destination, int offset) {}

            @Override
            public void close() {}
        };
    }

    private static DriveBench dvd() {
        return new DriveBench(blank(DiscType.PS2_DVD, 2_298_496));
    }

    private static double read(DriveBench bench, int command, int lsn, int count, int spindle) {
        long start = bench.scheduler.now();
        bench.startRead(command, lsn, count, spindle, 0);
        assertThat(bench.finish()).isZero();
        return Clocks.seconds(bench.scheduler.now() - start);
    }

    @Test
    void theInnerEdgeOfADvdGives1080SectorsASecond() {
        assertThat(read(dvd(), READ_DVD, 0, 1080, MAXIMUM)).isCloseTo(1 + DVD_HALF_TURN, within(1e-3));
    }

    @Test
    void theOuterEdgeOfADvdGives2700SectorsASecond() {
        DriveBench bench = dvd();
        int lsn = 2_298_496 - 2700;
        bench.run(0x05, lsn, lsn >> 8, lsn >> 16, lsn >>> 24);
        assertThat(read(bench, READ_DVD, lsn, 2700, MAXIMUM)).isCloseTo(1, within(5e-3));
    }

    @Test
    void aSequentialReadTakesTheSumOfItsSectors() {
        double expected = DVD_HALF_TURN;
        for (int lsn = 0; lsn < 20_000; lsn++) {
            expected += 1 / (675 * 4 * (0.40 + 0.60 * lsn / 2_298_496));
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
    void theDriveReadsSixteenSectorsAhead() {
        DriveBench bench = dvd();
        read(bench, READ_DVD, 0, 1, MAXIMUM);
        bench.pass(Clocks.cycles(1));
        assertThat(bench.drive.statistics().sectorsRead()).isEqualTo(1);
        assertThat(read(bench, READ_DVD, 1, 16, MAXIMUM)).isZero();
        assertThat(bench.drive.statistics().sectorsRead()).isEqualTo(17);
    }

    @Test
    void cdRates() {
        DriveBench bench = new DriveBench(blank(DiscType.PS2_CD, 360_000));
        double halfTurn = 30.0 / (497 * 24);
        assertThat(read(bench, READ_CD, 0, 720, MAXIMUM)).isCloseTo(1 + halfTurn, within(2e-3));
        // Constant linear velocity: 1x is 75 sectors a second; the change of speed costs 0.055 ms per RPM.
        double fastRpm = 497 * 24;
        assertThat(read(bench, READ_CD, 720, 75, 1))
                .isCloseTo(1 + (fastRpm - 497) * 0.055e-3 + 30.0 / 497, within(1e-2));
        assertThat(read(bench, READ_CD, 795, 75, 1)).isCloseTo(1, within(1e-6));
    }

    @Test
    void seekTiers() {
        double sector = 1 / 1080.0;
        assertThat(seek(15)).as("read through").isCloseTo(15 * sector + DVD_HALF_TURN + sector, within(1e-4));
        assertThat(seek(16)).as("fast").isCloseTo(0.030 + DVD_HALF_TURN + sector, within(1e-4));
        assertThat(seek(14_763)).as("fast").isCloseTo(0.030 + DVD_HALF_TURN + sector, within(1e-4));
        assertThat(seek(14_764)).as("full").isCloseTo(0.100 + DVD_HALF_TURN + sector, within(1e-4));
    }

    /** Time to read one sector {@code distance} from the head of a fresh drive. */
    private static double seek(int distance) {
        return read(dvd(), READ_DVD, distance, 1, MAXIMUM);
    }

    @Test
    void seeksAreCountedAndTimed() {
        DriveBench bench = dvd();
        read(bench, READ_DVD, 1_000_000, 1, MAXIMUM);
        read(bench, READ_DVD, 0, 1, MAXIMUM);
        read(bench, READ_DVD, 100, 1, MAXIMUM);
        DriveStatistics statistics = bench.drive.statistics();
        assertThat(statistics.seeks()).isEqualTo(3);
        assertThat(Clocks.seconds(statistics.seekCycles()))
                .isCloseTo(0.100 + 0.100 + 0.030 + 3 * DVD_HALF_TURN, within(1e-6));
    }

    @Test
    void aStoppedDriveSpinsUp() {
        DriveBench bench = dvd();
        assertThat(bench.run(0x03)).isZero();
        assertThat(bench.get(0x0A)).isEqualTo(0x00);
        assertThat(read(bench, READ_DVD, 0, 1, MAXIMUM)).isCloseTo(1 / 3.0 + DVD_HALF_TURN + 1 / 1080.0, within(1e-4));
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
}
