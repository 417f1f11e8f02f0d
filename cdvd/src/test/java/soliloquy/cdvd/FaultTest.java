package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;

/** Faults on demand: their text, and what a drive with them does. */
class FaultTest {
    private static final int READ_CD = 0x06;

    private final Discs.Memory cd = Discs.noise(DiscType.PS2_CD, 400);
    private final DriveBench bench = new DriveBench(cd);

    /** A turn at 24x; see DriveTimingTest. */
    private static final double TURN = 1 / DriveProfile.CD24.revolutionsPerSecond(0, 0);

    @Test
    void faultsAreReadFromText() throws InputException {
        assertThat(FaultText.parse("read-error:lsn=17,times=2")).isEqualTo(new Fault.ReadError(17, 17, 1, 0, 2));
        assertThat(FaultText.parse("read-error:lsn=17-20,times=always"))
                .isEqualTo(new Fault.ReadError(17, 20, 1, 0, Fault.ALWAYS));
        assertThat(FaultText.parse("read-error:rate=1%,seed=7,times=2"))
                .isEqualTo(new Fault.ReadError(0, Integer.MAX_VALUE, 0.01, 7, 2));
        assertThat(FaultText.parse("tray-open:at=1.5,for=2")).isEqualTo(new Fault.TrayOpen(1.5, 2));
        assertThat(FaultText.parse("slow:factor=2.5")).isEqualTo(new Fault.Slow(2.5));
        assertThat(FaultText.parse("vibration:rate=0.25,seed=9")).isEqualTo(new Fault.Vibration(0.25, 9));
        assertThat(FaultText.parse("corrupt:lsn=30,byte=2047")).isEqualTo(new Fault.Corrupt(30, 2047, 0, Fault.ALWAYS));
        assertThat(FaultText.parse("corrupt:lsn=30,byte=0,after=4,times=1")).isEqualTo(new Fault.Corrupt(30, 0, 4, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flood",
                "flood:at=1",
                "slow",
                "slow:factor",
                "slow:factor=",
                "slow:factor=0.5",
                "slow:factor=-1",
                "slow:factor=2,factor=3",
                "slow:factor=NaN",
                "slow:speed=2",
                "read-error:times=1",
                "read-error:lsn=5",
                "read-error:lsn=9-5,times=1",
                "read-error:lsn=x,times=1",
                "read-error:lsn=99999999999,times=1",
                "read-error:rate=200%,times=1",
                "read-error:rate=1.5,times=1",
                "read-error:lsn=1,times=often",
                "corrupt:lsn=5,byte=2048",
                "corrupt:lsn=5",
                "tray-open:at=1",
                "vibration:seed=1",
                "vibration:rate=0.1,seed=99999999999999999999"
            })
    void otherTextIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> FaultText.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Fault '" + text + "' has ")
                .hasMessageContaining("; expected ")
                .hasMessageNotContaining("\n");
    }

    private double read(int lsn, int count, int tries) {
        long start = bench.scheduler.now();
        startRead(lsn, count, tries);
        assertThat(bench.finish()).isZero();
        return Clocks.seconds(bench.scheduler.now() - start);
    }

    private void startRead(int lsn, int count, int tries) {
        bench.start(READ_CD, lsn, lsn >> 8, 0, 0, count, count >> 8, 0, 0, tries, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "200"})
    void aSectorThatFailsTwiceTakesTwoTurns(int tries) {
        double whole = read(0, 40, tries);
        DriveStatistics before = bench.drive.statistics();
        assertThat(before.retries()).isZero();
        DriveBench faulty = new DriveBench(cd);
        faulty.drive.faults(List.of(new Fault.ReadError(20, 20, 1, 0, 2)));
        faulty.start(READ_CD, 0, 0, 0, 0, 40, 0, 0, 0, tries, 0, 0);
        assertThat(faulty.finish()).isZero();
        assertThat(Clocks.seconds(faulty.scheduler.now())).isCloseTo(whole + 2 * TURN, within(1e-6));
        assertThat(faulty.received.toByteArray()).isEqualTo(bench.received.toByteArray());
        assertThat(faulty.drive.statistics().retries()).isEqualTo(2);
        assertThat(faulty.drive.statistics().faultHits()).isEqualTo(2);
        assertThat(faulty.drive.statistics().failedSectors()).isZero();
    }

    @Test
    void theTriesOfACommandAreItsOwn() {
        bench.drive.faults(List.of(new Fault.ReadError(20, 20, 1, 0, 5)));
        startRead(0, 40, 2);
        assertThat(bench.finish()).isEqualTo(0x30);
        assertThat(bench.get(0x05) & 1).as("error bit").isEqualTo(1);
        assertThat(bench.received.toByteArray()).isEqualTo(Arrays.copyOf(cd.bytes(), 20 * 2048));
        startRead(20, 20, 2);
        assertThat(bench.finish()).isEqualTo(0x30);
        assertThat(bench.received.size()).isEqualTo(20 * 2048);
        // Four of five failures are used up.
        read(20, 20, 2);
        assertThat(bench.received.toByteArray()).isEqualTo(Arrays.copyOf(cd.bytes(), 40 * 2048));
        assertThat(bench.drive.statistics().failedSectors()).isEqualTo(2);
        assertThat(bench.drive.statistics().retries()).isEqualTo(3);
    }

