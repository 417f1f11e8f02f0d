package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import soliloquy.machine.Clocks;
import soliloquy.machine.Notices.Kind;

/** Registers, states, errors and S-commands. Codes: libcdvd's headers and ps2tek "CDVD Drive". */
class DriveCommandTest {
    private static final int NOP = 0x00;
    private static final int STOP = 0x03;
    private static final int PAUSE = 0x04;
    private static final int SEEK = 0x05;
    private static final int READ_CD = 0x06;
    private static final int READ_DVD = 0x08;

    private final Discs.Memory dvd = Discs.noise(DiscType.PS2_DVD, 300);
    private final DriveBench bench = new DriveBench(dvd);

    @Test
    void aDriveAtPowerOn() {
        assertThat(bench.get(0x05)).isEqualTo(0x48);
        assertThat(bench.get(0x0A)).isEqualTo(0x0A);
        assertThat(bench.get(0x0B)).isEqualTo(0x0A);
        assertThat(bench.get(0x0F)).isEqualTo(0x14);
        assertThat(bench.get(0x17)).isEqualTo(0x40);
        assertThat(new DriveBench(Discs.noise(DiscType.PS2_CD, 1)).get(0x0F)).isEqualTo(0x12);
        assertThat(new DriveBench().get(0x0F)).isZero();
    }

    @Test
    void theStatusShowsTheMechanism() {
        bench.run(STOP);
        assertThat(bench.get(0x0A)).isZero();
        bench.startRead(READ_DVD, 250, 2, 0, 0);
        assertThat(bench.get(0x0A)).isEqualTo(0x02);
        bench.step();
        assertThat(bench.get(0x0A)).isEqualTo(0x12);
        bench.step();
        assertThat(bench.get(0x0A)).isEqualTo(0x06);
        bench.finish();
        assertThat(bench.get(0x0A)).isEqualTo(0x0A);
        assertThat(bench.get(0x0B)).isEqualTo(0x0A | 0x02 | 0x12 | 0x06);
        assertThat(bench.ask(0x05)).containsExactly(0);
        assertThat(bench.get(0x0B)).isEqualTo(0x0A);
    }

    @Test
    void completionRaisesTheInterruptUntilItIsAcknowledged() {
        bench.start(PAUSE);
        bench.step();
        assertThat(bench.interrupts).isEqualTo(1);
        assertThat(bench.get(0x08)).isEqualTo(1);
        bench.set(0x08, 2);
        assertThat(bench.get(0x08)).isEqualTo(1);
        bench.set(0x08, 1);
        assertThat(bench.get(0x08)).isZero();
    }

    @Test
    void aSeekMovesTheHead() {
        assertThat(bench.run(SEEK, 225, 0, 0, 0)).isZero();
        // LSN 225 is 00:05:00.
        assertThat(new int[] {bench.get(0x0C), bench.get(0x0D), bench.get(0x0E)})
                .containsExactly(0, 5, 0);
        assertThat(bench.drive.statistics().seeks()).isEqualTo(1);
    }

    @Test
    void errors() {
        assertThat(error(SEEK, 300 & 0xFF, 1, 0, 0)).as("LSN").isEqualTo(0x20);
        assertThat(readError(READ_DVD, 300, 1, 0)).as("LSN").isEqualTo(0x20);
        assertThat(readError(READ_DVD, -1, 1, 0)).as("LSN").isEqualTo(0x20);
        assertThat(readError(READ_DVD, 0, 0, 0)).as("count").isEqualTo(0x21);
        assertThat(readError(READ_DVD, 0, 1, 1)).as("pattern").isEqualTo(0x22);
        assertThat(error(READ_DVD, 1, 2, 3)).as("parameters").isEqualTo(0x22);
        assertThat(readError(READ_CD, 0, 1, 0)).as("medium").isEqualTo(0x14);
        assertThat(readError(0x07, 0, 1, 0)).as("audio of a DVD").isEqualTo(0x14);
        bench.startRead(READ_DVD, 0, 1, 4, 0);
        assertThat(checkedError()).as("speed").isEqualTo(0x22);
        assertThat(error(0x55)).as("command").isEqualTo(0x10);
        assertThat(bench.interrupts).isEqualTo(10);
        assertThat(bench.received.size()).isZero();
        assertThat(bench.notices).extracting(notice -> notice.kind()).containsExactly(Kind.UNVERIFIED, Kind.UNHANDLED);
    }

