package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import soliloquy.machine.SifMailbox;

/** The EE's side of the SIF mailbox. Source: ps2tek "SIF". */
class SifRegistersTest {
    private final SifMailbox mailbox = new SifMailbox();
    private final SifRegisters registers = new SifRegisters(mailbox);

    @Test
    void eeSetsMainFlagsAndClearsSubFlags() {
        registers.write(0x1000F220, 4, 1);
        registers.write(0x1000F220, 4, 2);
        assertThat(registers.read(0x1000F220, 4)).isEqualTo(3);
        mailbox.subFlags = 0x7_0000;
        registers.write(0x1000F230, 4, 0x4_0000);
        assertThat(registers.read(0x1000F230, 4)).isEqualTo(0x3_0000);
    }

    @Test
    void subAddressIsTheIops() {
        mailbox.subAddress = 0x1234;
        registers.write(0x1000F210, 4, 1);
        assertThat(registers.read(0x1000F210, 4)).isEqualTo(0x1234);
    }

    @Test
    void controlReadsItsUpperNibbleSet() {
        assertThat(registers.read(0x1000F240, 4)).isEqualTo(0xF000_0000L);
    }

    @Test
    void serialPortSendsText() {
        StringBuilder text = new StringBuilder();
        EeSio sio = new EeSio(octet -> text.append((char) octet));
        assertThat(sio.read(0x1000F130, 4)).isZero();
        sio.write(0x1000F180, 1, 'o');
        sio.write(0x1000F180, 1, 'k');
        assertThat(text).hasToString("ok");
    }
}