    @Test
    void aSectorThatNeverReadsEndsTheCommandAfter256Turns() {
        bench.drive.faults(List.of(new Fault.ReadError(0, 0, 1, 0, Fault.ALWAYS)));
        startRead(0, 1, 0);
        assertThat(bench.finish()).isEqualTo(0x30);
        assertThat(Clocks.seconds(bench.scheduler.now())).isCloseTo(255 * TURN, within(TURN));
        assertThat(bench.drive.statistics().retries()).isEqualTo(255);
    }

    @Test
    void readingAheadOverABadSectorCostsNothingUntilItIsWanted() {
        bench.drive.faults(List.of(new Fault.ReadError(8, 8, 1, 0, Fault.ALWAYS)));
        read(0, 4, 1);
        bench.pass(Clocks.cycles(1));
        assertThat(read(4, 4, 1)).as("buffered").isZero();
        startRead(8, 1, 1);
        assertThat(bench.finish()).isEqualTo(0x30);
        assertThat(read(9, 1, 1)).isLessThan(2 * TURN);
    }

    @Test
    void aShareOfTheSectorsFails() {
        bench.drive.faults(List.of(new Fault.ReadError(0, Integer.MAX_VALUE, 0.1, 3, 1)));
        read(0, 400, 0);
        assertThat(bench.received.toByteArray()).isEqualTo(cd.bytes());
        // 400 sectors with a probability of 10 %: 40, with a deviation of 6.
        assertThat(bench.drive.statistics().retries()).isBetween(16L, 64L);
        long retries = bench.drive.statistics().retries();
        read(0, 400, 0);
        assertThat(bench.drive.statistics().retries()).as("each once").isEqualTo(retries);
    }

    @Test
    void vibrationFailsPassesAtRandomAndAlikeInEveryRun() {
        DriveBench other = new DriveBench(cd);
        for (DriveBench shaken : List.of(bench, other)) {
            shaken.drive.faults(List.of(new Fault.Vibration(0.2, 11)));
            shaken.start(READ_CD, 0, 0, 0, 0, 0x90, 1, 0, 0, 0, 0, 0);
            assertThat(shaken.finish()).isZero();
        }
        assertThat(bench.received.toByteArray()).isEqualTo(cd.bytes());
        // 400 successes with a probability of 80 % each: 100 failures, with a deviation of 11.
        assertThat(bench.drive.statistics().retries()).isBetween(56L, 144L);
        assertThat(other.drive.statistics()).isEqualTo(bench.drive.statistics());
        assertThat(other.scheduler.now()).isEqualTo(bench.scheduler.now());
    }

    @Test
    void aSlowDriveTakesLongerForEverything() {
        DriveBench slow = new DriveBench(cd);
        slow.drive.faults(List.of(new Fault.Slow(3)));
        double usual = read(0, 100, 0);
        slow.start(READ_CD, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0);
        assertThat(slow.finish()).isZero();
        assertThat(Clocks.seconds(slow.scheduler.now())).isCloseTo(3 * usual, within(1e-6));
    }

    @Test
    void aCorruptSectorHasOneWrongByteAndNoError() {
        bench.drive.faults(List.of(new Fault.Corrupt(3, 100, 0, 1)));
        read(0, 5, 0);
        byte[] expected = Arrays.copyOf(cd.bytes(), 5 * 2048);
        expected[3 * 2048 + 100] ^= (byte) 0xFF;
        assertThat(bench.received.toByteArray()).isEqualTo(expected);
        bench.received.reset();
        read(0, 5, 0);
        assertThat(bench.received.toByteArray()).as("once").isEqualTo(Arrays.copyOf(cd.bytes(), 5 * 2048));
        assertThat(bench.drive.statistics().faultHits()).isEqualTo(1);
    }

    @Test
    void theErrorDetectionCodeOfACorruptDvdSectorDoesNotFitIt() {
        Discs.Memory dvd = Discs.noise(DiscType.PS2_DVD, 4);
        DriveBench right = new DriveBench(dvd);
        DriveBench wrong = new DriveBench(dvd);
        wrong.drive.faults(List.of(new Fault.Corrupt(0, 0, 0, Fault.ALWAYS)));
        for (DriveBench one : List.of(right, wrong)) {
            one.startRead(0x08, 0, 1, 0, 0);
            assertThat(one.finish()).isZero();
        }
        byte[] expected = right.received.toByteArray();
        expected[12] ^= (byte) 0xFF;
        assertThat(wrong.received.toByteArray()).isEqualTo(expected);
    }

    @Test
    void theTrayOpensWhileTheDriveReads() {
        bench.drive.faults(List.of(new Fault.TrayOpen(0.2, 1.5)));
        startRead(0, 400, 0);
        assertThat(bench.finish()).isEqualTo(0x31);
        assertThat(Clocks.seconds(bench.scheduler.now())).isCloseTo(0.2, within(1e-3));
        assertThat(bench.get(0x0A)).isEqualTo(0x01);
        bench.pass(Clocks.cycles(1.49));
        assertThat(bench.get(0x0A)).isEqualTo(0x01);
        bench.pass(Clocks.cycles(0.02));
        assertThat(bench.get(0x0F)).as("detecting").isEqualTo(0x01);
        bench.pass(Clocks.cycles(5));
        bench.received.reset();
        read(0, 5, 0);
        assertThat(bench.received.toByteArray()).isEqualTo(Arrays.copyOf(cd.bytes(), 5 * 2048));
        assertThat(bench.drive.statistics().faultHits()).isEqualTo(1);
    }
}
