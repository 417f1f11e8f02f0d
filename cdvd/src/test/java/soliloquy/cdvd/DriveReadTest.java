package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import soliloquy.machine.Scheduler;

/** What reaches DMA. Block layouts: facts of cdvdman (DMA block counts), ECMA-267 (DVD sectors), ECMA-130 (CD). */
class DriveReadTest {
    private static final int READ_CD = 0x06;
    private static final int READ_DVD = 0x08;
    private static final int GET_TOC = 0x09;

    private final Discs.Memory cd = Discs.noise(DiscType.PS2_CD, 300);
    private final Discs.Memory dvd = Discs.noise(DiscType.PS2_DVD, 300);

    @Test
    void cdSectorsAreTheBytesOfTheImage() {
        DriveBench bench = new DriveBench(cd);
        bench.slice = 128;
        bench.startRead(READ_CD, 17, 100, 0, 0);
        assertThat(bench.get(0x05)).isEqualTo(0x88);
        assertThat(bench.finish()).isZero();
        assertThat(bench.get(0x05)).isEqualTo(0x48);
        assertThat(bench.received.toByteArray()).isEqualTo(Arrays.copyOfRange(cd.bytes(), 17 * 2048, 117 * 2048));
        assertThat(bench.interrupts).isEqualTo(1);
        assertThat(bench.get(0x08)).isZero();
    }

    @Test
    void dvdSectorsHaveAHeaderAndAnErrorDetectionCode() {
        DriveBench bench = new DriveBench(dvd);
        bench.slice = 48;
        bench.startRead(READ_DVD, 17, 100, 0x83, 0);
        assertThat(bench.finish()).isZero();
        byte[] received = bench.received.toByteArray();
        assertThat(received).hasSize(100 * 2064);
        assertThat(bench.blocks).hasSize(100).containsOnly(2064);
        for (int i = 0; i < 100; i++) {
            ByteBuffer block = ByteBuffer.wrap(received, i * 2064, 2064).slice();
            assertThat(block.getInt(0)).isEqualTo(0x2003_0000 + 17 + i);
            assertThat(block.getLong(4)).isZero();
            assertThat(Arrays.copyOfRange(received, i * 2064 + 12, i * 2064 + 2060))
                    .isEqualTo(Arrays.copyOfRange(dvd.bytes(), (17 + i) * 2048, (18 + i) * 2048));
            assertThat(remainder(received, i * 2064)).isZero();
        }
    }

    /** Long division of a whole sector, its code included, by x^32 + x^31 + x^4 + 1: 0 if the code is right. */
    private static int remainder(byte[] bytes, int from) {
        int remainder = 0;
        for (int i = 0; i < 2064 * 8; i++) {
            int bit = bytes[from + i / 8] >> 7 - i % 8 & 1;
            boolean carry = remainder < 0;
            remainder = remainder << 1 | bit;
            if (carry) {
                remainder ^= 0x8000_0011;
            }
        }
        return remainder;
    }

    @Test
    void longerCdSectorsCarryHeaderAndSubheader() {
        DriveBench bench = new DriveBench(cd);
        bench.startRead(READ_CD, 75, 2, 0, 2);
        assertThat(bench.finish()).isZero();
        byte[] received = bench.received.toByteArray();
        assertThat(received).hasSize(2 * 2340);
        // LSN 76 is 00:03:01.
        assertThat(Arrays.copyOfRange(received, 2340, 2352)).containsExactly(0, 3, 1, 2, 0, 0, 8, 0, 0, 0, 8, 0);
        assertThat(Arrays.copyOfRange(received, 2352, 2352 + 2048))
                .isEqualTo(Arrays.copyOfRange(cd.bytes(), 76 * 2048, 77 * 2048));
        bench.received.reset();
        bench.startRead(READ_CD, 75, 1, 0, 1);
        assertThat(bench.finish()).isZero();
        assertThat(bench.received.toByteArray())
                .hasSize(2328)
                .startsWith(Arrays.copyOfRange(cd.bytes(), 75 * 2048, 76 * 2048));
    }

    @Test
    void wholeCdSectors() {
        DriveBench bench = new DriveBench(cd);
        for (int pattern = 0; pattern < 3; pattern++) {
            bench.startRead(pattern == 0 ? 0x07 : 0x0E, 76, 1, 5, pattern);
            assertThat(bench.finish()).isZero();
        }
        byte[] received = bench.received.toByteArray();
        assertThat(received).hasSize(2352 + 2368 + 2448);
        assertThat(Arrays.copyOf(received, 16))
                .containsExactly(0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 3, 1, 2);
        assertThat(Arrays.copyOfRange(received, 24, 2072))
                .isEqualTo(Arrays.copyOfRange(cd.bytes(), 76 * 2048, 77 * 2048));
        assertThat(Arrays.copyOfRange(received, 2352, 2 * 2352)).isEqualTo(Arrays.copyOf(received, 2352));
        // Q: track 1, index 1, 76 frames from its start, 00:03:01 of the disc; the check code is inverted.
        byte[] q = Arrays.copyOfRange(received, 2 * 2352, 2 * 2352 + 12);
        assertThat(Arrays.copyOf(q, 10)).containsExactly(0x41, 1, 1, 0, 1, 1, 0, 0, 3, 1);
        q[10] ^= (byte) 0xFF;
        q[11] ^= (byte) 0xFF;
        assertThat(remainder16(q)).isZero();
        byte[] packed = new byte[12];
        for (int i = 0; i < 96; i++) {
            packed[i / 8] |= (byte) ((received[2 * 2352 + 16 + 2352 + i] >> 6 & 1) << 7 - i % 8);
        }
        packed[10] ^= (byte) 0xFF;
        packed[11] ^= (byte) 0xFF;
        assertThat(packed).isEqualTo(q);
    }

