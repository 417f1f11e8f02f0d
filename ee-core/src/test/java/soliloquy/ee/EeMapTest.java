package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;
import soliloquy.machine.SifMailbox;

/** All chips on the bus at the addresses of ps2tek's "I/O Maps". */
class EeMapTest {
    private final Notices notices = new Notices(notice -> {});
    private final Scheduler scheduler = new Scheduler();
    private final EeBus bus = new EeBus(new Ram(0x200_0000, EeBus.ROOM), notices);

    /** A drawing surface that is not there. */
    private static final class NoScreen implements GraphicsPort {
        @Override
        public void writeRegister(int register, long value) {}

        @Override
        public void setQ(int floatBits) {}

        @Override
        public void transferImage(byte[] data, int offset, int length) {}
    }

    @BeforeEach
    void map() {
        Intc intc = new Intc(asserted -> {});
        Gif gif = new Gif(new NoScreen(), notices);
        Dmac dmac = new Dmac(bus, scheduler, asserted -> {}, gif, new SifFifo(), new SifFifo(), notices);
        bus.map(EeTimers.BASE, EeTimers.SIZE, new EeTimers(scheduler, intc, notices));
        bus.map(Gif.BASE, Gif.SIZE, gif);
        bus.map(Gif.FIFO, Gif.FIFO_SIZE, gif);
        bus.map(Dmac.BASE, Dmac.SIZE, dmac);
        bus.map(Dmac.ENABLE_BASE, Dmac.ENABLE_SIZE, dmac);
        bus.map(Intc.BASE, Intc.SIZE, intc);
        bus.map(EeSio.BASE, EeSio.SIZE, new EeSio(octet -> {}));
        bus.map(SifRegisters.BASE, SifRegisters.SIZE, new SifRegisters(new SifMailbox()));
        new EeIo(notices).mapOn(bus);
    }

    @Test
    void everyRegisterFindsItsChip() {
        bus.write32(0x1000_1820, 0x1234);
        assertThat(bus.read32(0xB000_1820)).isEqualTo(0x1234);
        bus.write32(0x1000_C430, 0x10_0000);
        assertThat(bus.read32(0x1000_C430)).isEqualTo(0x10_0000);
        bus.write32(0x1000_D480, 0x10);
        assertThat(bus.read32(0x1000_D480)).isEqualTo(0x10);
        bus.write32(0x1000_E020, 0x200);
        assertThat(bus.read32(0x1000_E020)).isEqualTo(0x200);
        bus.write32(0x1000_F010, 4);
        assertThat(bus.read32(0x1000_F010)).isEqualTo(4);
        bus.write32(0x1000_F200, 0x55);
        assertThat(bus.read32(0x1000_F200)).isEqualTo(0x55);
        assertThat(bus.read32(0x1000_F520)).isEqualTo(0x1201);
        assertThat(bus.read32(0x1000_F430)).isZero();
        assertThat(bus.read32(0x1000_3C00)).isZero();
        assertThat(notices.all()).isEmpty();
    }

    @Test
    void memoryControllerAnswersForTwoDevices() {
        bus.write32(0x1000_F430, 0x21 << 16 | 1 << 6);
        bus.write32(0x1000_F430, 0x21 << 16);
        assertThat(bus.read32(0x1000_F440)).isEqualTo(0x1F);
        assertThat(bus.read32(0x1000_F440)).isEqualTo(0x1F);
        assertThat(bus.read32(0x1000_F440)).isZero();
    }

    @Test
    void chipsThatAreMissingSaySo() {
        bus.write32(0x1000_5000, 1);
        assertThat(notices.all()).extracting(Notices.Notice::source).containsExactly("VIF1");
    }
}
