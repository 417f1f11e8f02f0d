package soliloquy.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/** Register values are those of OpenHCI 1.0a and of what ps2sdk's libsd waits for. */
class IopIoTest {
    private static final int USB = 0x1F80_1600;
    private static final int SPU2 = 0xBF90_0000;

    private final List<Notices.Notice> noticed = new ArrayList<>();
    private final Scheduler scheduler = new Scheduler();
    private final Notices notices = new Notices(noticed::add);
    private final IopBus bus = new IopBus(new Ram(IopBus.RAM_SIZE), notices);

    @BeforeEach
    void map() {
        new IopIo(scheduler, notices).mapOn(bus);
    }

    @Test
    void theBusesKeepTheirTiming() {
        bus.write32(0xBF80_1014, 0x2003_1F00);
        bus.write32(0xBF80_140C, 0xBF90_0800);
        bus.write8(0xBF80_1014, 0x5A);
        assertThat(bus.read32(0x1F80_1014)).isEqualTo(0x2003_1F5A);
        assertThat(bus.read32(0x1F80_140C)).isEqualTo(0xBF90_0800);
        assertThat(bus.read16(0x1F80_1016)).isEqualTo(0x2003);
        assertThat(noticed).isEmpty();
    }

    @Test
    void theUsbControllerStartsWithoutDevices() {
        assertThat(bus.read32(USB)).isEqualTo(0x10);
        bus.write32(USB + 0x04, 0x80);
        bus.write32(USB + 0x08, 1);
        assertThat(bus.read32(USB + 0x08)).as("HCR clears itself").isZero();
        assertThat(bus.read32(USB + 0x04) & 0xC0).as("UsbSuspend").isEqualTo(0xC0);
        assertThat(bus.read32(USB + 0x34)).isEqualTo(0x2EDF);
        assertThat(bus.read32(USB + 0x48) & 0xFF).as("ports").isEqualTo(2);
        bus.write32(USB + 0x50, 0x1_0000);
        assertThat(bus.read32(USB + 0x54)).as("powered, not connected").isEqualTo(0x100);
        bus.write32(USB + 0x10, 0x8000_0042);
        bus.write32(USB + 0x14, 0x0000_0002);
        assertThat(bus.read32(USB + 0x10)).isEqualTo(0x8000_0040);
        assertThat(bus.read32(USB + 0x0C)).isZero();
        assertThat(noticed).isEmpty();
    }

    @Test
    void soundRegistersKeepWhatIsWrittenAndTransfersAreOver() {
        bus.write16(SPU2 + 0x59A, 0xC030);
        assertThat(bus.read16(SPU2 + 0x59A)).isEqualTo(0xC030);
        assertThat(bus.read16(SPU2 + 0x744)).isEqualTo(0x80);
        bus.write16(SPU2 + 0x59A, 0xC000);
        assertThat(bus.read16(SPU2 + 0x744)).isZero();
        assertThat(bus.read16(SPU2 + 0x344)).isZero();
        assertThat(noticed).hasSize(1).allMatch(notice -> notice.text().contains("no sound"));
    }
}
