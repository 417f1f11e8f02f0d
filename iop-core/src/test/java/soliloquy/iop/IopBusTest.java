package soliloquy.iop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.SifMailbox;

/** The memory map and the IOP's side of the SIF registers. Source: ps2tek. */
class IopBusTest {
    private final Notices notices = new Notices(notice -> {});
    private final IopBus bus = new IopBus(new Ram(IopBus.RAM_SIZE), notices);

    @Test
    void segmentsAndMirrorsShowTheSameMemory() {
        bus.write32(0x1234, 0x89AB_CDEF);
        assertThat(bus.read32(0x8000_1234)).isEqualTo(0x89AB_CDEF);
        assertThat(bus.read16(0xA000_1236)).isEqualTo(0x89AB);
        assertThat(bus.read8(0x20_1234)).isEqualTo(0xEF);
    }

    @Test
    void scratchpadIsOneKilobyte() {
        bus.write8(0x1F80_03FF, 7);
        assertThat(bus.read8(0x9F80_03FF)).isEqualTo(7);
        assertThat(notices.all()).isEmpty();
        assertThat(bus.read8(0x1F80_0400)).isZero();
        assertThat(notices.all()).hasSize(1);
    }

    @Test
    void twoDevicesCannotShareAnAddress() {
        IopSifRegisters registers = new IopSifRegisters(new SifMailbox());
        bus.map(IopSifRegisters.BASE, IopSifRegisters.SIZE, registers);
        assertThatThrownBy(() -> bus.map(IopSifRegisters.BASE + 0x40, 4, registers))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void iopClearsMainFlagsAndSetsSubFlags() {
        SifMailbox mailbox = new SifMailbox();
        mailbox.mainAddress = 0x10;
        mailbox.mainFlags = 7;
        bus.map(IopSifRegisters.BASE, IopSifRegisters.SIZE, new IopSifRegisters(mailbox));
        bus.write32(0xBD00_0000, 0x99);
        assertThat(bus.read32(0xBD00_0000)).isEqualTo(0x10);
        bus.write32(0xBD00_0010, 0x55);
        assertThat(mailbox.subAddress).isEqualTo(0x55);
        bus.write32(0xBD00_0020, 2);
        assertThat(bus.read32(0xBD00_0020)).isEqualTo(5);
        bus.write32(0xBD00_0030, 0x1_0000);
        bus.write32(0xBD00_0030, 0x2_0000);
        assertThat(bus.read32(0xBD00_0030)).isEqualTo(0x3_0000);
        bus.write32(0xBD00_0040, 0x20);
        assertThat(bus.read32(0xBD00_0040)).isEqualTo(0xF000_0022);
    }
}