    private int error(int command, int... parameters) {
        bench.start(command, parameters);
        return checkedError();
    }

    private int readError(int command, int lsn, int count, int pattern) {
        bench.startRead(command, lsn, count, 0, pattern);
        return checkedError();
    }

    private int checkedError() {
        int code = bench.finish();
        assertThat(bench.get(0x05)).isEqualTo(0x49);
        assertThat(bench.get(0x06)).as("reading clears it").isZero();
        return code;
    }

    @Test
    void anErrorIsGoneWithTheNextCommand() {
        error(0x55);
        assertThat(bench.run(NOP)).isZero();
        assertThat(bench.get(0x05)).isEqualTo(0x48);
    }

    @Test
    void readingPastTheEndFailsThere() {
        bench.startRead(READ_DVD, 298, 5, 0, 0);
        assertThat(bench.finish()).isEqualTo(0x30);
        assertThat(bench.received.size()).isEqualTo(2 * 2064);
    }

    @Test
    void aSectorTheHostCannotReadIsAReadError() {
        DriveBench broken = new DriveBench(new DiscImage() {
            @Override
            public int sectorCount() {
                return 10;
            }

            @Override
            public DiscType type() {
                return DiscType.PS2_DVD;
            }

            @Override
            public void read(int lsn, byte[] destination, int offset) throws IOException {
                throw new IOException("the host's disk is gone");
            }

            @Override
            public void close() {}
        });
        broken.startRead(READ_DVD, 3, 1, 0, 0);
        assertThat(broken.finish()).isEqualTo(0x30);
        assertThat(broken.notices)
                .anyMatch(
                        notice -> notice.text().equals("Sector 3 of the disc cannot be read: the host's disk is gone"));
    }

    @Test
    void breakAbortsARead() {
        bench.startRead(READ_DVD, 0, 300, 0, 0);
        for (int i = 0; i < 5; i++) {
            bench.step();
        }
        int received = bench.received.size();
        bench.set(0x07, 1);
        assertThat(bench.finish()).isEqualTo(0x01);
        bench.pass(Clocks.cycles(1));
        assertThat(bench.received.size()).isEqualTo(received);
        assertThat(bench.drive.available()).isZero();
        assertThat(bench.interrupts).isEqualTo(1);
        bench.set(0x07, 1);
        bench.pass(Clocks.cycles(1));
        assertThat(bench.interrupts).as("nothing runs, nothing to break").isEqualTo(1);
    }

    @Test
    void aCommandDuringACommandIsIgnoredWithANotice() {
        bench.startRead(READ_DVD, 0, 3, 0, 0);
        bench.start(NOP);
        assertThat(bench.finish()).isZero();
        assertThat(bench.received.size()).isEqualTo(3 * 2064);
        assertThat(bench.notices).anyMatch(notice -> notice.kind() == Kind.UNUSUAL);
    }

    @Test
    void theTray() {
        bench.pass(1);
        bench.startRead(READ_DVD, 0, 100, 0, 0);
        bench.step();
        bench.drive.openTray();
        assertThat(bench.finish()).isEqualTo(0x31);
        assertThat(bench.get(0x0A)).isEqualTo(0x01);
        assertThat(bench.get(0x0F)).isZero();
        assertThat(readError(0x08, 0, 1, 0)).isEqualTo(0x11);
        bench.drive.closeTray();
        assertThat(bench.get(0x0F)).isEqualTo(0x01);
        assertThat(bench.get(0x05) & 0xC0).as("not ready").isZero();
        bench.startRead(READ_DVD, 0, 1, 0, 0);
        assertThat(bench.finish()).isEqualTo(0x13);
        bench.pass(Clocks.cycles(3));
        assertThat(bench.get(0x0F)).as("a DVD, which one is being found out").isEqualTo(0x03);
        bench.pass(Clocks.cycles(2));
        assertThat(bench.get(0x0F)).isEqualTo(0x14);
        bench.startRead(READ_DVD, 0, 1, 0, 0);
        assertThat(bench.finish()).isZero();
        assertThat(bench.get(0x0B) & 1).as("sticky").isEqualTo(1);
    }

    @Test
    void aDiscWithoutAKeyReadsNone() {
        assertThat(bench.run(0x0C, 0, 0, 0, 0x4B, 0, 0, 0)).isZero();
        // cdvdman takes the key as valid if bits 0 and 2 are set.
        assertThat(bench.get(0x38)).isZero();
        assertThat(bench.notices).extracting(notice -> notice.kind()).containsExactly(Kind.UNIMPLEMENTED);
    }