    /** Long division by x^16 + x^12 + x^5 + 1. */
    private static int remainder16(byte[] bytes) {
        int remainder = 0;
        for (int i = 0; i < bytes.length * 8; i++) {
            remainder = remainder << 1 | bytes[i / 8] >> 7 - i % 8 & 1;
            if ((remainder & 0x1_0000) != 0) {
                remainder ^= 0x1_1021;
            }
        }
        return remainder;
    }

    @Test
    void aSectorIsRotatedAsDecSetSays() {
        DriveBench bench = new DriveBench(cd);
        bench.set(0x3A, 0x33);
        assertThat(bench.get(0x3A)).isEqualTo(0x33);
        bench.startRead(READ_CD, 5, 1, 0, 0);
        assertThat(bench.finish()).isZero();
        byte[] expected = Arrays.copyOfRange(cd.bytes(), 5 * 2048, 6 * 2048);
        for (int i = 0; i < 2048; i++) {
            expected[i] = (byte) Integer.rotateRight((expected[i] & 0xFF) * 0x0101_0101, 3);
        }
        assertThat(bench.received.toByteArray()).isEqualTo(expected);
    }

    @Test
    void aReadWaitsForTheChannel() {
        DriveBench bench = new DriveBench(dvd);
        bench.channelEnabled = false;
        bench.startRead(READ_DVD, 0, 3, 0, 0);
        bench.pass(1_000_000_000);
        assertThat(bench.interrupts).isZero();
        assertThat(bench.drive.available()).isEqualTo(2064);
        assertThat(bench.scheduler.nextEventTime()).isEqualTo(Scheduler.NEVER);
        bench.channelEnabled = true;
        bench.pull();
        assertThat(bench.finish()).isZero();
        assertThat(bench.received.size()).isEqualTo(3 * 2064);
    }

    @Test
    void theDiscIsReadInTheOrderOfTheCommands() {
        DriveBench bench = new DriveBench(cd);
        for (int lsn : new int[] {200, 201, 0, 299, 150, 149, 160}) {
            bench.startRead(READ_CD, lsn, 1, 4, 0);
            assertThat(bench.finish()).as("sector %d", lsn).isZero();
            assertThat(bench.received.toByteArray())
                    .isEqualTo(Arrays.copyOfRange(cd.bytes(), lsn * 2048, (lsn + 1) * 2048));
            bench.received.reset();
        }
    }

    @Test
    void theContentsOfACdNameTheLeadOut() {
        DriveBench bench = new DriveBench(cd);
        assertThat(bench.run(GET_TOC, 0)).isZero();
        byte[] contents = bench.received.toByteArray();
        assertThat(contents).hasSize(1024);
        // Point A2: 300 sectors end at 00:06:00.
        assertThat(Arrays.copyOfRange(contents, 20, 30)).containsExactly(0x41, 0, 0xA2, 0, 0, 0, 0, 0, 6, 0);
        // Track 1 starts at 00:02:00.
        assertThat(Arrays.copyOfRange(contents, 30, 40)).containsExactly(0x41, 0, 1, 0, 0, 0, 0, 0, 2, 0);
    }

    @Test
    void theContentsOfADvdNameTheLastSector() {
        DriveBench bench = new DriveBench(dvd);
        assertThat(bench.run(GET_TOC, 0)).isZero();
        ByteBuffer contents = ByteBuffer.wrap(bench.received.toByteArray());
        assertThat(contents.capacity()).isEqualTo(2064);
        assertThat(contents.getInt(16)).isEqualTo(0x30000);
        assertThat(contents.getInt(20)).isEqualTo(0x30000 + 299);
    }

    @Test
    void countsWhatItDelivers() {
        DriveBench bench = new DriveBench(dvd);
        bench.startRead(READ_DVD, 0, 40, 0, 0);
        bench.finish();
        DriveStatistics statistics = bench.drive.statistics();
        assertThat(statistics.sectorsDelivered()).isEqualTo(40);
        assertThat(statistics.bytesDelivered()).isEqualTo(40 * 2064);
        assertThat(statistics.sectorsRead()).isEqualTo(40);
        assertThat(statistics.seeks()).isZero();
    }
}