    @Test
    void noDisc() {
        assertThat(bench.drive.eject()).isSameAs(dvd);
        assertThat(bench.ask(0x06, 1)).containsExactly(0);
        bench.pass(Clocks.cycles(5));
        assertThat(readError(0x08, 0, 1, 0)).isEqualTo(0x12);
        assertThat(bench.run(PAUSE)).isZero();
        assertThat(bench.get(0x0A)).isZero();
        assertThat(bench.drive.eject()).isNull();
    }

    @Test
    void theClockIsTheConfigurationsAndGuestTime() {
        bench.drive.clock(LocalDateTime.of(2001, 2, 28, 23, 59, 58));
        bench.pass(Clocks.cycles(3));
        assertThat(bench.ask(0x08)).containsExactly(0, 0x01, 0x00, 0x00, 0, 0x01, 0x03, 0x01);
        assertThat(bench.ask(0x09, 0x30, 0x45, 0x12, 0, 0x31, 0x12, 0x10)).containsExactly(0);
        bench.pass(Clocks.cycles(2));
        assertThat(bench.ask(0x08)).containsExactly(0, 0x32, 0x45, 0x12, 0, 0x31, 0x12, 0x10);
        assertThat(bench.ask(0x09, 0x30, 0x45, 0x12, 0, 0x31, 0x02, 0x10)).containsExactly(0x80);
        assertThat(bench.ask(0x09, 0x3A, 0x45, 0x12, 0, 0x31, 0x12, 0x10)).containsExactly(0x80);
    }

    @Test
    void systemCommands() {
        assertThat(bench.ask(0x03, 0x00)).containsExactly(0x03, 0x06, 0x02, 0x00);
        assertThat(bench.ask(0x03, 0x30, 0x02)).containsExactly(0, 0);
        assertThat(bench.ask(0x01)).containsExactly(0x14);
        assertThat(bench.ask(0x15)).containsExactly(5);
        assertThat(bench.notices).isEmpty();
        assertThat(bench.ask(0x7F)).containsExactly(0x80);
        assertThat(bench.notices).hasSize(1);
        assertThat(bench.get(0x18)).as("nothing left").isZero();
        assertThat(bench.get(0x16)).isEqualTo(0x7F);
    }

    @Test
    void theConfigurationIsKept() {
        int[] block = new int[16];
        for (int i = 0; i < 16; i++) {
            block[i] = 0xF0 + i;
        }
        assertThat(bench.ask(0x40, 1, 1, 2)).containsExactly(0);
        assertThat(bench.ask(0x42, block)).containsExactly(0);
        assertThat(bench.ask(0x43)).containsExactly(0);
        assertThat(bench.ask(0x42, block)).as("closed").containsExactly(0x80);
        assertThat(bench.ask(0x40, 0, 1, 2)).containsExactly(0);
        assertThat(bench.ask(0x42, block)).as("read only").containsExactly(0x80);
        assertThat(bench.ask(0x41)).containsExactly(block);
        assertThat(bench.ask(0x41)).containsExactly(new int[16]);
        assertThat(bench.ask(0x41)).containsExactly(0x80);
        assertThat(bench.ask(0x40, 0, 3, 1)).as("no such area").containsExactly(0x80);
    }

    @Test
    void registersThatDoNotExistAreNoticed() {
        assertThat(bench.get(0x3F)).isZero();
        bench.set(0x3F, 1);
        bench.drive.read(Drive.BASE + 0x0A, 4);
        assertThat(bench.notices)
                .extracting(notice -> notice.kind())
                .containsExactly(Kind.UNHANDLED, Kind.UNHANDLED, Kind.UNUSUAL);
        assertThat(bench.drive.peek(Drive.BASE + 0x3E, 1)).isZero();
        assertThat(bench.notices).hasSize(3);
    }

    @Test
    void theSpeedRegister() {
        assertThat(bench.get(0x13)).isEqualTo(0x12);
        bench.startRead(READ_DVD, 0, 1, 2, 0);
        bench.finish();
        assertThat(bench.get(0x13)).isEqualTo(0x11);
        bench.run(STOP);
        assertThat(bench.get(0x13)).isZero();
    }
}
